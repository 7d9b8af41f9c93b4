import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { synthesize } from '../lib/synthesize.ts'
import { startEngineProcess, startModel } from './processes.ts'
import { measureFirstText } from './first-text.ts'
import { measureCoalescing } from './coalescing.ts'
import { measureStages } from './stages.ts'
import { instant, natural } from './scripts.ts'
import { table } from './statistics.ts'
const folder = await mkdtemp(join(tmpdir(), 'launch-studio-synth-'))
const synthesis = synthesize({ environment: {}, bundleDirectory: join(folder, 'functions'), outdir: join(folder, 'assembly') })
const model = await startModel()
const engine = await startEngineProcess(synthesis, { OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'bench', TOKEN_SIGNING_KEY: 'a-key-for-benchmarks-that-is-long-enough' })
console.log('ready', engine.readyAfter)
const rows = []
const which = process.argv[2] ?? 'abc'
if (which.includes('a'))
for (const way of ['socket', 'http'] as const)
for (const pace of [instant, natural]) {
  rows.push(...(await measureFirstText(engine.origin, model, { pace, way, pairs: 15 })))
}
if (which.includes('b'))
rows.push(...(await measureCoalescing(engine.origin, model)))
if (which.includes('c'))
for (const [pace, runs] of [[instant, 8], [{ ...natural, characters: 16 }, 4]] as const)
rows.push(...(await measureStages(engine.origin, model, { pace, runs })))
console.log(table(rows))
await engine.stop()
await model.stop()
