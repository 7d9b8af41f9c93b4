import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { App, Validations } from 'aws-cdk-lib'
import * as z from 'zod'
import {
  environmentNames,
  hostSettingNames,
  modelSettingNames,
  searchAddressNames,
  spendSettingNames,
} from '../shared/platform/environment-names.ts'
import { concurrencyName } from '../shared/rules/capacity.ts'
import { addressProblem, searchOrder, searchProviderNames } from '../shared/rules/search-order.ts'
import { spendSettingProblem } from '../shared/rules/spend-settings.ts'
import { alarmEmailName, alarmEmailOf } from './alarm-email.ts'
import { type Bundle, bundleFunctions } from './bundle.ts'
import { capacityOf, warnOfSmallQuota } from './capacity.ts'
import { buildConsole, type ConsoleFiles } from './console-files.ts'
import { LaunchStudioStack } from './launch-studio-stack.ts'
import { oidcIssuerOf } from './oidc-issuer.ts'
import { warnOfRegion } from './regions.ts'

const projectRoot = join(import.meta.dirname, '..')

const { allowedOrigins: allowedOriginsName, spendAlarm: spendAlarmName } = hostSettingNames
const usualSpendAlarmUsd = 20

export interface AppOptions {
  /** Name of the deployment; the CDK's context `stage` when not given, else `dev`. */
  stage?: string
  /** Source of the model settings, ALLOWED_ORIGINS, LIMITS and others; `process.env` when not given. */
  environment?: Readonly<Record<string, string | undefined>>
  /** Folder of the functions' entry files; the project's `functions` when not given. */
  entriesRoot?: string
  /** Folder for the bundles, emptied first; `dist/functions` when not given. */
  bundleDirectory?: string
  /** Bundles that are made already, instead of new ones. */
  bundle?: Bundle
  /** The console that is built already, instead of a new one. */
  console?: ConsoleFiles
  /** Folder for the console, emptied first; `dist/console` when not given. */
  consoleDirectory?: string
  /** Folder of the cloud assembly; the CDK's own choice when not given. */
  outdir?: string
  /** Whether the rules of the CDK and of cdk-nag are checked, which takes seconds; true when not given. */
  checks?: boolean
  /** Whether an operator is told what the settings mean for a deployment; false when not given. */
  advises?: boolean
}

export interface ComposedApp {
  app: App
  stack: LaunchStudioStack
  bundle: Bundle
  console: ConsoleFiles
}

/**
 * Bundles the functions, builds the console and composes the app, ready for `synth()`. Rejects when the stage, the address of
 * alarms, an origin, a limit, an amount of money or the concurrency is malformed, when a setting is for tests only or names an
 * unknown search provider, or when a function does not compile.
 */
export const composeApp = async (options: AppOptions = {}): Promise<ComposedApp> => {
  const { environment = process.env, checks = true, advises = false } = options
  refuseTestSettings(environment)
  refuseWrongSearch(environment)
  refuseWrongSpending(environment)
  const app = new App({
    ...(options.outdir !== undefined && { outdir: options.outdir }),
    // The resource would only report the project's toolchain to AWS.
    analyticsReporting: false,
    context: projectContext(),
    builtinCloudFormationValidation: checks,
  })
  const stage = stageSchema.parse(options.stage ?? app.node.tryGetContext('stage') ?? 'dev')
  // Read before the functions are bundled: what is refused is refused at once.
  const settings = {
    modelSettings: modelSettings(environment),
    allowedOrigins: allowedOrigins(environment[allowedOriginsName]),
    oidc: oidcIssuerOf(environment),
    sizing: capacityOf(environment[concurrencyName], environment[environmentNames.limits]),
    spendAlarmUsd: spendAlarmUsd(environment[spendAlarmName]),
    alarmEmail: alarmEmailOf(app.node.tryGetContext(alarmEmailName)),
    tracePercent: tracePercent(environment[environmentNames.tracePercent]),
  }
  const bundle =
    options.bundle ??
    (await bundleFunctions({
      entriesRoot: options.entriesRoot,
      directory: options.bundleDirectory ?? join(projectRoot, 'dist', 'functions'),
    }))
  const console =
    options.console ??
    (await buildConsole(options.consoleDirectory ?? join(projectRoot, 'dist', 'console')))
  const stack = new LaunchStudioStack(app, `LaunchStudio-${stage}`, {
    stage,
    bundle,
    consoleDirectory: console.directory,
    ...settings,
  })
  if (advises) {
    warnOfSmallQuota(stack, settings.sizing.capacity)
    // The CLI sets it to the region that it would deploy to.
    warnOfRegion(stack, environment.CDK_DEFAULT_REGION)
  }
  if (checks) {
    const { AwsSolutionsChecks, ServerlessChecks } = await import('cdk-nag')
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app))
  }
  return { app, stack, bundle, console }
}

export interface Synthesis {
  stackName: string
  template: Template
  /** Folder of each function's deployment package, absolute, by the function's logical id. */
  assetDirectories: Readonly<Record<string, string>>
  /** Folder of the cloud assembly, absolute. */
  outdir: string
  bundle: Bundle
  console: ConsoleFiles
}

