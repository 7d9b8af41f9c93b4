/** The local engine as a process of its own: takes its options from its parent, reports, and waits. */
import { once } from 'node:events'
import { assetDirectories, parseTemplate, startEngine } from '../local/engine.ts'

export interface EngineConfig {
  template: unknown
  outdir: string
  dataDirectory: string
  environment: Record<string, string>
}

export interface FromEngine {
  origin: string
  /** Where the tables are. */
  dynamodb: string
}

process.on('disconnect', () => process.exit(0))
const [config] = (await once(process, 'message')) as [EngineConfig]
const engine = await startEngine({
  template: parseTemplate(config.template),
  codeDirectory: assetDirectories(config.outdir),
  dataDirectory: config.dataDirectory,
  environment: config.environment,
})
process.once('SIGTERM', async () => {
  await engine.close()
  process.exit(0)
})
process.send?.({ origin: engine.origin, dynamodb: engine.endpoints.dynamodb } satisfies FromEngine)
