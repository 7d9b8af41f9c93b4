import { expect, it } from 'vitest'
import { eventId, type StudioEvent } from '../../shared/contracts/events.ts'
import type { Socket } from '../support/studio/client.ts'
import { followLog } from './follow-log.ts'

const eventOf = (seq: number): StudioEvent => ({
  event_id: eventId(seq),
  seq,
  session_id: 'sess_00000000000000000000000000',
  type: 'planner.delta',
  created_at: '2026-11-22T00:00:00.000Z',
  data: { text: `말 ${seq}`, turn: 1, try: 1 },
})

/** A socket whose frames the test brings. */
const wiredSocket = () => {
  const frames: Record<string, unknown>[] = []
  const sent: unknown[] = []
  let wake = (): void => {}
  const socket: Socket = {
    frames,
    events: () => [],
    send: (frame) => void sent.push(frame),
    async until(holds) {
      while (!holds()) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    close: async () => {},
  }
  const bring = async (...arriving: object[]): Promise<void> => {
    frames.push(...arriving.map((frame) => ({ ...frame })))
    wake()
    await new Promise(setImmediate)
  }
  return { socket, sent, bring }
}

it('announces each event once and in order, and asks for what is missing', async () => {
  const { socket, sent, bring } = wiredSocket()
  const seqs: number[] = []
  const ending = new AbortController()
  const log = followLog(socket, ({ seq }) => void seqs.push(seq), ending.signal)
  const fifth = log.until(({ seq }) => seq === 5)

  await bring(eventOf(2), eventOf(1), eventOf(1))
  await bring(eventOf(4), eventOf(5))
  expect(seqs).toEqual([1, 2])
  expect(sent).toContainEqual({ action: 'resume', after_seq: 2 })
  await bring({ type: 'replay', events: [2, 3, 4].map(eventOf), next_after: null })

  expect(await fifth).toEqual(eventOf(5))
  expect(seqs).toEqual([1, 2, 3, 4, 5])
  ending.abort(new Error('enough'))
  await expect(log.until(() => false)).rejects.toThrow('enough')
})

it('asks on where a replay says that there is more', async () => {
  const { socket, sent, bring } = wiredSocket()
  const ending = new AbortController()
  const log = followLog(socket, () => {}, ending.signal)
  await bring({ type: 'replay', events: [1, 2].map(eventOf), next_after: 2 })
  expect(sent.at(-1)).toEqual({ action: 'resume', after_seq: 2 })
  expect(log.events()).toHaveLength(2)
  ending.abort()
})