/**
 * Synthesizes the app in this process: the same template and packages that `cdk deploy` uploads.
 * Rejects as `composeApp` does, and when cdk-nag has an unacknowledged finding.
 */
export const synthesize = async (options: AppOptions = {}): Promise<Synthesis> => {
  const { app, stack, bundle, console } = await composeApp(options)
  const assembly = app.synth()
  const template = templateSchema.parse(assembly.getStackByName(stack.stackName).template)
  const manifest = assetManifestSchema.parse(
    JSON.parse(readFileSync(join(assembly.directory, `${stack.artifactId}.assets.json`), 'utf8')),
  )
  const assetDirectories: Record<string, string> = {}
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    if (resource.Type !== 'AWS::Lambda::Function') {
      continue
    }
    const { S3Key } = functionCodeSchema.parse(resource.Properties).Code
    const asset = manifest.files[S3Key.replace(/\.zip$/, '')]
    if (asset === undefined) {
      throw new Error(`The cloud assembly holds no asset ${S3Key} for the function ${logicalId}.`)
    }
    assetDirectories[logicalId] = join(assembly.directory, asset.source.path)
  }
  return {
    stackName: stack.stackName,
    template,
    assetDirectories,
    outdir: assembly.directory,
    bundle,
    console,
  }
}

const stageSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,19}$/,
    'A stage is 1 to 20 of a-z, 0-9 and -, and begins with a letter.',
  )

const templateSchema = z.looseObject({
  Resources: z.record(
    z.string(),
    z.looseObject({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).default({}),
    }),
  ),
  Outputs: z.record(z.string(), z.looseObject({ Value: z.unknown() })).default({}),
})

/** The parts of a CloudFormation template that its readers rely on. */
export type Template = z.infer<typeof templateSchema>

const functionCodeSchema = z.looseObject({ Code: z.looseObject({ S3Key: z.string() }) })

const assetManifestSchema = z.looseObject({
  files: z.record(z.string(), z.looseObject({ source: z.looseObject({ path: z.string() }) })),
})

const projectSchema = z.looseObject({ context: z.record(z.string(), z.unknown()) })

/** The feature flags of cdk.json, which only the CDK's CLI reads by itself. */
const projectContext = (): Record<string, unknown> =>
  projectSchema.parse(JSON.parse(readFileSync(join(projectRoot, 'cdk.json'), 'utf8'))).context

/** A deployment would find out with its first run. */
const refuseWrongSearch = (environment: NonNullable<AppOptions['environment']>): void => {
  const name = modelSettingNames.searchProviders
  const named = searchOrder(environment[name] ?? '')
  if ('unknown' in named) {
    throw new Error(
      `${name} names ${named.unknown.join(', ')}; there are ${searchProviderNames.join(', ')}.`,
    )
  }
  for (const address of searchAddressNames) {
    const value = environment[address]
    const problem = value ? addressProblem(value) : null
    if (problem !== null) throw new Error(`${address} ${problem}.`)
  }
}

/** A deployment would find out with its first call. */
const refuseWrongSpending = (environment: NonNullable<AppOptions['environment']>): void => {
  const problem = spendSettingProblem(spendSettingNames, environment)
  if (problem !== undefined) throw new Error(problem)
}

const modelSettings = (environment: NonNullable<AppOptions['environment']>) => {
  const settings: Record<string, string> = {}
  for (const name of [...Object.values(modelSettingNames), ...Object.values(spendSettingNames)]) {
    const value = environment[name]
    if (value !== undefined && value !== '') {
      settings[name] = value
    }
  }
  return settings
}

/** A deployed function that reached its own loopback interface would read its runtime's secrets. */
const refuseTestSettings = (environment: NonNullable<AppOptions['environment']>): void => {
  const { pagesAllowLoopback, webhooksAllowLoopback } = environmentNames
  for (const name of [pagesAllowLoopback, webhooksAllowLoopback]) {
    if (!environment[name]) continue
    throw new Error(
      `${name} is set, which is for this machine alone: a deployment calls public addresses only. Unset it.`,
    )
  }
}

export const spendAlarmUsd = (value = ''): number => {
  if (value === '') return usualSpendAlarmUsd
  const dollars = Number(value)
  if (!/^\d+(?:\.\d+)?$/.test(value) || dollars <= 0) {
    throw new Error(
      `${spendAlarmName} is ${JSON.stringify(value)}; it is US dollars, a number above 0, like 20.`,
    )
  }
  return dollars
}

/** As it is set on the functions; empty when they take what stands beside its reader. */
const tracePercent = (value = ''): string => {
  if (value === '' || (/^\d+(?:\.\d+)?$/.test(value) && Number(value) <= 100)) return value
  throw new Error(
    `${environmentNames.tracePercent} is ${JSON.stringify(value)}; it is a percentage from 0 to 100.`,
  )
}

export const allowedOrigins = (list = ''): string[] => {
  const origins = list
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '')
  for (const origin of origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin || origin.includes('*')) {
      throw new Error(
        `${allowedOriginsName} holds ${JSON.stringify(origin)}; an origin is scheme and host, without wildcards, like https://studio.example.`,
      )
    }
  }
  return origins
}
