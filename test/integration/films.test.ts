import { beforeAll, describe, expect, it } from 'vitest'
import type { AssetView } from '../../shared/contracts/assets.ts'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import type { JobView } from '../../shared/contracts/jobs.ts'
import {
  bedrockFilmsOf,
  type FilmFault,
  filmReasons,
  openaiFilmsOf,
  type ScriptedFilms,
} from '../support/film/film-faults.ts'
import { limit } from '../support/limits/machine-speed.ts'
import { isFullLength } from '../support/limits/run-length.ts'
import { finishedRun } from '../support/media/asset-client.ts'
import { readLog } from '../support/studio/client.ts'
import { useStudio } from '../support/studio/shared-studio.ts'

const openai = useStudio('videos')
const bedrock = useStudio('bedrock')

const vendors = {
  openai: { studio: openai, films: () => openaiFilmsOf(openai) },
  bedrock: { studio: bedrock, films: () => bedrockFilmsOf(bedrock) },
}
type VendorName = keyof typeof vendors

/** How the vendor meets one request for a film, and what it comes to. */
interface Step {
  faults: FilmFault[]
  /** How the film fails; null of one that is made. */
  failure: { code: string; retryable: boolean; detail: string } | null
  /** Requests to start a job. */
  starts: number | Record<VendorName, number>
  /** Jobs that were begun. */
  jobs: number
}

const { refuses, limits, breaks, 'fails the job': fails } = filmReasons
const upstream = { code: 'UPSTREAM_ERROR', retryable: true }

/** Films, each of which is asked for again until it is made; to make one takes long. */
const allStories: [name: string, steps: Step[]][] = [
  [
    'refuses it, is busy, breaks, and cuts the connection when its job has begun',
    [
      {
        faults: ['refuses'],
        failure: { code: 'MODEL_REFUSED', retryable: false, detail: refuses },
        ...{ starts: 1, jobs: 0 },
      },
      {
        faults: ['limits for long'],
        failure: { code: 'RATE_LIMITED', retryable: true, detail: limits },
        // The one says how long: no second start is of use.
        ...{ starts: { openai: 1, bedrock: 2 }, jobs: 0 },
      },
      {
        faults: ['breaks', 'breaks'],
        failure: { ...upstream, detail: breaks },
        ...{ starts: 2, jobs: 0 },
      },
      {
        faults: ['cuts the connection'],
        failure: null,
        // The one shows its job in a list, the other knows the token of the start.
        ...{ starts: { openai: 1, bedrock: 2 }, jobs: 1 },
      },
    ],
  ],
  [
    'fails its job, sends half a clip, is busy for a moment, and cannot be asked for a while',
    [
      {
        faults: ['fails the job'],
        failure: { ...upstream, detail: fails },
        ...{ starts: 1, jobs: 1 },
      },
      {
        faults: ['sends half a clip'],
        failure: { ...upstream, detail: 'The file ends within a box.' },
        ...{ starts: 1, jobs: 1 },
      },
      { faults: ['limits', 'cannot be asked'], failure: null, starts: 2, jobs: 1 },
    ],
  ],
]
const stories = isFullLength ? allStories : allStories.slice(0, 1)

/** A film of nothing but the vendor's clip. */
const clipAlone = {
  kinds: ['video'],
  placements: ['instagram_reels_9x16'],
  voice: { recording: 'none' },
  captions: false,
}

type Launch = Awaited<ReturnType<typeof finishedRun>>

/** What a user has of a film after a request for it, and what its vendor counted meanwhile. */
interface Seen {
  view: AssetView
  job: JobView
  told: StudioEvent[]
  starts: number
  jobs: number
}

const request = async (
  { client, sessionId, assetsOf }: Launch,
  films: ScriptedFilms,
  about: string,
  wish: object,
): Promise<Seen> => {
  const before = { starts: films.starts(about), jobs: films.jobs(about) }
  const { status, body } = await assetsOf.request(wish)
  expect([status, body]).toMatchObject([202, { job_id: expect.any(String) }])
  await assetsOf.ended(body.job_id)
  const view = (await assetsOf.view(body.asset_ids.at(-1))).body
  const log = await readLog(client, sessionId)
  return {
    view,
    job: (await client.get(`/api/jobs/${body.job_id}`)).body,
    told: log.filter(
      (event) =>
        (event.type === 'asset.ready' || event.type === 'asset.failed') &&
        event.data.asset_id === view.asset_id,
    ),
    starts: films.starts(about) - before.starts,
    jobs: films.jobs(about) - before.jobs,
  }
}

