import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { MediaTask } from '../../../shared/contracts/media-pipeline.ts'
import { noLimits } from '../../../shared/rules/limits.ts'
import { purchaseMs } from '../../../shared/rules/media-limits.ts'
import type { AssetMaker } from '../../../shared/services/media/asset-maker.ts'
import { createFilmMaker } from '../../../shared/services/media/films/film-maker.ts'
import { createFilmPlanner } from '../../../shared/services/media/films/film-planner.ts'
import { clipOf } from '../../support/film/clips.ts'
import { filmDependencies } from '../../support/film/film-dependencies.ts'
import {
  type FilmScript,
  type FilmServer,
  startFilmServer,
} from '../../support/film/film-server.ts'
import { createMemoryBucket, mediaServicesOn } from '../../support/media/simulated-media.ts'
import { storeFinishedRun } from '../../support/media/stored-run.ts'
import { createMemoryTable } from '../../support/simulation/memory-table.ts'
import { processOn } from '../../support/simulation/simulated-services.ts'

let server: FilmServer
let clip: Uint8Array
beforeAll(async () => {
  vi.stubEnv('VIDEO_API_KEY', 'sk-film')
  clip = await clipOf({ width: 360, height: 640, seconds: 8 })
  server = await startFilmServer(clip)
})
afterEach(() => {
  server.reset()
  vi.useRealTimers()
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await server.stop()
})

const owner = 'user_1'
const begins = Date.parse('2026-11-26T08:00:00.000Z')

/**
 * There is no ffmpeg at the path that these films are given: each ends as soon as its clip is there, judged and kept.
 * What is made of a clip is the test of the maker.
 */
const collected = { status: 'failed', stage: 'rendering' }

/** Of the kinds that a film builds on, as little as may be. */
const nothing: AssetMaker = {
  make: async () => ({
    files: [],
    provenance: {
      ...{ origin: 'composed', provider: null, model: null, purchases: [], adjusted: [] },
      digital_source_type: null,
    },
    checks: [],
  }),
}

const wish = {
  kinds: ['video'],
  placements: ['instagram_reels_9x16'],
  voice: { recording: 'none' },
}

/** A finished run, the product’s own film maker over a server of films, and a clock that the test moves. */
const world = async (
  callMs?: Record<'start' | 'look' | 'fetch', number>,
  model = 'a-film-model',
) => {
  let now = begins
  const clock = { now: () => now }
  const sent: MediaTask[] = []
  const process = processOn(createMemoryTable(), clock)
  const dependencies = {
    ...filmDependencies({ server: server.url, model, ffmpeg: '/no/ffmpeg' }),
    clock,
  }
  const maker = createFilmMaker({ ...dependencies, ...(callMs && { callMs }) })
  const makers = {
    poster: async () => nothing,
    subtitles: async () => nothing,
    video: async () => maker,
  }
  const bucket = createMemoryBucket()
  const hasFfmpeg = async () => true
  const planners = { video: async () => createFilmPlanner({ ...dependencies, hasFfmpeg }) }
  const services = mediaServicesOn(process, { bucket, sent, makers, planners, limits: noLimits })
  const { runId } = await storeFinishedRun(process, owner)
  const film = async () =>
    (await services.repository.list(runId)).find(({ asset_type }) => asset_type === 'video')
  /** Works on what is sent, until nothing is or the film waits for its vendor this often. */
  const work = async (looks = 20) => {
    for (let left = looks; left > 0; left -= 1) {
      const task = sent.shift()
      if (!task) break
      await services.pipeline.run(task)
      now += 11_000
    }
    return film()
  }
  return {
    work,
    list: () => services.repository.list(runId),
    estimate: () => services.assets.estimate(runId, owner, wish as object),
    ask: (wished: object = wish) =>
      services.assets.request(runId, owner, wished, { principal: owner }),
    pass(milliseconds: number) {
      now += milliseconds
    },
  }
}

/** Has a film made by this script. */
const made = async (script: FilmScript, callMs?: Parameters<typeof world>[0]) => {
  server.script(script)
  const run = await world(callMs)
  await run.ask()
  return { ...run, ended: await run.work() }
}

const busy = { http: 503, error: { message: 'Out of capacity' } }
const unready = { status: 503, type: 'application/json', bytes: Buffer.from('{}') }

