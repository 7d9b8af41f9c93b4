import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { synthesize } from '../lib/synthesize.ts'
import { startEngineProcess, startModel } from './processes.ts'
import { measureFirstText } from './first-text.ts'
import { table } from './statistics.ts'
const folder = await mkdtemp(join(tmpdir(), 'launch-studio-synth-'))
const synthesis = synthesize({ environment: {}, bundleDirectory: join(folder, 'functions'), outdir: join(folder, 'assembly') })
const model = await startModel()
const engine = await startEngineProcess(synthesis, { OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'bench', TOKEN_SIGNING_KEY: 'a-key-for-benchmarks-that-is-long-enough' })
console.log('ready', engine.readyAfter)
const rows = []
for (const way of ['socket', 'http'] as const)
for (const pace of [{ name: 'instant', first: 0, between: 0 }, { name: 'natural', first: 150, between: 5 }]) {
  rows.push(...(await measureFirstText(engine.origin, model, pace, way, 20)))
}
console.log(table(rows))
await engine.stop()
await model.stop()