/** Another version of a film, made of a purchase of its own: the note is in its prompt. */
const play = async (
  launch: Launch,
  films: ScriptedFilms,
  of: string,
  [note, steps]: (typeof stories)[number],
): Promise<Seen[]> => {
  const all: Seen[] = []
  for (const { faults } of steps) {
    await films.script(note, ...faults)
    const asset_id = all.at(-1)?.view.asset_id
    const wish = asset_id === undefined ? { asset_id: of, note } : { asset_id }
    all.push(await request(launch, films, note, wish))
  }
  return all
}

const played = new Map<string, Promise<Seen[]>>()

/** All films at once: they mostly wait for their vendors. */
const begin = async (name: VendorName): Promise<void> => {
  const { studio, films: scripted } = vendors[name]
  const films = scripted()
  const launch = await finishedRun(studio)
  await films.script('', 'refuses')
  const { view } = await request(launch, films, '', clipAlone)
  for (const story of stories) {
    const film = play(launch, films, view.asset_id, story)
    // Its test tells of it.
    film.catch(() => {})
    played.set(`${name} ${story[0]}`, film)
  }
}
beforeAll(async () => {
  await Promise.all([begin('openai'), begin('bedrock')])
}, limit(90_000))

const expectMade = async ({ view, job, told }: Seen, provider: string): Promise<void> => {
  const { asset_id, asset_type } = view
  expect(view).toMatchObject({ status: 'completed', error: null, provenance: { provider } })
  expect(view.provenance?.purchases).toHaveLength(1)
  expect(job).toMatchObject({ status: 'completed', note: null, error: null })
  expect(told.at(-1)).toMatchObject({ type: 'asset.ready', data: { asset_id, asset_type } })
  const [file] = view.files
  expect(file).toMatchObject({ role: 'clean_video', width: 1080, height: 1920 })
  const film = await (await fetch(file?.url ?? '')).arrayBuffer()
  expect(film.byteLength).toBe(file?.bytes)
}

const expectFailed = (
  { view, job, told }: Seen,
  { code, retryable, detail }: NonNullable<Step['failure']>,
  service: string,
): void => {
  const { asset_id, asset_type, error } = view
  expect(view).toMatchObject({ status: 'failed', stage: 'buying', files: [] })
  expect(error).toMatchObject({ code, retryable, message: expect.stringMatching(/[가-힣]/) })
  expect(error?.detail).toBe(`${service} said: ${detail}`)
  // What the film builds on is there.
  expect(job).toMatchObject({ status: 'completed', note: 'partly_failed' })
  expect(job.assets).toContainEqual(
    expect.objectContaining({
      asset_id,
      status: 'failed',
      error: expect.objectContaining({ code }),
    }),
  )
  expect(told.at(-1)).toMatchObject({
    type: 'asset.failed',
    data: { asset_id, asset_type, stage: 'buying', ...error },
  })
}

describe.each(['openai', 'bedrock'] as const)('a film of %s', (name) => {
  it.each(stories)(
    'is made at last, of one job for each purchase, when its vendor %s',
    {
      timeout: limit(120_000),
    },
    async (story, steps) => {
      const films = vendors[name].films()
      const all = (await played.get(`${name} ${story}`)) ?? []
      expect(all.map(({ view }) => view.asset_id)).toEqual(steps.map(() => all[0]?.view.asset_id))
      for (const [index, { failure, starts, jobs }] of steps.entries()) {
        const seen = all[index]
        if (!seen) throw new Error('It was not asked for.')
        const wanted = typeof starts === 'number' ? starts : starts[name]
        if (failure) {
          expectFailed(seen, failure, films.service)
        } else await expectMade(seen, films.provider)
        expect([seen.told.length, seen.starts, seen.jobs]).toEqual([index + 1, wanted, jobs])
      }
    },
  )
})
