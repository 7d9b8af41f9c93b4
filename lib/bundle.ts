import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type BuildOptions, type Metafile, stop } from 'esbuild'
import { builtinModules } from './builtin-modules.ts'
import { copyBundledFiles } from './bundled-files.ts'
import { bundleThreads } from './bundled-threads.ts'
import { buildEach } from './function-builds.ts'
import { leanModules } from './lean-modules.ts'
import { reachedFrom } from './reached-outputs.ts'

/** The entry file of every function, by the function's name in the template. */
export const functionEntries = {
  HttpAssets: 'http/assets.ts',
  HttpChat: 'http/chat.ts',
  HttpRuns: 'http/runs.ts',
  HttpJobs: 'http/jobs.ts',
  HttpLaunch: 'http/launch.ts',
  HttpPlatform: 'http/platform.ts',
  HttpSafety: 'http/safety.ts',
  HttpSpeech: 'http/speech.ts',
  HttpVoice: 'http/voice.ts',
  HttpPictures: 'http/pictures.ts',
  Stream: 'stream/stream.ts',
  SocketConnect: 'socket/connect.ts',
  SocketMessage: 'socket/message.ts',
  SocketDisconnect: 'socket/disconnect.ts',
  StageWorker: 'pipeline/stage-worker.ts',
  DeadLetter: 'pipeline/dead-letter.ts',
  RunFinalizer: 'pipeline/run-finalizer.ts',
  Sweeper: 'pipeline/sweeper.ts',
  TranscriptionFinished: 'voice/transcription-finished.ts',
  MediaWorker: 'media/worker.ts',
  MediaDeadLetter: 'media/dead-letter.ts',
  Checkup: 'checkup/checkup.ts',
  HttpWebhooks: 'http/webhooks.ts',
  Announcer: 'webhooks/announcer.ts',
  WebhookSender: 'webhooks/sender.ts',
} as const

export type FunctionName = keyof typeof functionEntries

/**
 * The AWS SDK imports these only when the environment holds no credentials, some 110 KB that a
 * function never reaches: Lambda sets them in the environment, and so must the local engine.
 */
const credentialFallbacks = [
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
]

/** CommonJS packages among the parts loaded late require Node's own modules, and ask where they lie. */
const requireBanner =
  "import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url);" +
  'const __dirname=import.meta.dirname,__filename=import.meta.filename;'

const sharedOptions = {
  outExtension: { '.js': '.mjs' },
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  legalComments: 'none',
  // Escaped, Korean text would be twice as long.
  charset: 'utf8',
  loader: { '.html': 'text' },
  external: credentialFallbacks,
  metafile: true,
  logLevel: 'warning',
  plugins: [builtinModules, leanModules()],
} as const satisfies BuildOptions

export interface BundleOptions {
  /** Folder that the paths of `functionEntries` are relative to; the project's `functions` when not given. */
  entriesRoot?: string | undefined
  /** Folder that receives `<FunctionName>/index.mjs` and `metafile.json`; emptied first. */
  directory: string
}

export interface Bundle {
  directory: string
  /** esbuild's report of what each bundle contains; its paths are relative to `process.cwd()`. */
  metafile: Metafile
}

/**
 * Bundles every function with the AWS clients, so that their versions are the lockfile's, in this process. The
 * CDK's NodejsFunction would start one for each function.
 * Rejects with esbuild's BuildFailure, which names the file, when an entry is missing or does not
 * compile. Not for two calls at a time: each ends esbuild's service, which would keep its memory.
 */
export const bundleFunctions = async ({
  entriesRoot = join(import.meta.dirname, '..', 'functions'),
  directory,
}: BundleOptions): Promise<Bundle> => {
  await rm(directory, { recursive: true, force: true })
  await mkdir(directory, { recursive: true })
  try {
    const entries = Object.fromEntries(
      Object.entries(functionEntries).map(([name, entry]) => [name, join(entriesRoot, entry)]),
    )
    const metafile = await buildEach({ entries, directory, optionsOf: inPartsOf })
    await writeFile(join(directory, 'metafile.json'), JSON.stringify(metafile))
    await copyBundledFiles(metafile, directory)
    await bundleThreads(metafile, directory, { ...sharedOptions, banner: { js: requireBanner } })
    return { directory, metafile }
  } finally {
    await stop()
  }
}

type Build = BuildOptions & { metafile: true }

/** How a function is built; tests build their own handlers alike. */
export const inPartsOf = (entry: string, outdir: string): Build => ({
  ...sharedOptions,
  entryPoints: [{ in: entry, out: 'index' }],
  outdir,
  chunkNames: 'parts/[name]-[hash]',
  splitting: true,
  banner: { js: requireBanner },
})

/** Bytes that a function may load at its start, by whether it calls the model. */
export const startLimits = { model: 700_000, noModel: 350_000 } as const

/** The folder that becomes the function's deployment package. */
export const bundledFolder = (bundle: Bundle, name: FunctionName): string =>
  join(bundle.directory, name)

export interface LoadedCode {
  bytes: number
  /** Paths of the source files that contribute to it. */
  sources: string[]
  /** Names that the function's entry file exports. */
  exports: string[]
}

/** The code that a function loads at its start, and in all once every part has been needed. */
export const loadedBy = (
  bundle: Bundle,
  name: FunctionName,
): { atStart: LoadedCode; inAll: LoadedCode } => {
  const { outputs } = bundle.metafile
  const index = join(bundledFolder(bundle, name), 'index.mjs')
  const indexOutput = outputs[reachedFrom(outputs, index, [])[0] ?? '']
  const reach = (kinds: readonly string[]): LoadedCode => {
    const files = reachedFrom(outputs, index, kinds)
    const reached = files.flatMap((file) => outputs[file] ?? [])
    return {
      bytes: reached.reduce((sum, { bytes }) => sum + bytes, 0),
      sources: reached.flatMap(({ inputs }) =>
        Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
          bytesInOutput > 0 ? [path] : [],
        ),
      ),
      exports: indexOutput?.exports ?? [],
    }
  }
  return {
    atStart: reach(['import-statement']),
    inAll: reach(['import-statement', 'dynamic-import']),
  }
}
