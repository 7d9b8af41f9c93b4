import { join } from 'node:path'
import { operatorOutputs, queueOutputs } from '../lib/output-names.ts'
import { clientEnvironment } from '../local/functions/environment.ts'
import { findEngine } from '../local/running-engine.ts'
import { outputsInFile, outputsOfStack } from './deployed-outputs.ts'
import { Failure, WrongUsage } from './failure.ts'

/** Which studio is meant; of every command. */
export const studioOptions = {
  data: { type: 'string' },
  outputs: { type: 'string' },
  stack: { type: 'string' },
} as const

interface StudioOptions {
  /** A local studio's data folder. */
  data: string | undefined
  /** A file that `cdk deploy --outputs-file` wrote. */
  outputs: string | undefined
  /** A stack's name: in that file, or in the account. */
  stack: string | undefined
}

export type QueueName = keyof typeof queueOutputs
export const queueNames = Object.keys(queueOutputs) as QueueName[]
export const isQueueName = (name: string): name is QueueName => name in queueOutputs

/** A running studio. The environment of this process is from now on that of its functions. */
export interface Studio {
  /** For a sentence: “the studio at …”. */
  name: string
  /** Where its API is. */
  origin: string
  queues: Readonly<Record<QueueName, { queue: string; deadLetters: string }>>
}

interface Found {
  name: string
  outputs: Readonly<Record<string, string>>
  environment: Readonly<Record<string, string | undefined>>
}

const usualDataDirectory = join(import.meta.dirname, '..', '.launch-studio')

const localStudio = (given: string | undefined): Found => {
  const directory = given ?? (process.env.LAUNCH_STUDIO_DATA || usualDataDirectory)
  const engine = findEngine(directory)
  if (!engine) {
    throw new Failure(
      `No studio runs on ${directory}. Start one with npm start, name its data folder with --data DIR, or a deployment with --outputs FILE or --stack NAME.`,
    )
  }
  const { endpoints, credentials, outputs, settings, origin } = engine
  return {
    name: `the local studio at ${origin}`,
    outputs: { ...outputs, Url: origin },
    environment: {
      ...clientEnvironment(endpoints, credentials),
      ...settings,
      // The SDK prefers a profile to keys, and a token belongs to other keys.
      AWS_PROFILE: undefined,
      AWS_SESSION_TOKEN: undefined,
      AWS_ENDPOINT_URL: undefined,
    },
  }
}

const regionIn = (arn: string | undefined): Record<string, string> => {
  const region = arn?.split(':')[3]
  return region && !process.env.AWS_REGION ? { AWS_REGION: region } : {}
}

const deployedStudio = async ({ outputs: file, stack }: StudioOptions): Promise<Found> => {
  const found = file === undefined ? await outputsOfStack(stack ?? '') : outputsInFile(file, stack)
  return {
    name: `the stack ${found.stack}`,
    outputs: found.outputs,
    environment: regionIn(found.outputs.StateMachineArn),
  }
}

const put = (environment: Found['environment']): void => {
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
}

const required = ({ name, outputs }: Found, output: string): string => {
  const value = outputs[output]
  if (value) return value
  throw new Failure(`${name} has no output ${output}: deploy this version of it first.`)
}

/**
 * Finds the studio that is meant and takes over its functions' environment, before anything of the product is loaded.
 * @throws WrongUsage, Failure
 */
export const openStudio = async (options: StudioOptions): Promise<Studio> => {
  const isDeployed = options.outputs !== undefined || options.stack !== undefined
  if (isDeployed && options.data !== undefined) {
    throw new WrongUsage(
      '--data names a studio on this machine, --outputs and --stack a deployment.',
    )
  }
  const found = isDeployed ? await deployedStudio(options) : localStudio(options.data)
  put(found.environment)
  const settings = Object.entries(operatorOutputs).map(([output, name]) => [
    name,
    found.outputs[output] ?? found.environment[name],
  ])
  put(Object.fromEntries(settings))
  // The answer alone belongs on standard output.
  process.env.LOG_LEVEL = 'SILENT'
  const queueOf = (name: QueueName) => ({
    queue: required(found, queueOutputs[name].queue),
    deadLetters: required(found, queueOutputs[name].deadLetters),
  })
  required(found, 'TableName')
  return {
    name: found.name,
    origin: required(found, 'Url').replace(/\/$/, ''),
    queues: Object.fromEntries(queueNames.map((name) => [name, queueOf(name)])) as Studio['queues'],
  }
}
