import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { eventually } from '../support/limits/eventually.ts'
import { generousLimits } from '../support/limits/generous-limits.ts'
import { limit } from '../support/limits/machine-speed.ts'
import { isFullLength } from '../support/limits/run-length.ts'
import { byType, finishedRun } from '../support/media/asset-client.ts'
import { scriptedMedia } from '../support/media/scripted-functions.ts'
import { type MediaVendor, startMediaVendor } from '../support/media/vendor.ts'
import { vendorUrlName } from '../support/media/vendor-setting.ts'
import { type ModelServer, startModelServer } from '../support/model-server/model-server.ts'
import { type EngineProcess, startEngineProcess } from '../support/studio/engine-process.ts'

let model: ModelServer
let vendor: MediaVendor
let engine: EngineProcess | undefined
let folder: string
let replaced: Record<string, string>
beforeAll(async () => {
  model = await startModelServer()
  vendor = await startMediaVendor()
  folder = await mkdtemp(join(tmpdir(), 'launch-studio-assets-'))
  replaced = await scriptedMedia(inject('synthesis').template, join(folder, 'functions'))
})
afterAll(async () => {
  await engine?.kill()
  await model.stop()
  await vendor.stop()
  await rm(folder, { recursive: true, force: true })
})

const start = (port?: number) =>
  startEngineProcess({
    ...inject('synthesis'),
    replaced,
    dataDirectory: join(folder, 'data'),
    ...(port === undefined ? {} : { port }),
    environment: {
      OPENAI_BASE_URL: model.url,
      OPENAI_API_KEY: 'test-key',
      TOKEN_SIGNING_KEY: 'a-key-for-tests-that-is-long-enough',
      LIMITS: generousLimits,
      [vendorUrlName]: vendor.url,
    },
  })

/** Where the worker is when the power goes, by kind and by the path of the request that it waits for. */
const deaths = [
  ['while it buys a picture', 'poster', '/image'],
  ['while it looks at a film', 'video', '/film/'],
  ['while it draws a poster', 'poster', '/render'],
  ['while it renders a narration', 'narration', '/render'],
  ['while it starts a film', 'video', '/film'],
] as const

// What the product's own makers do is in assets-deaths.test.ts.
it.each(isFullLength ? deaths : deaths.slice(2, 3))(
  'a worker that dies %s is replaced, and its vendor charges once',
  // Its claim has to run out before another worker may take the asset.
  { timeout: limit(60_000) },
  async (_, kind, path) => {
    vendor.reset()
    engine = await start()
    const { client, assetsOf } = await finishedRun({ origin: engine.origin, model })
    // What a film is made from is there already.
    if (kind === 'video') {
      const sources = await assetsOf.request({ kinds: ['poster', 'subtitles'] })
      await assetsOf.ended(sources.body.job_id)
    }
    const before = vendor.calls.length
    vendor.script(path, new Promise(() => {}))
    const wish = { kinds: [kind], placements: ['instagram_feed_4x5'] }
    const { job_id } = (await assetsOf.request(wish)).body
    const heard = () => vendor.calls.slice(before).filter((call) => call.path.startsWith(path))
    await eventually(() => expect(heard()).not.toEqual([]))
    await engine.kill()
    engine = await start(Number(new URL(client.origin).port))
    expect(await assetsOf.ended(job_id)).toMatchObject({ data: { status: 'completed' } })
    expect(byType(await assetsOf.list())[kind]).toMatchObject({ status: 'completed' })
    const keys = vendor.calls.slice(before).flatMap(({ key }) => key ?? [])
    expect(new Set(keys).size).toBe(1)
    await engine.kill()
  },
)
