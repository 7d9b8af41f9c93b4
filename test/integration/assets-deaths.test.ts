import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { AssetView } from '../../shared/contracts/assets.ts'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import { eventually } from '../support/limits/eventually.ts'
import { limit } from '../support/limits/machine-speed.ts'
import { isFullLength } from '../support/limits/run-length.ts'
import { finishedRun } from '../support/media/asset-client.ts'
import { createDeaths, type Death, deathHook } from '../support/media/deaths.ts'
import { type RealVendors, startRealVendors } from '../support/media/real-vendors.ts'
import { readLog } from '../support/studio/client.ts'
import { type EngineProcess, startEngineProcess } from '../support/studio/engine-process.ts'
import { withStageWorkers } from '../support/studio/stage-workers.ts'

type FileView = AssetView['files'][number]
type Launch = Awaited<ReturnType<typeof finishedRun>>

let vendors: RealVendors
let engine: EngineProcess | undefined
let folder: string
let deaths: ReturnType<typeof createDeaths>
beforeAll(async () => {
  vendors = await startRealVendors()
  folder = await mkdtemp(join(tmpdir(), 'launch-studio-deaths-'))
  deaths = createDeaths(join(folder, 'deaths'))
}, limit(60_000))
afterAll(async () => {
  await engine?.kill()
  await vendors.stop()
  await rm(folder, { recursive: true, force: true })
})

let port: number | undefined
/** The engine with the product's own makers, on the data of the one before it. */
const start = async (films: Parameters<RealVendors['environment']>[0]): Promise<void> => {
  await engine?.kill()
  const { template, outdir } = inject('synthesis')
  engine = await startEngineProcess({
    template: withStageWorkers(template),
    outdir,
    dataDirectory: join(folder, 'data'),
    preload: [deathHook],
    ...(port === undefined ? {} : { port }),
    environment: { ...vendors.environment(films), ...deaths.environment },
  })
  port = Number(new URL(engine.origin).port)
  vendors.storeIn(engine.storage)
}

const launches = async (count: number): Promise<Launch[]> => {
  const all: Launch[] = []
  for (let number = 0; number < count; number += 1) {
    all.push(await finishedRun({ origin: engine?.origin ?? '', model: vendors.model }))
  }
  return all
}

const feed = { placements: ['instagram_feed_4x5'] }
const reel = { placements: ['instagram_reels_9x16'] }
const silent = { voice: { recording: 'none' } }
/** A film of nothing but the vendor's clip. */
const clipAlone = { kinds: ['video'], ...reel, ...silent, captions: false }

const jobOf = async (answer: Promise<{ status: number; body: { job_id: string } }>) => {
  const { status, body } = await answer
  expect([status, body]).toMatchObject([202, {}])
  return body.job_id
}

const jobsOf = (
  all: readonly Launch[],
  request: (launch: Launch) => ReturnType<Launch['assetsOf']['request']>,
): Promise<[Launch, string][]> =>
  Promise.all(
    all.map(async (launch): Promise<[Launch, string]> => [launch, await jobOf(request(launch))]),
  )

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const expectWhole = async ({ url, bytes, sha256: digest }: FileView) => {
  const content = new Uint8Array(await (await fetch(url)).arrayBuffer())
  expect([content.length, sha256(content)]).toEqual([bytes, digest])
}

const progressOf = (log: readonly StudioEvent[]): Map<string, number[]> => {
  const shares = new Map<string, number[]>()
  for (const { type, data } of log) {
    if (type !== 'job.updated') continue
    shares.set(data.job_id, [...(shares.get(data.job_id) ?? []), data.progress])
  }
  return shares
}

