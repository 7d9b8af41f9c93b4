import { describe, expect, it } from 'vitest'
import type { Cursors } from '../../../shared/client/index.ts'
import { memoryCursors, storedCursors } from '../../../shared/client/index.ts'
import { sessionId } from '../../support/client/fake-log.ts'
import { openStudio, upTo } from '../../support/client/open-studio.ts'

describe('the position', () => {
  it('is told with every request, so that a new connection replays nothing', async () => {
    const { clock, studio, session } = openStudio({ transports: ['sse'] })
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
    const { clock, studio, session } = openStudio({
      fates: { frame: () => 'cut' },
      transports: ['sse'],
    })
    studio.append(2)
    session.events({ after: 2 }).on(() => {})
    await clock.pass(1_000)
    studio.append()
    await clock.pass(5_000)
    expect(studio.requests.length).toBeGreaterThan(2)
    for (const { url } of studio.requests) expect(url.searchParams.get('after')).toBe('2')
  })

  it('is a seq and no count: what a connection repeats shifts nothing', async () => {
    const { clock, studio, session } = openStudio({ fates: { frame: () => 'twice' } })
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
    const { clock, studio, session } = openStudio({ cursors })
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
    const { clock, studio, client } = openStudio({ cursors: storedCursors(storage) })
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
    const { clock, session } = openStudio({ cursors, transports: ['poll'] })
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
    const { clock, studio, session } = openStudio({
      fates: { frame: () => frames[frame++] ?? 'once' },
    })
    const got: number[] = []
    session.events().on(({ seq }) => got.push(seq))
    await clock.pass(10)
    for (let written = 0; written < 3; written += 1) {
      expect(got).toEqual(written === 0 ? [] : [1])
      studio.append()
      await clock.pass(10)
    }
    expect(got).toEqual([1, 2, 3])
    expect(studio.requests.at(-1)?.url.searchParams.get('after')).toBe('1')
  })

  it('at the end of all is asked for, so that the last event is not waited for in vain', async () => {
    let frames = 0
    const { clock, studio, session } = openStudio({
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
