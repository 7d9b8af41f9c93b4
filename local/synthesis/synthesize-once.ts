import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { fingerprint } from './fingerprint.ts'
import { beginKeeping, cleanUp, type KeptSynthesis, takeKept } from './kept-syntheses.ts'
import type { SynthesisAnswer, SynthesisRequest } from './messages.ts'

export interface SynthesisOptions {
  /** Variables that the template depends on; nothing else of the environment is read. */
  settings: Readonly<Record<string, string>>
  /** Folder of kept syntheses. */
  directory: string
  /** Called when there is none to take, before one is made: that takes seconds. */
  onMissing?: (() => void) | undefined
  /** Ends a synthesis that is being made. */
  signal?: AbortSignal | undefined
}

/**
 * The synthesis of these sources under these settings: the one that an earlier start has kept, or a
 * new one, made by a child process without the checks that only a deployment needs. Rejects with
 * the error of the synthesis (esbuild's names the file), and with the signal's reason.
 */
export const synthesizeOnce = async (options: SynthesisOptions): Promise<KeptSynthesis> => {
  const { settings, directory, onMissing, signal } = options
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const key = fingerprint(settings)
  const kept = takeKept(directory, key)
  if (kept) return kept
  onMissing?.()
  using unfinished = beginKeeping(directory, key)
  const { outdir, bundleDirectory, consoleDirectory } = unfinished
  const request = { outdir, bundleDirectory, consoleDirectory }
  unfinished.keep(await synthesizeInChild(request, settings, signal))
  cleanUp(directory, key)
  const made = takeKept(directory, key)
  if (!made) throw new Error(`Something else deletes what is kept in ${directory}.`)
  return made
}

/** What Node and esbuild themselves may need of the environment. */
const systemVariables = ['PATH', 'HOME', 'TMPDIR']

const synthesizeInChild = async (
  request: SynthesisRequest,
  settings: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<unknown> => {
  signal?.throwIfAborted()
  const child = fork(fileURLToPath(import.meta.resolve('./main.ts')), {
    env: { ...environmentOf(systemVariables), GOGC: esbuildCollection, ...settings },
    execArgv: [],
  })
  const exited = once(child, 'exit')
  const stop = (): void => void child.kill()
  signal?.addEventListener('abort', stop)
  try {
    child.send(request)
    const [answer] = await Promise.all([answerOf(child), exited])
    signal?.throwIfAborted()
    if (answer === undefined) {
      throw new Error(`The synthesis ended with ${child.signalCode ?? `code ${child.exitCode}`}.`)
    }
    if ('error' in answer) throw Object.assign(new Error(answer.error.message), answer.error)
    return answer.template
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

/** Undefined when the child ends without one. */
const answerOf = async (child: ChildProcess): Promise<SynthesisAnswer | undefined> => {
  const { promise, resolve } = Promise.withResolvers<SynthesisAnswer | undefined>()
  child.once('message', (message: SynthesisAnswer) => resolve(message))
  // Comes after the last message, which the exit may not.
  child.once('disconnect', () => resolve(undefined))
  return await promise
}

/** esbuild collects garbage at this growth in percent: a quarter less work for some 200 MB, for seconds. */
const esbuildCollection = '400'

const environmentOf = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
