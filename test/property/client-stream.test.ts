import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { createStudio, type WakeReason } from '../../shared/client/index.ts'
import { emptySession, fold, reduce } from '../../shared/client/reduce/index.ts'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import { createFakeClock } from '../support/client/fake-clock.ts'
import {
  type Fate,
  type FrameFate,
  type SocketFate,
  sessionId,
} from '../support/client/fake-log.ts'
import { createFakeStudio } from '../support/client/fake-studio.ts'
import { holds, propertyLimit } from '../support/limits/properties.ts'

const often = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(usual) },
    { weight: 5, arbitrary: fc.constantFrom(...others) },
  )
const requestFates = fc.array(
  often<Fate>('answered', 'unreachable', 'lost', 'hangs', 'limited', 'unavailable', 'unauthorized'),
  { maxLength: 25 },
)
const socketFates = fc.array(often<SocketFate>('opens', 'refused', 'hangs'), { maxLength: 10 })
const frameFates = fc.array(
  often<FrameFate>('once', 'dropped', 'twice', 'late', 'cut', 'half-open'),
  { maxLength: 60 },
)
/** What happens around the client, one thing after another. */
const happenings = fc.array(
  fc.record({
    does: fc.constantFrom(
      'append',
      'append',
      'append',
      'back',
      'online',
      'offline',
      'leave',
      'token' as const,
    ),
    count: fc.integer({ min: 1, max: 4 }),
    thenMs: fc.constantFrom(0, 40, 900, 12_000, 70_000),
  }),
  { maxLength: 15 },
)
const transports = fc.subarray(['socket', 'sse', 'poll'] as const, { minLength: 1 })

/** Half an hour is enough after whatever trouble. */
const patienceMs = 1_800_000

it('any schedule of trouble ends with the stored log, each event once and in order', {
  timeout: propertyLimit(),
}, async () => {
  await holds(
    fc.asyncProperty(
      requestFates,
      socketFates,
      frameFates,
      happenings,
      transports,
      fc.integer(),
      async (requests, sockets, frames, happens, names, seed) => {
        const clock = createFakeClock()
        const [request, socket, frame] = [requests.values(), sockets.values(), frames.values()]
        const studio = createFakeStudio(clock, {
          request: () => request.next().value ?? 'answered',
          socket: () => socket.next().value ?? 'opens',
          frame: () => frame.next().value ?? 'once',
        })
        let wake = (_: WakeReason): void => {}
        let random = Math.abs(seed)
        const client = createStudio({
          ...{ origin: 'https://studio.test', clock, token: 'a', transports: names },
          ...{ fetch: studio.fetch, WebSocket: studio.WebSocket },
          random: () => {
            random = (random * 48_271 + 11) % 2_147_483_647
            return random / 2_147_483_647
          },
          wake: (call) => {
            wake = call
            return () => {}
          },
        })
        const stream = client.session(sessionId).events()
        const delivered: StudioEvent[] = []
        let state = emptySession
        const listen = () =>
          stream.on((event) => {
            delivered.push(event)
            state = reduce(state, event)
          })
        let leave = listen()
        for (const { does, count, thenMs } of happens) {
          if (does === 'append') studio.append(count)
          else if (does === 'token') client.use('b')
          else if (does === 'leave') {
            leave()
            leave = listen()
          } else wake(does)
          await clock.pass(thenMs)
        }
        await clock.passUntil(() => delivered.length >= studio.log.length, patienceMs)
        expect(delivered).toEqual(studio.log)
        expect(state).toEqual(fold(studio.log))
        stream.close()
        await clock.pass(1_000)
        expect(studio.readers()).toBe(0)
      },
    ),
    { short: 150, full: 3000 },
  )
})
