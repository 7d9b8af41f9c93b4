import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { copyingFunctions } from '../objects/deployed-files.ts'
import type { Resolver } from '../template/resolver.ts'
import { TemplateError } from '../template/template.ts'
import type { Traces } from '../traces/trace-listener.ts'
import { lambdaEnvironment, type ServiceEndpoints } from './environment.ts'
import type { Control, FunctionDefinition } from './function-instance.ts'
import type { FunctionLog } from './function-log.ts'
import { IdleInstances, type IdleLimits } from './idle-instances.ts'
import { LocalFunction } from './local-function.ts'

const functionSchema = z.object({
  Code: z.object({ S3Key: z.string().optional(), ZipFile: z.string().optional() }),
  Handler: z.string().default(''),
  Runtime: z.string().default(''),
  Timeout: z.coerce.number().default(3),
  MemorySize: z.coerce.number().default(128),
  Environment: z
    .object({ Variables: z.record(z.string(), z.coerce.string()).default({}) })
    .optional(),
  LoggingConfig: z.object({ LogFormat: z.string().default('Text') }).optional(),
})

/** Properties that change how a function runs on AWS, and not here. */
const leftOut = ['FileSystemConfigs', 'Layers', 'ReservedConcurrentExecutions']

const eventSourceSchema = z.object({ FunctionName: z.string() })

const invokeConfigSchema = z.object({
  FunctionName: z.string(),
  MaximumRetryAttempts: z.coerce.number().optional(),
})

export interface FunctionsOptions {
  traces?: Traces | undefined
  resolver: Resolver
  endpoints: ServiceEndpoints
  control: Control
  codeDirectory: (asset: string) => string
  /** Receives the folders of functions whose code stands in the template itself. */
  inlineDirectory: string
  /** On top of every function's own variables. */
  environment: Readonly<Record<string, string>>
  /** Puts local origins in the place of AWS's in the value of a variable. */
  localize: (value: string) => string
  /** URLs of modules that every thread imports before its bundle. */
  preload: readonly string[]
  /** Folder that keeps compiled code of the packages. */
  compileCache: string
  idle: IdleLimits
  log: FunctionLog
  notEmulated: (line: string) => void
}

/** The functions of a template, found by name or ARN. None is started until it is used. */
export class LocalFunctions {
  readonly #byName = new Map<string, LocalFunction>()
  readonly #retries = new Map<string, number>()
  readonly #idle: IdleInstances

  constructor(options: FunctionsOptions) {
    const { resolver, notEmulated } = options
    this.#idle = new IdleInstances(options.idle)
    const copying = copyingFunctions(resolver)
    const running = resolver
      .resources('AWS::Lambda::Function')
      .filter(([logicalId]) => !copying.has(resolver.attribute(logicalId, 'Arn')))
    for (const property of leftOut) {
      const having = running
        .filter(([, { Properties }]) => Properties?.[property] !== undefined)
        .map(([logicalId]) => logicalId)
      if (having.length > 0) {
        notEmulated(`AWS::Lambda::Function with ${property} (${having.join(', ')})`)
      }
    }
    for (const [logicalId] of running) {
      const runtime = resolver.properties(logicalId, functionSchema.pick({ Runtime: true })).Runtime
      if (!runtime.startsWith('nodejs')) {
        notEmulated(`AWS::Lambda::Function with runtime ${runtime || 'of an image'} (${logicalId})`)
        continue
      }
      const fn = new LocalFunction(
        defineFunction(logicalId, options),
        options.log,
        this.#idle,
        options.traces,
      )
      this.#byName.set(fn.definition.name, fn)
    }
    for (const [logicalId] of resolver.resources('AWS::Lambda::EventInvokeConfig')) {
      const config = resolver.properties(logicalId, invokeConfigSchema)
      this.#retries.set(nameIn(config.FunctionName), config.MaximumRetryAttempts ?? 2)
    }
  }

  /** Finds a function by its name, its ARN or an ARN that holds its ARN. */
  find(reference: string): LocalFunction | undefined {
    return this.#byName.get(nameIn(reference))
  }

  /** Hands an event to a function asynchronously, with the retries that the template grants. */
  invokeLater(fn: LocalFunction, event: unknown): void {
    fn.invokeLater(event, this.#retries.get(fn.definition.name))
  }

  all(): LocalFunction[] {
    return [...this.#byName.values()]
  }

  /** Waits so long at most for running invocations, then ends every instance. */
  async close(graceMilliseconds: number): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, graceMilliseconds)
    await Promise.race([Promise.all(this.all().map((fn) => fn.settled())), late])
    clearTimeout(timer)
    this.#idle.close()
    await Promise.all(this.all().map((fn) => fn.close()))
  }
}

const nameIn = (reference: string): string => /:function:([^:/]+)/.exec(reference)?.[1] ?? reference

const defineFunction = (logicalId: string, options: FunctionsOptions): FunctionDefinition => {
  const { resolver, endpoints, environment, localize } = options
  const properties = resolver.properties(logicalId, functionSchema)
  const name = resolver.reference(logicalId)
  const codeDirectory = directoryOf(logicalId, properties.Code, options)
  const variables = Object.entries(properties.Environment?.Variables ?? {}).map(
    ([key, value]): [string, string] => [key, localize(value)],
  )
  return {
    logicalId,
    name,
    arn: resolver.attribute(logicalId, 'Arn'),
    codeDirectory,
    handler: properties.Handler,
    environment: {
      ...lambdaEnvironment(
        {
          name,
          handler: properties.Handler,
          codeDirectory,
          memoryMegabytes: properties.MemorySize,
          logFormat: properties.LoggingConfig?.LogFormat ?? 'Text',
        },
        endpoints,
      ),
      ...Object.fromEntries(variables),
      ...environment,
    },
    timeoutMilliseconds: properties.Timeout * 1000,
    memoryMegabytes: properties.MemorySize,
    servesQueue: resolver
      .resources('AWS::Lambda::EventSourceMapping')
      .some(([id]) => nameIn(resolver.properties(id, eventSourceSchema).FunctionName) === name),
    preload: options.preload,
    compileCache: options.compileCache,
    control: options.control,
  }
}

const directoryOf = (
  logicalId: string,
  code: { S3Key?: string | undefined; ZipFile?: string | undefined },
  { codeDirectory, inlineDirectory }: FunctionsOptions,
): string => {
  if (code.S3Key !== undefined) return codeDirectory(code.S3Key)
  if (code.ZipFile === undefined) throw new TemplateError(`${logicalId}.Code holds no code`)
  const directory = join(inlineDirectory, logicalId)
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'index.cjs'), code.ZipFile)
  return directory
}