describe('A film that is paid for', () => {
  it.each([
    ['a look', { looks: [busy, { status: 'completed' }] }],
    ['a limit', { looks: [{ http: 429, error: { message: 'slow' } }, { status: 'completed' }] }],
    ['the clip', { content: [unready, 'clip'] }],
  ] satisfies [string, FilmScript][])('outlives a failed call: %s', async (_, script) => {
    const { ended } = await made(script)
    expect(ended).toMatchObject(collected)
    expect(server.charges.size).toBe(1)
  })

  it.each([
    ['a call that hangs', { looks: ['hangs', { status: 'completed' }] }],
    ['a clip that hangs', { content: ['hangs', 'clip'] }],
  ] satisfies [string, FilmScript][])('outlives %s', async (_, script) => {
    const { ended } = await made(script, { start: 60_000, look: 1_000, fetch: 1_000 })
    expect(ended).toMatchObject(collected)
    expect(server.charges.size).toBe(1)
  })

  it.each([
    ['never ends', { status: 'in_progress' }, 'MEDIA_TIMEOUT', 'not finish'],
    ['cannot be asked for', busy, 'MEDIA_TIMEOUT', 'Out of capacity'],
    [
      'is asked for with a key that went',
      { http: 401, error: { message: 'bad key' } },
      'CAPABILITY_NOT_CONFIGURED',
      'bad key',
    ],
  ] as const)('is not bought anew after its job %s', async (_, look, code, reason) => {
    const looks: NonNullable<FilmScript['looks']> = [look]
    server.script({ looks })
    const { ask, work, pass } = await world()
    await ask()
    await work(4)
    pass(purchaseMs.film - 60_000)
    const ended = await work(20)
    expect(ended).toMatchObject({ status: 'failed', stage: 'buying', error: { code } })
    expect(ended?.error?.detail).toContain(reason)
    looks.push({ status: 'completed' })
    await ask()
    await work()
    expect(await work()).toMatchObject(collected)
    expect(server.charges.size).toBe(1)
  })
})

describe('A film that comes to nothing', () => {
  const completed = [{ status: 'completed' }]
  it.each<[string, { looks: NonNullable<FilmScript['looks']>; content?: string }, string]>([
    ['ends as failed', { looks: [{ status: 'failed', error: { message: 'no GPU' } }] }, 'no GPU'],
    ['ends as cancelled', { looks: [{ status: 'cancelled' }] }, 'cancelled'],
    ['is cut off', { looks: completed, content: 'cut' }, 'ends within a box'],
    ['is another format', { looks: completed, content: 'gif' }, 'no MP4'],
    ['is in another shape', { looks: completed, content: 'square' }, '720x1280'],
    ['is of another length', { looks: completed, content: 'short' }, '8 s were ordered'],
    ['is behind an expired link', { looks: completed, content: 'expired link' }, 'expired'],
  ])('fails with its cause when it %s, and is made by another request', async (...row) => {
    const [, { looks, content }, reason] = row
    const bytes: Record<string, () => Promise<Uint8Array>> = {
      cut: async () => clip.subarray(0, clip.length - 500),
      gif: async () => Buffer.from('GIF89a'.padEnd(2_000, '0')),
      square: () => clipOf({ width: 480, height: 480, seconds: 8 }),
      short: () => clipOf({ width: 360, height: 640, seconds: 2 }),
    }
    const sent = await bytes[content ?? '']?.()
    const answer = sent ? { bytes: sent } : content === 'expired link' ? content : 'clip'
    const { ended, ask, work } = await made({ looks, content: answer as 'clip' })
    expect(ended).toMatchObject({ status: 'failed', stage: 'buying' })
    expect(ended?.error).toMatchObject({ code: 'UPSTREAM_ERROR', retryable: true })
    expect(ended?.error?.detail).toContain(reason)
    await ask()
    expect(await work()).toMatchObject(collected)
    expect(server.charges.size).toBe(2)
  })

  it('is refused once, and is not charged', async () => {
    const error = { code: 'moderation_blocked', message: 'Your request was rejected.' }
    const { ended } = await made({ refusal: { status: 400, body: { error } } })
    expect(ended?.error).toMatchObject({ code: 'MODEL_REFUSED', retryable: false })
    expect(ended?.error?.detail).toContain('Your request was rejected.')
    expect(ended?.cost).toBeUndefined()
    expect(server.charges.size).toBe(0)
  })

  it('may have been charged when its start hangs, and is asked for with the same key', async () => {
    const limits = { start: 500, look: 60_000, fetch: 60_000 }
    const { ended, ask, work } = await made({ refusal: 'hangs' }, limits)
    expect(ended?.error).toMatchObject({ code: 'MEDIA_TIMEOUT', retryable: true })
    await ask()
    expect(await work()).toMatchObject(collected)
    expect([...server.charges.keys()][0]).toMatch(/-0$/)
  })

  it('is looked for again when the list of a start that was lost cannot be read', async () => {
    // By the server's date its job is newer than the request that the product looks for.
    vi.setSystemTime(begins + 3_600_000)
    server.knows.keys = false
    server.knows.list = 'fails'
    const { ended, ask, work } = await made({ refusal: 'lost' })
    expect(ended?.error).toMatchObject({ code: 'UPSTREAM_ERROR', retryable: true })
    expect(ended?.error?.detail).toContain('The list is broken')
    await ask()
    expect(await work()).toMatchObject({ status: 'failed', stage: 'buying' })
    server.knows.list = true
    await ask()
    expect(await work()).toMatchObject(collected)
    expect(server.jobs()).toBe(1)
  })
})

