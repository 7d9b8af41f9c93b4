import { afterEach, describe, expect, it, vi } from 'vitest'
import { StudioProblem } from '../../../shared/client/index.ts'
import type { StudioEvent } from '../../../shared/contracts/events.ts'
import { openStudio, seqs } from '../../support/client/open-studio.ts'

afterEach(() => vi.unstubAllGlobals())

describe('a connection', () => {
  it('that says it is open and brings nothing more is left', async () => {
    let frames = 0
    const { clock, studio, session } = openStudio({
      fates: { frame: () => (frames++ === 1 ? 'half-open' : 'once') },
      transports: ['socket'],
    })
    const got: number[] = []
    session.events().on(({ seq }) => got.push(seq))
    await clock.pass(10)
    for (let frame = 0; frame < 2; frame += 1) {
      studio.append()
      await clock.pass(10)
    }
    await clock.pass(15_000)
    expect(got).toEqual([1, 2])
    expect(studio.sockets.tickets.length).toBe(2)
  })

  it.each(['socket', 'sse', 'poll'] as const)(
    'over %s that slept is not believed when the page is back',
    async (transport) => {
      let asleep = false
      const { clock, studio, session, wake } = openStudio({
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
    const { clock, studio, session } = openStudio({
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
    const { clock, studio, session } = openStudio({
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
    const { clock, studio, session } = openStudio({
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
    const { clock, studio, session, wake } = openStudio({
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

  it('waits no longer than the product ever asks for, whatever stands before it says', async () => {
    let isAway = true
    const { clock, studio, session } = openStudio({
      fates: { request: () => (isAway ? 'awayForMonths' : 'answered') },
      transports: ['poll'],
    })
    const stream = session.events()
    stream.on(() => {})
    await clock.pass(100)
    isAway = false
    await clock.pass(3_590_000)
    expect(studio.requests).toHaveLength(1)
    await clock.pass(30_000)
    expect(stream.status.value.state).toBe('live')
  })

  it('comes back at once with the network, the page or a new token', async () => {
    let fate: 'unreachable' | 'unauthorized' | 'answered' = 'unauthorized'
    const { clock, session, client, wake } = openStudio({ fates: { request: () => fate } })
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
    const { clock, client } = openStudio({ transports: ['poll'] })
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
    const { clock, studio, session } = openStudio()
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
    const { clock, studio, session } = openStudio()
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
    const { clock, studio, session } = openStudio({ transports: ['poll'] })
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