/** What is promised of a session whose workers died: whole files, each purchase once, no step back. */
const expectWell = async ({ client, sessionId, assetsOf }: Launch): Promise<void> => {
  const assets: AssetView[] = await assetsOf.list()
  expect(assets.map(({ asset_type, status, error }) => [asset_type, status, error])).toEqual(
    assets.map(({ asset_type }) => [asset_type, 'completed', null]),
  )
  for (const file of assets.flatMap(({ files }) => files)) await expectWhole(file)
  const log = await readLog(client, sessionId)
  const ready = log.flatMap((event) => (event.type === 'asset.ready' ? [event.data.asset_id] : []))
  expect(ready.toSorted()).toEqual(assets.map(({ asset_id }) => asset_id).toSorted())
  for (const shares of progressOf(log).values()) {
    expect(shares).toEqual(shares.toSorted((one, other) => one - other))
  }
  // A key names the session, the digest of what was bought, and how often that had failed.
  const bought = vendors.charged(sessionId).map((key) => key.replace(/-\d+$/, ''))
  expect(bought).toEqual([...new Set(bought)])
}

/**
 * Waits for all the deaths, then ends the engine as well, and waits on the next one for the jobs.
 * @param spared is over by then: an attempt whose first call was lost has one more, and no third
 */
const survive = async (
  films: Parameters<RealVendors['environment']>[0],
  jobs: readonly (readonly [Launch, string])[],
  spared?: readonly [Launch, string],
): Promise<void> => {
  await eventually(() => expect(deaths.due()).toEqual([]))
  if (spared) await spared[0].assetsOf.ended(spared[1])
  await start(films)
  for (const [{ assetsOf }, job] of jobs) {
    expect(await assetsOf.ended(job)).toMatchObject({ data: { status: 'completed' } })
  }
}

const exportOf = async ({ client, runId }: Launch, exportId: string) => {
  const { body } = await client.get(`/api/runs/${runId}/exports/${exportId}`)
  expect(body).toMatchObject({ status: 'completed', error: null })
  await expectWhole(body.file)
}

const deathsOf = (
  label: string,
  { runId }: Launch,
  points: Record<string, readonly [Death['when'], string]>,
): Death[] =>
  Object.entries(points).map(([name, [when, at]]) => ({
    ...{ name: `${label}-${name}`, run: runId, when, at },
  }))

const answered = {
  poster: ['after', '^asset fetch POST /v1/images/generations$'],
  narration: ['after', '^asset fetch POST /v1/audio/speech$'],
  film: ['after', '^asset fetch POST /v1/videos$'],
} as const
const packing = ['after', '^export s3 GET .*/assets/'] as const

/** Where workers of each kind die, by what has happened then. */
const sourcePoints: readonly [string, Parameters<typeof deathsOf>[2]][] = [
  ['asked', { poster: answered.poster, narration: answered.narration }],
  [
    'bought',
    {
      poster: ['after', '^asset s3 PUT .*/purchases/.* image/'],
      narration: ['after', '^asset s3 PUT .*/purchases/.*speech$'],
    },
  ],
  [
    'composing',
    {
      poster: ['before', '^asset Dynamo.*"(drawing|rendering|checking)"'],
      narration: ['before', '^asset s3 PUT .*/assets/.* audio/'],
    },
  ],
  [
    'filed',
    {
      poster: ['after', '^asset s3 PUT .*/assets/.* image/'],
      narration: ['before', '^asset Dynamo.*audio/'],
    },
  ],
]
const filmPoints: readonly [string, Parameters<typeof deathsOf>[2]][] = [
  ['started', { film: ['after', '^asset Dynamo.*BOUGHT#.*:set_vendor_job'], export: packing }],
  [
    'looking',
    {
      film: ['before', '^asset fetch GET /v1/videos/[^/]+$'],
      export: ['after', '^export s3 PUT .*zip$'],
    },
  ],
  [
    'bought',
    {
      film: ['after', '^asset s3 PUT .*/purchases/.* video/'],
      export: ['before', '^export Dynamo.*"completed"'],
    },
  ],
  [
    'filed',
    {
      film: ['after', '^asset s3 PUT .*/assets/.* video/'],
      export: ['before', '^export s3 PUT .*zip$'],
    },
  ],
]