describe('A film that costs more than may be spent', () => {
  /** Nine seconds for 13.5 USD. */
  const dear = () => world(undefined, 'luma.ray-v2:0')
  let long: Uint8Array
  beforeAll(async () => {
    long = await clipOf({ width: 360, height: 640, seconds: 9 })
    vi.stubEnv('SPEND_CAP_RUN_USD', '20')
    vi.stubEnv('SPEND_CAP_PRINCIPAL_DAY_USD', '20')
  })
  const capped = async (test: () => Promise<void>): Promise<void> => {
    vi.stubEnv('SPEND_CAP_RUN_USD', '3')
    try {
      await test()
    } finally {
      vi.stubEnv('SPEND_CAP_RUN_USD', '20')
    }
  }

  it('is refused before anything is bought, and the estimate says so', async () => {
    const { ask, estimate, list } = await dear()
    await capped(async () => {
      const [film] = (await estimate()).assets.filter(({ asset_type }) => asset_type === 'video')
      expect(film?.over_cap).toContain('SPEND_CAP_RUN_USD (3)')
      const refusal = { code: 'BUDGET_EXCEEDED', cap: 'run', retryable: false }
      await expect(ask()).rejects.toMatchObject(refusal)
      expect(await list()).toEqual([])
    })
    const [film] = (await estimate()).assets.filter(({ asset_type }) => asset_type === 'video')
    expect(film?.over_cap).toBeNull()
  })

  it('fails at once where other kinds were asked for, which are made', async () => {
    const { ask, work, list } = await dear()
    await capped(async () => {
      await ask({ ...wish, kinds: ['poster', 'subtitles', 'video'] })
      const film = await work()
      expect(film).toMatchObject({ status: 'failed', stage: 'waiting' })
      expect(film?.error).toMatchObject({ code: 'BUDGET_EXCEEDED', retryable: false })
      expect(film?.error?.message).toContain('13.5달러')
      expect(film?.error?.detail).toMatch(/SPEND_CAP_RUN_USD.*VIDEO_PROVIDER/)
      const others = (await list()).filter(({ asset_type }) => asset_type !== 'video')
      expect(others.map(({ status }) => status)).toEqual(others.map(() => 'completed'))
      expect(server.charges.size).toBe(0)
    })
    server.script({ content: { bytes: long } })
    await ask()
    expect(await work()).toMatchObject(collected)
  })

  it('was paid for already, and is collected', async () => {
    const { ask, work } = await dear()
    const looks: NonNullable<FilmScript['looks']> = [{ http: 401 }]
    server.script({ looks, content: { bytes: long } })
    await ask()
    expect((await work())?.error?.code).toBe('CAPABILITY_NOT_CONFIGURED')
    looks.push({ status: 'completed' })
    await capped(async () => {
      await ask()
      expect(await work()).toMatchObject(collected)
    })
  })
})
