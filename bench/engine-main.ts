/** The local engine as a child process: gets its options from the parent, reports when ready, and serves. */
import { once } from 'node:events'
import { BroadcastChannel } from 'node:worker_threads'
import { assetDirectories, parseTemplate, startEngine } from '../local/engine.ts'
import type { IdleLimits } from '../local/functions/idle-instances.ts'

/**
 * Idle instances are kept as Lambda keeps them, for minutes: what is measured is a service that is in use, beside
 * others that never end theirs. `npm start` ends them sooner, for the memory of a laptop.
 */
const lambdaIdle: IdleLimits = {
  recent: 1_000,
  recentMilliseconds: 300_000,
  otherMilliseconds: 300_000,
}

export interface EngineConfig {
  template: unknown
  outdir: string
  dataDirectory: string
  environment: Record<string, string>
  /** See `EngineOptions.preload`. */
  preload?: readonly string[]
  /** The channel on which threads report, whose messages go to the parent as `{reported}`. */
  reports?: string
}

export interface FromEngine {
  origin: string
  /** Where clients of the WebSocket API connect. */
  socketUrl: string
  /** The endpoint of Step Functions, and the state machine. */
  sfn: string
  machine: string
  /** What calls of these have to be signed with. */
  credentials: { accessKeyId: string; secretAccessKey: string }
  /** The DynamoDB endpoint, and the table's name. */
  dynamodb: string
  table: string
}

export type EngineReport = { reported: unknown }

process.on('disconnect', () => process.exit(0))
const [config] = (await once(process, 'message')) as [EngineConfig]
const template = parseTemplate(config.template)
const engine = await startEngine({
  template,
  codeDirectory: assetDirectories(config.outdir),
  dataDirectory: config.dataDirectory,
  environment: config.environment,
  idle: lambdaIdle,
  ...(config.preload === undefined ? {} : { preload: config.preload }),
})
if (config.reports !== undefined) {
  const channel = new BroadcastChannel(config.reports)
  channel.onmessage = (event) =>
    void process.send?.({ reported: (event as MessageEvent).data } satisfies EngineReport)
}
process.once('SIGTERM', async () => {
  await engine.close()
  process.exit(0)
})
const resourceOf = (type: string): string => {
  const found = Object.entries(template.Resources).find(([, { Type }]) => Type.startsWith(type))
  return engine.resources[found?.[0] ?? ''] ?? ''
}
process.send?.({
  origin: engine.origin,
  socketUrl: engine.socketUrl,
  sfn: engine.endpoints.sfn,
  credentials: engine.credentials,
  machine: resourceOf('AWS::StepFunctions::StateMachine'),
  dynamodb: engine.endpoints.dynamodb,
  table: resourceOf('AWS::DynamoDB::'),
} satisfies FromEngine)
