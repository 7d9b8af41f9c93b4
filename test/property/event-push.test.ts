import * as fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import type { ConnectionRepository } from '../../shared/repositories/connection-repository.ts'
import { EventPush } from '../../shared/services/log/event-push.ts'
import { holds, propertyLimit } from '../support/limits/properties.ts'

const sessionId = 'sess_1'
const eventOf = (seq: number): StudioEvent => ({
  event_id: `evt_${seq}`,
  seq,
  session_id: sessionId,
  type: 'planner.delta',
  created_at: '2026-11-22T00:00:00.000Z',
  data: { text: '.', turn: 1, try: 1 },
})

/** What happens between two events: a socket opens, one goes away, time passes. */
const step = fc.oneof(
  fc.constant({ kind: 'event' as const }),
  fc.constant({ kind: 'open' as const }),
  fc.record({ kind: fc.constant('leave' as const), socket: fc.nat() }),
  fc.record({ kind: fc.constant('wait' as const), milliseconds: fc.nat(300) }),
)

const play = async (
  steps: (typeof step extends fc.Arbitrary<infer S> ? S : never)[],
  delay: (what: 'lookup' | 'post') => number,
) => {
  const later = (milliseconds: number) =>
    new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
  const open = new Map<string, { since: number; received: number[] }>()
  const left: string[] = []
  const removed: string[] = []
  let committed = 0
  const push = new EventPush(sessionId, {
    connections: {
      idsOf: async () => {
        const ids = [...open.keys()]
        await later(delay('lookup'))
        return ids
      },
      remove: async ({ connection_id }: { connection_id: string }) => {
        removed.push(connection_id)
      },
    } as unknown as ConnectionRepository,
    sockets: {
      async post(id, frame) {
        await later(delay('post'))
        const socket = open.get(id)
        if (!socket) return 'gone'
        socket.received.push(JSON.parse(frame).seq)
        return 'sent'
      },
    },
  })
  for (const [index, { kind, ...rest }] of steps.entries()) {
    if (kind === 'event') {
      committed += 1
      push.send([eventOf(committed)])
    }
    if (kind === 'open') open.set(`socket-${index}`, { since: committed, received: [] })
    if (kind === 'leave' && 'socket' in rest) {
      const id = [...open.keys()][rest.socket % Math.max(1, open.size)]
      if (id !== undefined) {
        open.delete(id)
        left.push(id)
      }
    }
    if (kind === 'wait' && 'milliseconds' in rest) {
      await vi.advanceTimersByTimeAsync(rest.milliseconds)
    }
  }
  const settled = push.settled()
  await vi.advanceTimersByTimeAsync(60_000)
  await settled
  return { open, left, removed, committed }
}

const inFakeTime = async <T>(work: () => Promise<T>): Promise<T> => {
  vi.useFakeTimers()
  try {
    return await work()
  } finally {
    vi.useRealTimers()
  }
}

it('every socket gets every event that was committed after it opened, in order and once', {
  timeout: propertyLimit(),
}, async () => {
  await holds(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 40 }),
      fc.infiniteStream(fc.nat(120)),
      async (steps, delays) => {
        const { open, left, removed, committed } = await inFakeTime(() =>
          play(steps, () => delays.next().value),
        )
        for (const { since, received } of open.values()) {
          const first = received[0] ?? committed + 1
          // What came before it opened it may get too: it drops what it has seen.
          expect(first).toBeLessThanOrEqual(since + 1)
          expect(received).toEqual(
            Array.from({ length: committed - first + 1 }, (_, index) => first + index),
          )
        }
        expect(left).toEqual(expect.arrayContaining(removed))
      },
    ),
    { short: 300, full: 1000 },
  )
})

it('a socket that fails holds up neither the others nor, for good, itself', async () => {
  const received: string[] = []
  let broken = true
  const push = new EventPush(sessionId, {
    connections: {
      idsOf: async () => ['well', 'ill'],
    } as unknown as ConnectionRepository,
    sockets: {
      async post(id, frame) {
        if (id === 'ill' && broken) throw new Error('The gateway is busy.')
        received.push(`${id} ${JSON.parse(frame).seq}`)
        return 'sent'
      },
    },
  })
  push.send([eventOf(1), eventOf(2)])
  await push.settled()
  expect(received).toEqual(['well 1', 'well 2'])
  broken = false
  push.send([eventOf(3)])
  await push.settled()
  expect(received.slice(2).sort()).toEqual(['ill 3', 'well 3'])
})
