import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync, type Metafile } from 'esbuild'

/** Every function of the product, by the name it has in the template, and its entry file. */
export const functionEntries = {
  HttpChat: 'http/chat.ts',
  HttpRuns: 'http/runs.ts',
  HttpJobs: 'http/jobs.ts',
  HttpLaunch: 'http/launch.ts',
  HttpPlatform: 'http/platform.ts',
  Stream: 'stream/stream.ts',
  SocketConnect: 'socket/connect.ts',
  SocketMessage: 'socket/message.ts',
  SocketDisconnect: 'socket/disconnect.ts',
  StageWorker: 'pipeline/stage-worker.ts',
  DeadLetter: 'pipeline/dead-letter.ts',
  RunFinalizer: 'pipeline/run-finalizer.ts',
  Sweeper: 'pipeline/sweeper.ts',
} as const

export type FunctionName = keyof typeof functionEntries

/**
 * What the AWS SDK imports only when the environment holds no credentials, some 110 KB that a
 * function never reaches: Lambda puts them into the environment, and so must the local engine.
 */
const credentialFallbacks = [
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
]

export interface BundleOptions {
  /** Folder that the paths of `functionEntries` start from. */
  entriesRoot: string
  /** Folder that receives `<FunctionName>/index.mjs` and `metafile.json`; emptied first. */
  directory: string
}

export interface Bundle {
  directory: string
  /** esbuild's account of what each bundle holds; its paths are relative to `process.cwd()`. */
  metafile: Metafile
}

/**
 * Bundles every function in one esbuild call, the AWS clients included, so that a version of them
 * runs that the lockfile names. The CDK's NodejsFunction would start a process for each function.
 * Throws esbuild's BuildFailure, which names the file, when an entry is missing or does not compile.
 */
export function bundleFunctions({ entriesRoot, directory }: BundleOptions): Bundle {
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  const entryPoints = Object.entries(functionEntries).map(([name, path]) => ({
    in: join(entriesRoot, path),
    out: join(name, 'index'),
  }))
  const { metafile } = buildSync({
    entryPoints,
    outdir: directory,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    external: credentialFallbacks,
    metafile: true,
    logLevel: 'warning',
  })
  writeFileSync(join(directory, 'metafile.json'), JSON.stringify(metafile))
  return { directory, metafile }
}

/** The folder that becomes the function's deployment package. */
export function bundledFolder(bundle: Bundle, name: FunctionName): string {
  return join(bundle.directory, name)
}
