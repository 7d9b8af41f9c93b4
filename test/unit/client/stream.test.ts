import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Cursors, WakeReason } from '../../../shared/client/index.ts'
import {
  createStudio,
  memoryCursors,
  type StudioOptions,
  StudioProblem,
  storedCursors,
} from '../../../shared/client/index.ts'
import type { StudioEvent } from '../../../shared/contracts/events.ts'
import { createFakeClock } from '../../support/client/fake-clock.ts'
import { type Fates, sessionId } from '../../support/client/fake-log.ts'
import { createFakeStudio, noTrouble } from '../../support/client/fake-studio.ts'

/** Whatever is not said goes well, and waits are as long as they may be. */
const open = (options: StudioOptions & { fates?: Partial<Fates> } = {}) => {
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

const seqs = (events: readonly StudioEvent[]): number[] => events.map(({ seq }) => seq)
const upTo = (last: number, first = 1): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index)

afterEach(() => vi.unstubAllGlobals())

describe('the position', () => {
  it('is told with every request, so that a new connection replays nothing', async () => {
    const { clock, studio, session } = open({ transports: ['sse'] })
    studio.append(5)
    const got: number[] = []
    const stream = session.events({ after: 3 })
    stream.on(({ seq }) => got.push(seq))
    await clock.pass(40_000)
    studio.append()
    await clock.pass(10)
    studio.endStreams()
    await clock.pass(10)
    const asked = studio.requests.map(({ url }) => url.searchParams.get('after'))
    expect(asked[0]).toBe('3')
    expect(asked.at(-1)).toBe('6')
    expect(got).toEqual([4, 5, 6])
  })

  it('is that of the caller from the first request on, also when no event ever came', async () => {
    const { clock, studio, session } = open({ fates: { frame: () => 'cut' }, transports: ['sse'] })
    studio.append(2)
    session.events({ after: 2 }).on(() => {})
    await clock.pass(1_000)
    studio.append()
    await clock.pass(5_000)
    expect(studio.requests.length).toBeGreaterThan(2)
    for (const { url } of studio.requests) expect(url.searchParams.get('after')).toBe('2')
  })

  it('is a seq and no count: what a connection repeats shifts nothing', async () => {
    const { clock, studio, session } = open({ fates: { frame: () => 'twice' } })
    studio.append(4)
    const got: number[] = []
    session.events({ after: 1 }).on(({ seq }) => got.push(seq))
    await clock.pass(10)
    studio.append(3)
    await clock.pass(10)
    expect(got).toEqual(upTo(7, 2))
  })

  it('goes on where a loop was left, and is kept only behind what a loop has dealt with', async () => {
    const kept: number[] = []
    const cursors: Cursors = { ...memoryCursors(), keep: (_, seq) => void kept.push(seq) }
    const { clock, studio, session } = open({ cursors })
    studio.append(3)
    const stream = session.events()
    const got: number[] = []
    const reading = (async () => {
      for await (const { seq } of stream) if (got.push(seq) === 2) break
      for await (const { seq } of stream) if (got.push(seq) === 5) break
    })()
    await clock.pass(100)
    studio.append(2)
    await clock.pass(100)
    await reading
    expect(got).toEqual(upTo(5))
    expect(kept).toEqual([1, 3, 4])
    expect(stream.status.value.state).toBe('idle')
    expect(studio.readers()).toBe(0)
  })

  it('is found again by a later start, in storage that is as good as it is', async () => {
    const items = new Map<string, string>()
    const storage = {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => void items.set(key, value),
      removeItem: (key: string) => void items.delete(key),
    }
    const { clock, studio, client } = open({ cursors: storedCursors(storage) })
    studio.append(3)
    const first = client.session(sessionId).events()
    first.on(() => {})
    await clock.pass(100)
    first.close()
    studio.append()
    const got: number[] = []
    client
      .session(sessionId)
      .events()
      .on(({ seq }) => got.push(seq))
    await clock.pass(100)
    expect(got).toEqual([4])
    expect([...items.values()]).toEqual(['4'])
  })

  it('that no log can have given ends the stream, and is forgotten', async () => {
    const cursors = memoryCursors()
    cursors.keep(sessionId, 9)
    const { clock, session } = open({ cursors, transports: ['poll'] })
    const stream = session.events()
    stream.on(() => {})
    await clock.pass(100)
    expect(await stream.ended).toMatchObject({ code: 'INVALID_INPUT' })
    expect(cursors.read(sessionId)).toBe(0)
  })
})