describe('a worker that dies, and then its engine', () => {
  it('leaves picture, speech, film and export to the next ones, and each is paid for once', {
    timeout: limit(90_000),
  }, async () => {
    await start('openai')
    const [one, other] = (await launches(2)) as [Launch, Launch]
    const captions = await jobOf(other.assetsOf.request({ kinds: ['subtitles'], ...silent }))
    await other.assetsOf.ended(captions)
    const { film, ...sold } = answered
    await deaths.plan([
      ...deathsOf('one', one, sold),
      ...deathsOf('other', other, { film, export: packing }),
    ])
    const posters = { kinds: ['poster', 'narration'], placements: ['instagram_feed_4x5'] }
    const files = await jobOf(one.assetsOf.request(posters))
    const packed = await other.client.post(`/api/runs/${other.runId}/export`)
    const made = await jobOf(other.assetsOf.request(clipAlone))
    await survive('openai', [
      [one, files],
      [other, packed.body.job_id],
      [other, made],
    ])
    for (const each of [one, other]) await expectWell(each)
    await exportOf(other, packed.body.export_id)
    expect(vendors.charged(one.sessionId)).toHaveLength(2)
    expect(vendors.films.charges.size).toBe(1)
    // The answers that were lost were asked for again, by the same names.
    expect(vendors.asked(one.sessionId)).toHaveLength(4)
  })

  const longForm = isFullLength ? it : it.skip

  longForm('is replaced, wherever in each kind it died', { timeout: limit(400_000) }, async () => {
    await start('openai')
    vendors.films.knows.keys = true
    const all = await launches(4)
    const planned = (points: typeof sourcePoints) =>
      points.flatMap(([label, each], index) => deathsOf(label, all[index] as Launch, each))
    await deaths.plan(planned(sourcePoints))
    const wish = { kinds: ['poster', 'narration', 'subtitles'], ...feed }
    const sold = await jobsOf(all, ({ assetsOf }) => assetsOf.request(wish))
    await survive('openai', sold, sold[0])
    await deaths.plan(planned(filmPoints))
    const packed = await Promise.all(
      all.map(({ client, runId }) => client.post(`/api/runs/${runId}/export`)),
    )
    const before = vendors.films.jobs()
    const films = await jobsOf(all, ({ assetsOf }) =>
      assetsOf.request({ kinds: ['video'], ...reel }),
    )
    await survive('openai', films)
    for (const [index, launch] of all.entries()) {
      await launch.assetsOf.ended(packed[index]?.body.job_id)
      await exportOf(launch, packed[index]?.body.export_id)
      await expectWell(launch)
    }
    expect(vendors.films.jobs() - before).toBe(all.length)
  })

  longForm(
    'is replaced over films of Amazon Bedrock and over our own motion',
    { timeout: limit(300_000) },
    async () => {
      await start('bedrock')
      const all = await launches(3)
      const points = [
        ['unnamed', { film: ['before', '^asset Dynamo.*BOUGHT#.*:set_vendor_job'] }],
        ['parked', { film: ['after', '^asset Dynamo.*:set_vendor_deadline'] }],
        ['bought', { film: ['after', '^asset s3 PUT .*/purchases/.* video/'] }],
      ] as const
      await deaths.plan(
        points.flatMap(([label, each], index) => deathsOf(label, all[index] as Launch, each)),
      )
      vendors.bedrock.script({ status: 'InProgress' }, { status: 'Completed' })
      await survive('bedrock', await jobsOf(all, ({ assetsOf }) => assetsOf.request(clipAlone)))
      expect(vendors.bedrock.charges.size).toBe(all.length)

      await start('motion')
      await deaths.plan(
        [
          ['composing', { film: ['before', '^asset Dynamo.*"rendering"'] }] as const,
          ['filed', { film: ['after', '^asset s3 PUT .*/assets/.* video/'] }] as const,
        ].flatMap(([label, each], index) => deathsOf(label, all[index] as Launch, each)),
      )
      const shorts = { ...clipAlone, placements: ['tiktok_9x16'] }
      const moved = all.slice(0, 2)
      await survive('motion', await jobsOf(moved, ({ assetsOf }) => assetsOf.request(shorts)))
      for (const launch of all) await expectWell(launch)
    },
  )
})
