import * as fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import { eventsBytesLimit, type FrameForm, frameForms } from '../../shared/contracts/socket.ts'
import type { Connection } from '../../shared/repositories/connection-repository.ts'
import { EventPush } from '../../shared/services/log/event-push.ts'
import { holds, propertyLimit } from '../support/limits/properties.ts'

const sessionId = 'sess_1'
const eventOf = (seq: number, text = '.'): StudioEvent => ({
  event_id: `evt_${seq}`,
  seq,
  session_id: sessionId,
  type: 'planner.delta',
  created_at: '2026-11-22T00:00:00.000Z',
  data: { text, turn: 1, try: 1 },
})

/** What happens between two events: a socket opens, one goes away, time passes. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('event' as const), bytes: fc.constantFrom(1, 1, 1, 9_000) }),
  fc.record({ kind: fc.constant('open' as const), form: fc.constantFrom(...frameForms) }),
  fc.record({ kind: fc.constant('leave' as const), socket: fc.nat() }),
  fc.record({ kind: fc.constant('wait' as const), milliseconds: fc.nat(3_000) }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

interface OpenSocket {
  form: FrameForm
  /** Events that were committed before it opened. */
  since: number
  received: number[]
}

/** Every event of a frame; a frame says how many there are, and holds no more than it may. */
const eventsOf = (frame: string): StudioEvent[] => {
  const parsed = JSON.parse(frame)
  if (parsed.type !== 'events') return [parsed]
  expect(Object.keys(parsed)).toEqual(['type', 'events'])
  expect(parsed.events.length).toBeGreaterThan(1)
  expect(Buffer.byteLength(frame)).toBeLessThanOrEqual(eventsBytesLimit)
  return parsed.events
}

const connectionOf = ([connection_id, { form }]: [
  string,
  Pick<OpenSocket, 'form'>,
]): Connection => ({
  ...{ connection_id, session_id: sessionId, owner: 'user_1', locale: 'ko-KR' },
  frames: form,
})

const play = async (
  steps: Step[],
  looksAhead: boolean,
  delay: (what: 'lookup' | 'post') => number,
) => {
  const later = (milliseconds: number) =>
    new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
  const open = new Map<string, OpenSocket>()
  const left: string[] = []
  const removed: string[] = []
  let committed = 0
  const push = new EventPush(sessionId, {
    connections: {
      listOf: async () => {
        const connections = [...open].map(connectionOf)
        await later(delay('lookup'))
        return connections
      },
      remove: async ({ connection_id }) => {
        removed.push(connection_id)
      },
    },
    sockets: {
      async post(id, frame) {
        await later(delay('post'))
        const socket = open.get(id)
        if (!socket) return 'gone'
        const events = eventsOf(frame)
        if (socket.form === 'event') expect(events).toHaveLength(1)
        socket.received.push(...events.map(({ seq }) => seq))
        return 'sent'
      },
    },
  })
  if (looksAhead) push.lookAhead()
  for (const [index, each] of steps.entries()) {
    if (each.kind === 'event') {
      committed += 1
      push.send([eventOf(committed, '.'.repeat(each.bytes))])
    } else if (each.kind === 'open') {
      open.set(`socket-${index}`, { form: each.form, since: committed, received: [] })
    } else if (each.kind === 'leave') {
      const id = [...open.keys()][each.socket % Math.max(1, open.size)]
      if (id !== undefined) {
        open.delete(id)
        left.push(id)
      }
    } else await vi.advanceTimersByTimeAsync(each.milliseconds)
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
      fc.boolean(),
      fc.infiniteStream(fc.nat(120)),
      async (steps, looksAhead, delays) => {
        const { open, left, removed, committed } = await inFakeTime(() =>
          play(steps, looksAhead, () => delays.next().value),
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
      listOf: async () => ['well', 'ill'].map((id) => connectionOf([id, { form: 'event' }])),
      remove: async () => {},
    },
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

/** A push to one socket, each of whose posts takes a while, and what it sent and looked up. */
const pushTo = (form: FrameForm | undefined, postMs = 20) => {
  const frames: StudioEvent[][] = []
  let lookups = 0
  const push = new EventPush(sessionId, {
    connections: {
      async listOf() {
        lookups += 1
        return form === undefined ? [] : [connectionOf(['socket-1', { form }])]
      },
      remove: async () => {},
    },
    sockets: {
      async post(_, frame) {
        frames.push(eventsOf(frame))
        await new Promise((resolve) => setTimeout(resolve, postMs))
        return 'sent'
      },
    },
  })
  const settled = async (): Promise<void> => {
    const done = push.settled()
    await vi.advanceTimersByTimeAsync(60_000)
    await done
  }
  return { push, frames, lookups: () => lookups, settled }
}

it('what gathers while a frame is on its way is one frame, as far as it fits', async () => {
  await inFakeTime(async () => {
    const { push, frames, settled } = pushTo('events')
    push.lookAhead()
    await vi.advanceTimersByTimeAsync(0)
    push.send([eventOf(1)])
    for (let seq = 2; seq <= 9; seq += 1) push.send([eventOf(seq)])
    await vi.advanceTimersByTimeAsync(20)
    push.send([10, 11, 12, 13].map((seq) => eventOf(seq, '.'.repeat(10_000))))
    await settled()
    expect(frames.map((events) => events.map(({ seq }) => seq))).toEqual([
      [1],
      [2, 3, 4, 5, 6, 7, 8, 9],
      [10, 11, 12],
      [13],
    ])
  })
})

it('the first event goes out at once to a socket that was looked up ahead', async () => {
  await inFakeTime(async () => {
    const { push, frames, lookups, settled } = pushTo('event')
    push.lookAhead()
    await vi.advanceTimersByTimeAsync(300)
    push.send([eventOf(1)])
    expect(frames).toHaveLength(1)
    expect(lookups()).toBe(1)
    await settled()
    // Another socket may have opened between the lookup and the event.
    expect(lookups()).toBe(2)
  })
})

it('what holds no event looks no socket up', async () => {
  await inFakeTime(async () => {
    const { push, lookups, settled } = pushTo('events')
    push.send([])
    await settled()
    expect(lookups()).toBe(0)
  })
})

it.each([
  ['a socket that is known', 'events', 17],
  ['none', undefined, 19],
] as const)('half a minute of events takes few lookups, with %s', async (_, form, count) => {
  await inFakeTime(async () => {
    const { push, lookups, settled } = pushTo(form)
    push.lookAhead()
    for (let seq = 1; seq <= 600; seq += 1) {
      push.send([eventOf(seq)])
      await vi.advanceTimersByTimeAsync(50)
    }
    await settled()
    expect(lookups()).toBe(count)
  })
})

it('a socket that opens beside the first event waits for a fifth of a second at most', async () => {
  await inFakeTime(async () => {
    const open = new Map<string, { form: FrameForm }>()
    const posted: number[] = []
    const push = new EventPush(sessionId, {
      connections: { listOf: async () => [...open].map(connectionOf), remove: async () => {} },
      sockets: {
        async post(_, frame) {
          posted.push(...eventsOf(frame).map(({ seq }) => seq))
          return 'sent'
        },
      },
    })
    push.lookAhead()
    await vi.advanceTimersByTimeAsync(0)
    open.set('socket-1', { form: 'event' })
    push.send([eventOf(1)])
    await vi.advanceTimersByTimeAsync(200)
    expect(posted).toEqual([1])
    const settled = push.settled()
    await vi.advanceTimersByTimeAsync(60_000)
    await settled
  })
})