describe('what is lost on the way', () => {
  it('is read over HTTP before anything behind it is delivered', async () => {
    const frames = ['once', 'dropped', 'once'] as const
    let frame = 0
    const { clock, studio, session } = open({
      fates: { frame: () => frames[frame++] ?? 'once' },
    })
    const got: number[] = []
    session.events().on(({ seq }) => got.push(seq))
    await clock.pass(10)
    studio.append(3)
    expect(got).toEqual([1])
    await clock.pass(10)
    expect(got).toEqual([1, 2, 3])
    expect(studio.requests.at(-1)?.url.searchParams.get('after')).toBe('1')
  })

  it('at the end of all is asked for, so that the last event is not waited for in vain', async () => {
    let frames = 0
    const { clock, studio, session } = open({
      fates: { frame: () => (frames++ === 0 ? 'dropped' : 'once') },
    })
    const got: number[] = []
    session.events().on(({ seq }) => got.push(seq))
    await clock.pass(10)
    studio.append()
    await clock.pass(3_000)
    expect(got).toEqual([1])
  })
})

describe('a connection', () => {
  it('that says it is open and brings nothing more is left', async () => {
    let frames = 0
    const { clock, studio, session } = open({
      fates: { frame: () => (frames++ === 1 ? 'half-open' : 'once') },
      transports: ['socket'],
    })
    const got: number[] = []
    session.events().on(({ seq }) => got.push(seq))
    await clock.pass(10)
    studio.append(2)
    await clock.pass(15_000)
    expect(got).toEqual([1, 2])
    expect(studio.sockets.tickets.length).toBe(2)
  })

  it.each(['socket', 'sse', 'poll'] as const)(
    'over %s that slept is not believed when the page is back',
    async (transport) => {
      let asleep = false
      const { clock, studio, session, wake } = open({
        fates: {
          frame: () => (asleep ? 'half-open' : 'once'),
          request: () => (asleep ? 'hangs' : 'answered'),
        },
        transports: [transport],
      })
      const got: number[] = []
      session.events().on(({ seq }) => got.push(seq))
      await clock.pass(17_000)
      asleep = true
      if (transport === 'poll') studio.lose()
      studio.append()
      asleep = false
      await clock.pass(transport === 'sse' ? 18_000 : 500)
      wake('back')
      await clock.pass(transport === 'socket' ? 5_500 : 2_000)
      expect(got).toEqual([1])
    },
  )

  it('gets a ticket of its own each time', async () => {
    const { clock, studio, session } = open({
      fates: { socket: () => 'refused' },
      transports: ['socket'],
    })
    session.events().on(() => {})
    await clock.pass(20_000)
    const tickets = studio.requests.filter(({ url }) => url.pathname.endsWith('/ticket'))
    expect(tickets.length).toBeGreaterThan(5)
    expect(studio.sockets.tickets.length).toBe(tickets.length)
    expect(new Set(studio.sockets.tickets).size).toBe(tickets.length)
  })

  it('that cannot be opened gives way to the next transport, and is tried again later', async () => {
    let refusing = true
    const { clock, studio, session } = open({
      fates: { socket: () => (refusing ? 'refused' : 'opens') },
      transports: ['socket', 'sse', 'poll'],
    })
    const seen: (string | null)[] = []
    const got: number[] = []
    const stream = session.events()
    stream.status.subscribe(({ state, transport }) => state === 'live' && seen.push(transport))
    stream.on(({ seq }) => got.push(seq))
    for (let minute = 0; minute < 3; minute += 1) {
      studio.append()
      await clock.pass(30_000)
      refusing = false
    }
    expect(seen[0]).toBe('sse')
    expect(seen.at(-1)).toBe('socket')
    expect(got).toEqual([1, 2, 3])
  })

  it('is tried for as long as it takes, never more often than full jitter says, and is back within 2 s', async () => {
    let down = true
    const { clock, studio, session } = open({
      fates: { request: () => (down ? 'unreachable' : 'answered') },
      random: () => 0.999,
    })
    const got: number[] = []
    const stream = session.events()
    stream.on(({ seq }) => got.push(seq))
    studio.append()
    await clock.pass(3_600_000)
    expect(stream.status.value).toMatchObject({
      state: 'offline',
      problem: { code: 'UNREACHABLE' },
    })
    const gaps = studio.requests.map(({ at }, index) => at - (studio.requests[index - 1]?.at ?? at))
    expect(gaps.slice(1, 4).map(Math.round)).toEqual([250, 500, 999])
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2_000)
    down = false
    await clock.pass(2_000)
    expect(got).toEqual([1])
    expect(stream.status.value.state).toBe('live')
  })

  it('waits as long as the server says, whatever wakes it', async () => {
    let limited = true
    const { clock, studio, session, wake } = open({
      fates: { request: () => (limited ? 'limited' : 'answered') },
      transports: ['poll'],
    })
    const stream = session.events()
    stream.on(() => {})
    await clock.pass(100)
    limited = false
    wake('back')
    await clock.pass(6_000)
    expect(studio.requests).toHaveLength(1)
    expect(stream.status.value).toMatchObject({ state: 'reconnecting', problem: { status: 429 } })
    await clock.pass(2_000)
    expect(stream.status.value.state).toBe('live')
  })

  it('comes back at once with the network, the page or a new token', async () => {
    let fate: 'unreachable' | 'unauthorized' | 'answered' = 'unauthorized'
    const { clock, session, client, wake } = open({ fates: { request: () => fate } })
    const stream = session.events()
    stream.on(() => {})
    await clock.pass(60_000)
    expect(stream.status.value).toMatchObject({ state: 'unauthorized', problem: { status: 401 } })
    fate = 'answered'
    client.use('b')
    await clock.pass(1)
    expect(stream.status.value.state).toBe('live')
    wake('offline')
    expect(stream.status.value.state).toBe('offline')
    wake('back')
    await clock.pass(1)
    expect(stream.status.value.state).toBe('live')
  })

  it('that is none of the caller’s ends the stream, in a loop by throwing', async () => {
    const { clock, client } = open({ transports: ['poll'] })
    const stream = client.session('sess_gone/../none').events()
    const reading = (async () => {
      for await (const _ of stream) throw new Error('There is nothing to read.')
    })()
    reading.catch(() => {})
    await clock.pass(100)
    await expect(reading).rejects.toBeInstanceOf(StudioProblem)
    expect(stream.status.value).toMatchObject({ state: 'ended', problem: { status: 404 } })
  })
})

