import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  environmentNames,
  hostSettingNames,
  modelSettingNames,
  searchKeyNames,
  spendSettingNames,
} from '../shared/platform/environment-names.ts'
import { concurrencyIn, concurrencyName, stageWorkersOf } from '../shared/rules/capacity.ts'
import { limitEntries } from '../shared/rules/limit-settings.ts'
import { spendSettingProblem } from '../shared/rules/spend-settings.ts'
import type { Engine, EngineOptions } from './engine.ts'
import type { KeptSynthesis } from './synthesis/kept-syntheses.ts'
import { synthesizeOnce } from './synthesis/synthesize-once.ts'
import type { TableEngineName } from './tables/table-engine.ts'

type Variables = Readonly<Record<string, string | undefined>>

export interface PrepareOptions {
  /** Where the model and its settings are named, as in `.env.example`. */
  environment: Variables
  /** Keeps what was synthesized, for every start from the same sources. */
  synthesisDirectory: string
  /** Called when the sources are new or have changed, before they are synthesized: that takes seconds. */
  onSynthesis?: () => void
  /** Ends the synthesis. */
  signal?: AbortSignal
}

export interface ServeOptions {
  /** As in `PrepareOptions`. */
  environment: Variables
  /** Keeps everything that outlives the engine. */
  dataDirectory: string
  port: number
  /** Serves the tables; `dynoxide` when not given. */
  tableEngine?: TableEngineName
  log: (line: string) => void
  /** As in `EngineOptions`. */
  onTrace?: EngineOptions['onTrace']
}

/** There is no model to call; the message says what to set. */
export class ModelMissing extends Error {
  override readonly name = 'ModelMissing'

  constructor() {
    super(
      `Launch Studio needs a language model. Set ${environmentNames.openaiApiKey} to a key of OpenAI, or ${modelSettingNames.baseUrl} to the address of a server that speaks its protocol, such as http://localhost:11434/v1.`,
    )
  }
}

/** A setting of what may be spent is no amount; the message names it. */
export class AmountWrong extends Error {
  override readonly name = 'AmountWrong'
}

/** What the template depends on. The CDK reads the stage, which deployments choose, from its context. */
const templateVariables = [
  modelSettingNames.sttProvider,
  modelSettingNames.ttsProvider,
  modelSettingNames.videoProvider,
  modelSettingNames.videoModel,
  modelSettingNames.videoBaseUrl,
  // Timeouts follow them, and one that cannot hold is refused.
  modelSettingNames.plannerDeadline,
  modelSettingNames.pictureDeadline,
  modelSettingNames.researchDeadline,
  modelSettingNames.strategyDeadline,
  modelSettingNames.creativeDeadline,
  modelSettingNames.voiceDeadline,
  modelSettingNames.sttDeadline,
  modelSettingNames.voiceWait,
  modelSettingNames.ttsDeadline,
  modelSettingNames.imageDeadline,
  environmentNames.oidcIssuer,
  environmentNames.oidcAudience,
  // The queue's concurrency follows it.
  concurrencyName,
  hostSettingNames.allowedOrigins,
  'CDK_CONTEXT_JSON',
]

/** The product, synthesized anew only when it has changed. Rejects as `synthesizeOnce` does. */
export const prepare = async (options: PrepareOptions): Promise<KeptSynthesis> => {
  const synthesis = synthesizeOnce({
    settings: given(withDefaults(options.environment), templateVariables),
    directory: options.synthesisDirectory,
    onMissing: options.onSynthesis,
    signal: options.signal,
  })
  const [prepared] = await Promise.all([synthesis, loadEngine()])
  return prepared
}

/** It loads while another process synthesizes. */
const loadEngine = () => import('./engine.ts')

/**
 * Runs the product on the local engine. Rejects with ModelMissing, AmountWrong or LimitSettingWrong, and as
 * `startEngine` does.
 */
export const serve = async (synthesis: KeptSynthesis, options: ServeOptions): Promise<Engine> => {
  const { dataDirectory, port, tableEngine, log, onTrace } = options
  const environment = withDefaults(options.environment)
  const { openaiApiKey, tokenSigningKey, webhookSigningKey } = environmentNames
  requireModel(environment)
  requireAmounts(environment)
  const limits = limitsIn(environment)
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
  const { startEngine } = await loadEngine()
  return await startEngine({
    ...synthesis,
    dataDirectory,
    port,
    ...(tableEngine && { tableEngine }),
    environment: {
      // They are not in the template: another model needs no other synthesis.
      ...given(environment, Object.values(modelSettingNames)),
      ...given(environment, Object.values(searchKeyNames)),
      ...given(environment, Object.values(spendSettingNames)),
      // The synthesis would refuse it.
      ...given(environment, [
        environmentNames.pagesAllowLoopback,
        environmentNames.webhooksAllowLoopback,
      ]),
      ...given(environment, [environmentNames.imageApiKey, environmentNames.videoApiKey]),
      ...given({ [environmentNames.limits]: limits }, [environmentNames.limits]),
      // A local server wants no key, but the client insists on having one.
      [openaiApiKey]: environment[openaiApiKey] || 'none',
      [tokenSigningKey]: environment[tokenSigningKey] || signingKey(dataDirectory),
      [webhookSigningKey]: environment[webhookSigningKey] || signingKey(dataDirectory),
    },
    log,
    onTrace,
  })
}

/** Prepares the product and runs it. Rejects as both do; without a model, at once. */
export const boot = async (options: PrepareOptions & ServeOptions): Promise<Engine> => {
  requireModel(options.environment)
  requireAmounts(options.environment)
  limitsIn(options.environment)
  return await serve(await prepare(options), options)
}

const requireModel = (environment: Variables): void => {
  const { openaiApiKey } = environmentNames
  if (!environment[openaiApiKey] && !environment[modelSettingNames.baseUrl]) {
    throw new ModelMissing()
  }
}

const requireAmounts = (environment: Variables): void => {
  const problem = spendSettingProblem(spendSettingNames, environment)
  if (problem !== undefined) throw new AmountWrong(problem)
}

/** The limits' entries, checked. Throws LimitSettingWrong that names the wrong one. */
const limitsIn = (environment: Variables): string =>
  limitEntries(
    stageWorkersOf(concurrencyIn(environment[concurrencyName])),
    environment[environmentNames.limits],
  )

/** What AWS does when deployed, the model's server does here: it is there already. */
export const withDefaults = (environment: Variables): Variables => {
  const { sttProvider, ttsProvider } = modelSettingNames
  return {
    ...environment,
    [sttProvider]: environment[sttProvider] || 'openai',
    [ttsProvider]: environment[ttsProvider] || 'openai',
  }
}

/** Those of the variables that hold something. */
const given = (environment: Variables, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = environment[name]
      return value ? [[name, value]] : []
    }),
  )

/** The key that signs principals' tokens, made at the first start. */
const signingKey = (dataDirectory: string): string => {
  const path = join(dataDirectory, 'token-signing-key')
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600 })
  chmodSync(path, 0o600)
  return readFileSync(path, 'utf8')
}
