import type { WakeReason } from '../../../shared/client/index.ts'
import { createStudio, type StudioOptions } from '../../../shared/client/index.ts'
import type { StudioEvent } from '../../../shared/contracts/events.ts'
import { createFakeClock } from './fake-clock.ts'
import { type Fates, sessionId } from './fake-log.ts'
import { createFakeStudio, noTrouble } from './fake-studio.ts'

/** Whatever is not said goes well, and waits are as long as they may be. */
export const openStudio = (options: StudioOptions & { fates?: Partial<Fates> } = {}) => {
  const { fates, ...given } = options
  const clock = createFakeClock()
  const studio = createFakeStudio(clock, { ...noTrouble, ...fates })
  let wake = (_: WakeReason): void => {}
  const client = createStudio({
    ...{ origin: 'https://studio.test', clock, fetch: studio.fetch, WebSocket: studio.WebSocket },
    ...{ token: 'a', random: () => 1 },
    wake: (call) => {
      wake = call
      return () => {}
    },
    ...given,
  })
  const session = client.session(sessionId)
  return { clock, studio, client, session, wake: (reason: WakeReason) => wake(reason) }
}

export const seqs = (events: readonly StudioEvent[]): number[] => events.map(({ seq }) => seq)
export const upTo = (last: number, first = 1): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index)