describe('closing', () => {
  it('ends loops and connections, and stops nothing of the session', async () => {
    const { clock, studio, session } = open()
    const abort = new AbortController()
    const stream = session.events({ signal: abort.signal })
    const reading = (async () => {
      for await (const _ of stream);
    })()
    reading.catch(() => {})
    await clock.pass(100)
    abort.abort(new Error('left'))
    await expect(reading).rejects.toThrow('left')
    await clock.pass(100)
    expect(studio.readers()).toBe(0)
    expect(studio.requests.filter(({ url }) => /stop|cancel/.test(url.pathname))).toEqual([])
    expect(studio.sockets.frames.filter(({ action }) => action !== 'resume')).toEqual([])
  })

  it('comes behind the event that `until` names', async () => {
    const { clock, studio, session } = open()
    studio.append(5)
    const stream = session.events({ until: ({ seq }) => seq === 3 })
    const got: StudioEvent[] = []
    stream.on((event) => got.push(event))
    await clock.pass(100)
    expect(await stream.ended).toBeUndefined()
    expect(seqs(got)).toEqual([1, 2, 3])
  })

  it('leaves the other listeners of a stream whose listener throws', async () => {
    const uncaught: unknown[] = []
    vi.stubGlobal('queueMicrotask', (call: () => void) => {
      try {
        call()
      } catch (error) {
        uncaught.push(error)
      }
    })
    const { clock, studio, session } = open({ transports: ['poll'] })
    studio.append(2)
    const got: number[] = []
    const stream = session.events()
    stream.on(() => {
      throw new Error('a mistake')
    })
    stream.on(({ seq }) => got.push(seq))
    await clock.pass(100)
    expect(got).toEqual([1, 2])
    expect(uncaught).toHaveLength(2)
  })
})
