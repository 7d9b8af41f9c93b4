import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { StudioError } from '../../shared/contracts/errors.ts'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import type { MediaTask } from '../../shared/contracts/media-pipeline.ts'
import { asEvents } from '../../shared/repositories/event-items.ts'
import { maxPurchaseCalls } from '../../shared/rules/media-limits.ts'
import type { AssetMaker, Makers, Purchase } from '../../shared/services/media/asset-maker.ts'
import { holds, propertyLimit } from '../support/limits/properties.ts'
import {
  createMemoryBucket,
  type MemoryBucket,
  mediaServicesOn,
} from '../support/media/simulated-media.ts'
import { storeFinishedRun } from '../support/media/stored-run.ts'
import { faults, type Simulation, simulate } from '../support/simulation/simulation.ts'

const owner = 'user_1'

/** What the vendor makes of a call. */
type VendorOutcome = 'sells' | 'fails' | 'refuses'

interface Worker {
  /** Which of the messages that were sent by then it gets. */
  message: number
  /** After how many steps of the world it dies; undefined for one that lives. */
  dies: number | undefined
}

/** What another caller does meanwhile, after so many steps of the world. */
interface Interference {
  what: 'ask again' | 'delete' | 'cancel' | 'sweep'
  after: number
}

const workers: fc.Arbitrary<Worker[]> = fc.array(
  fc.record({ message: fc.nat(2), dies: fc.option(fc.nat(60), { nil: undefined }) }),
  { minLength: 2, maxLength: 5 },
)
const interference: fc.Arbitrary<Interference[]> = fc.array(
  fc.record({
    what: fc.constantFrom('ask again', 'delete', 'cancel', 'sweep'),
    after: fc.integer({ min: 1, max: 60 }),
  }),
  { maxLength: 2 },
)
const outcomes: fc.Arbitrary<VendorOutcome[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<VendorOutcome>('sells') },
    { weight: 1, arbitrary: fc.constantFrom<VendorOutcome>('fails', 'refuses') },
  ),
  { maxLength: 6 },
)

const sound: Purchase = {
  kind: 'speech',
  provider: 'simulated',
  model: 'voices',
  parameters: { text: 'a script' },
  contentType: 'audio/mpeg',
  micros: 1_000,
}
const bytes = new TextEncoder().encode(`ID3${'.'.repeat(100)}`)

const madeOf = (role: 'narration' | 'srt', body: Uint8Array) => ({
  files: [
    {
      ...{ role, contentType: 'audio/mpeg', extension: 'mp3', body },
      ...{ width: null, height: null, duration_ms: null },
    },
  ],
  provenance: {
    ...{ origin: 'generated' as const, provider: null, model: null },
    ...{ purchases: [], adjusted: [], digital_source_type: '' },
  },
  checks: [],
})

/** A vendor that knows idempotency: it charges once for a key, and not at all for what it refuses. */
const createVendor = (drawn: VendorOutcome[]) => {
  const next = drawn.values()
  const vendor = { calls: 0, failures: 0, charged: new Set<string>() }
  const sell = async (turn: Simulation['turn'], key: string): Promise<Uint8Array> => {
    vendor.calls += 1
    await turn('vendor')
    const outcome = next.next().value ?? 'sells'
    if (outcome === 'sells') vendor.charged.add(key)
    else vendor.failures += 1
    await turn('answer of vendor')
    if (outcome === 'fails') throw new StudioError('UPSTREAM_ERROR', 'The vendor is down.')
    if (outcome === 'refuses') throw new StudioError('MODEL_REFUSED', 'The vendor refuses.')
    return bytes
  }
  return { vendor, sell }
}

const makersOn = (
  turn: Simulation['turn'],
  sell: ReturnType<typeof createVendor>['sell'],
): Makers => {
  const narration: AssetMaker = {
    async make(_, workshop) {
      workshop.report('buying', 0.2)
      const bought = await workshop.buy(sound, (_, key) => sell(turn, key))
      workshop.report('rendering', 0.7)
      await turn('render')
      return madeOf('narration', bought.bytes)
    },
  }
  const subtitles: AssetMaker = {
    async make({ sources }) {
      const [spoken] = sources
      return madeOf('srt', (await spoken?.read()) ?? bytes)
    },
  }
  return { narration: async () => narration, subtitles: async () => subtitles }
}

const killAfter = async (world: Simulation, steps: number, kill: () => void): Promise<void> => {
  for (let step = 0; step < steps; step += 1) await world.turn('live')
  kill()
}

