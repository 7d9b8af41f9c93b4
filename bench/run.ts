/**
 * Measures what the README promises, on the local engine with a scripted model, each in a process of
 * its own. Prints one table and exits with 1 when a target is missed. `node bench/run.ts stages log`
 * measures these parts only. All parts take a little over a minute and need an idle machine: targets
 * apply to medians, but other load on the same cores adds to every time.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { synthesize } from '../lib/synthesize.ts'
import { generousLimits } from '../test/support/limits/generous-limits.ts'
import { measureAnswerReading } from './answer-reading.ts'
import { measureBundles } from './bundles.ts'
import { measureCaptions } from './captions.ts'
import { now } from './clock.ts'
import { measureCoalescing } from './coalescing.ts'
import { measureEngine } from './engine.ts'
import type { FromEngine } from './engine-main.ts'
import { measureExport } from './export.ts'
import { measureFilms } from './films.ts'
import { measureFirstText } from './first-text.ts'
import { measureLogReading } from './log-reading.ts'
import { measurePage } from './page.ts'
import { measurePosters } from './posters.ts'
import { startEngineProcess, startModel } from './processes.ts'
import { measureResearch, startResearchWeb } from './research.ts'
import { instant, natural } from './scripts.ts'
import { measureStages } from './stages.ts'
import { below, type Row, rowOf, table } from './statistics.ts'
import { measureTableCost } from './table-cost.ts'
import { startTableMeter } from './table-meter.ts'

const parts = [
  'bundles',
  'answers',
  'posters',
  'export',
  'captions',
  'engine',
  'first-text',
  'coalescing',
  'stages',
  'log',
  'page',
  'table',
  'research',
  'films',
] as const
type Part = (typeof parts)[number]
const requested = process.argv.slice(2)
const unknown = requested.filter((name) => !parts.some((part) => part === name))
if (unknown.length > 0) {
  process.stderr.write(`There is no part ${unknown.join(', ')}; there are ${parts.join(', ')}.\n`)
  process.exit(2)
}

const startedAt = now()
const load = loadavg()[0] ?? 0
const rows: Row[] = []
const step = (what: string): void => {
  process.stderr.write(`${((now() - startedAt) / 1000).toFixed(0).padStart(3)} s  ${what}\n`)
}
const measure = async (part: Part, work: () => Promise<Row[]> | Row[]): Promise<void> => {
  if (requested.length > 0 && !requested.includes(part)) return
  step(part)
  rows.push(...(await work()))
}

await using stack = new AsyncDisposableStack()
const folder = stack.adopt(await mkdtemp(join(tmpdir(), 'launch-studio-bench-')), (path) =>
  rm(path, { recursive: true, force: true }),
)
step('synthesis')
const synthesis = await synthesize({
  environment: {},
  bundleDirectory: join(folder, 'functions'),
  outdir: join(folder, 'assembly'),
})
await measure('bundles', () => measureBundles(synthesis.bundle))
await measure('answers', measureAnswerReading)
await measure('posters', measurePosters)
await measure('export', measureExport)
await measure('captions', measureCaptions)
await measure('engine', () => measureEngine(folder))

const model = stack.adopt(await startModel(), (it) => it.stop())
const readyAfter: number[] = []
const withEngine = async (
  overrides: Record<string, string>,
  work: (engine: FromEngine) => Promise<void>,
): Promise<void> => {
  step('engine')
  const engine = await startEngineProcess(synthesis, {
    OPENAI_BASE_URL: model.url,
    OPENAI_API_KEY: 'bench',
    MODEL_PROVIDER: 'scripted',
    TOKEN_SIGNING_KEY: 'a-key-for-benchmarks-that-is-long-enough',
    LIMITS: generousLimits,
    ...overrides,
  })
  try {
    readyAfter.push(engine.readyAfter / 1000)
    await work(engine)
  } finally {
    await engine.stop()
  }
}

await withEngine({}, async (engine) => {
  const { origin } = engine
  for (const [transport, pace, pairs] of [
    ['socket', natural, 16],
    ['socket', instant, 20],
    ['http', natural, 10],
    ['sse', natural, 12],
  ] as const) {
    await measure('first-text', () => measureFirstText(origin, model, { transport, pace, pairs }))
  }
  await measure('coalescing', () => measureCoalescing(origin, model))
  for (const [pace, runs] of [
    [{ ...natural, characters: 16 }, 5],
    [instant, 8],
  ] as const) {
    await measure('stages', () => measureStages(origin, model, { pace, runs }))
  }
  await measure('log', () => measureLogReading(engine))
  await measure('page', () => measurePage(origin, model, synthesis.console.directory))
})

const meter = stack.adopt(await startTableMeter(), (it) => it.close())
await withEngine({ AWS_ENDPOINT_URL_DYNAMODB: meter.origin }, async ({ origin, dynamodb }) => {
  meter.connect(dynamodb)
  await measure('table', () => measureTableCost(origin, model, meter))
})
const web = stack.adopt(await startResearchWeb(), (it) => it.close())
await withEngine(web.environment, ({ origin }) =>
  measure('research', () => measureResearch(origin, model, web, 4)),
)
await measure('films', measureFilms)
rows.push(rowOf('engine ready after synthesis', readyAfter, 's', below(15, 's')))

step('done')
const cores = availableParallelism()
const busy = load > cores / 2 ? '; others are at work, which adds to every time' : ''
process.stdout.write(
  `\nNode ${process.version}, ${cores} cores, load average ${load.toFixed(1)} at the start${busy}\n\n${table(rows)}\n`,
)
if (rows.some(({ passed }) => passed === false)) process.exitCode = 1
