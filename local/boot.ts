import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { synthesize } from '../lib/synthesize.ts'
import { environmentNames, modelSettingNames } from '../shared/platform/environment-names.ts'
import { assetDirectories, type Engine, parseTemplate, startEngine } from './engine.ts'

export interface LaunchOptions {
  /** Where the model and its settings are named, as in `.env.example`. */
  environment: Readonly<Record<string, string | undefined>>
  /** Keeps everything that outlives the engine, and the packages that it runs. */
  dataDirectory: string
  port: number
  log: (line: string) => void
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

/**
 * Synthesizes the product and runs it on the local engine. Throws ModelMissing when the environment
 * names no model, and what `synthesize` and `startEngine` throw.
 */
export const launch = async (options: LaunchOptions): Promise<Engine> => {
  const { environment, dataDirectory, port, log } = options
  const apiKey = environment[environmentNames.openaiApiKey]
  if (!apiKey && !environment[modelSettingNames.baseUrl]) throw new ModelMissing()
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
  const outdir = join(dataDirectory, 'assembly')
  rmSync(outdir, { recursive: true, force: true })
  const bundleDirectory = join(dataDirectory, 'bundles')
  const synthesis = synthesize({
    environment: { ...environment, ...localDefaults(environment) },
    outdir,
    bundleDirectory,
  })
  return await startEngine({
    template: parseTemplate(synthesis.template),
    codeDirectory: assetDirectories(synthesis.outdir),
    dataDirectory,
    port,
    environment: {
      // A local server wants no key, but the client insists on having one.
      [environmentNames.openaiApiKey]: apiKey || 'none',
      [environmentNames.tokenSigningKey]:
        environment[environmentNames.tokenSigningKey] || signingKey(dataDirectory),
    },
    log,
  })
}

/** What AWS does when deployed, the model's server does here: it is there already. */
const localDefaults = (environment: LaunchOptions['environment']): Record<string, string> => {
  const { sttProvider, ttsProvider } = modelSettingNames
  return Object.fromEntries(
    [sttProvider, ttsProvider].map((name) => [name, environment[name] || 'openai']),
  )
}

/** The key that signs principals' tokens, made at the first start. */
const signingKey = (dataDirectory: string): string => {
  const path = join(dataDirectory, 'token-signing-key')
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600 })
  chmodSync(path, 0o600)
  return readFileSync(path, 'utf8')
}