/** Two assets of one job, of which one builds on the other, and all that works on them. */
const play = async (
  world: Simulation,
  cast: Worker[],
  others: Interference[],
  drawn: VendorOutcome[],
) => {
  const bucket = createMemoryBucket()
  const sent: MediaTask[] = []
  const { vendor, sell } = createVendor(drawn)
  const serve = () => {
    const process = world.process()
    const makers = makersOn(process.turn, sell)
    return { process, ...mediaServicesOn(process, { bucket, sent, makers }) }
  }
  const first = serve()
  const { runId, sessionId } = await world.calm(() => storeFinishedRun(first.process, owner))
  const wish = { kinds: ['subtitles'] as ('subtitles' | 'narration')[] }
  const { job } = await world.calm(() =>
    first.assets.request(runId, owner, wish, { principal: owner }),
  )
  const work = async ({ message, dies }: Worker): Promise<void> => {
    await world.turn('deliver')
    const task = sent[message % sent.length]
    if (!task) return
    const { process, pipeline } = serve()
    if (dies !== undefined) world.spawn(killAfter(world, dies, process.kill))
    // What fails is delivered again, or left to the sweep.
    await Promise.race([pipeline.run(task), process.killed]).catch(() => {})
  }
  const interfere = async (what: Interference['what'], after: number): Promise<void> => {
    for (let step = 0; step < after; step += 1) await world.turn(what)
    const { assets, recovery } = serve()
    if (what === 'ask again') await assets.request(runId, owner, wish, { principal: owner })
    if (what === 'delete') await assets.delete(runId, owner, job.asset_ids?.[0] ?? '')
    if (what === 'cancel') await assets.cancel(job.job_id, owner)
    if (what === 'sweep') await recovery.sweep()
  }
  await Promise.all([
    ...cast.map(work),
    ...others.map(({ what, after }) => interfere(what, after).catch(() => {})),
  ])
  await finish(world, serve, sent)
  const { repository } = serve()
  return { assets: await world.calm(() => repository.list(runId)), bucket, vendor, sessionId, job }
}

/** What comes in the end: the sweep sends what was forgotten, and its messages are delivered. */
const finish = async (
  world: Simulation,
  serve: () => ReturnType<typeof mediaServicesOn>,
  sent: MediaTask[],
): Promise<void> => {
  await world.calm(async () => {
    for (let round = 0; round < 6; round += 1) {
      await world.pass(130_000)
      sent.length = 0
      const { recovery, pipeline } = serve()
      await recovery.sweep()
      for (const task of sent) await pipeline.run(task).catch(() => {})
    }
  })
}

const eventsIn = (world: Simulation): StudioEvent[] =>
  world.table
    .items()
    .filter(({ SK }) => SK.startsWith('EVENT#'))
    .flatMap(asEvents)
    .sort((one, other) => one.seq - other.seq)

const assertFiles = (
  assets: Awaited<ReturnType<typeof play>>['assets'],
  { objects }: MemoryBucket,
): void => {
  for (const { status, files = [] } of assets) {
    if (status !== 'completed') continue
    for (const { key } of files) expect(objects.has(key), key).toBe(true)
  }
}

it('assets end once each, whichever workers have them, and what is bought is bought once', {
  timeout: propertyLimit(),
}, async () => {
  let completed = 0
  let repeated = 0
  const tried = await holds(
    fc.asyncProperty(
      fc.scheduler(),
      faults,
      workers,
      interference,
      outcomes,
      async (scheduler, bad, cast, others, drawn) => {
        await simulate(scheduler, bad, async (world) => {
          const { assets, bucket, vendor, job } = await play(world, cast, others, drawn)
          expect(
            assets.filter(({ status }) => status === 'queued' || status === 'running'),
          ).toEqual([])
          const attempts = assets.reduce((sum, { attempt }) => sum + attempt, 0)
          completed += assets.filter(({ status }) => status === 'completed').length
          if (vendor.calls > vendor.failures + vendor.charged.size) repeated += 1
          // A key that failed is followed by another; one that sold is never left.
          expect(vendor.charged.size).toBeLessThanOrEqual(1)
          const deleted = others.filter(({ what }) => what === 'delete').length
          expect(vendor.calls).toBeLessThanOrEqual(
            maxPurchaseCalls * (attempts + deleted + others.length),
          )
          const events = eventsIn(world)
          expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
          const ends = events.filter(
            ({ type, data }) =>
              type === 'job.updated' &&
              'job_id' in data &&
              data.job_id === job.job_id &&
              data.status !== 'queued' &&
              data.status !== 'running',
          )
          expect(ends).toHaveLength(1)
          for (const { asset_id, attempt } of assets) {
            const ready = events.filter(
              ({ type, data }) =>
                type === 'asset.ready' && 'asset_id' in data && data.asset_id === asset_id,
            )
            const restarted = deleted > 0 || attempt > 1
            if (!restarted) expect(ready.length).toBeLessThanOrEqual(1)
          }
          assertFiles(assets, bucket)
        })
      },
    ),
    { short: 100, full: 1000 },
  )
  expect(completed, 'assets that were made').toBeGreaterThan(0.8 * tried)
  expect(repeated, 'calls that had to be made again').toBeGreaterThan(0)
})
