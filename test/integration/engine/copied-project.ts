import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { functionEntries } from '../../../lib/bundle.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const parts = ['bin', 'lib', 'local', 'shared', 'web', 'cdk.json', 'package.json', 'tsconfig.json']

/** What `npm start` prints before it synthesizes. */
const synthesisLine = 'Bundling the functions'

/**
 * A copy of the project whose functions answer with a fixed text: their sources may be changed, and
 * they are synthesized in a second.
 */
export interface CopiedProject {
  /** Keeps the data of `npm start`, and what was synthesized. */
  dataDirectory: string
  /** Makes every function answer with this text. */
  answerWith: (answer: string) => void
  write: (path: string, content: string) => void
  /** Makes a path of the copy lead to a folder elsewhere. */
  link: (path: string, folder: string) => void
  start: (environment?: Record<string, string>, options?: readonly string[]) => StartedProject
  remove: () => void
}

export interface StartedProject {
  child: ChildProcess
  /** Resolves with the origin when it serves; rejects with what it said when it ends before. */
  serves: Promise<string>
  /** Resolves when it is about to synthesize. */
  synthesizes: Promise<void>
  /** Whether it did, so far. */
  hasSynthesized: () => boolean
  /** What it has printed so far. */
  output: () => string
  /** Resolves with the exit code after a signal. */
  end: (signal: NodeJS.Signals) => Promise<number | null>
}

export const copyProject = (): CopiedProject => {
  const folder = mkdtempSync(join(tmpdir(), 'copied-project-'))
  for (const part of parts) cpSync(join(root, part), join(folder, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  const answerWith = (answer: string): void => {
    for (const path of Object.values(functionEntries)) {
      write(`functions/${path}`, `export const handler = async () => ${JSON.stringify(answer)}\n`)
    }
  }
  write('docs/api/openapi.json', '{}')
  answerWith('')
  const dataDirectory = join(folder, 'data')
  return {
    dataDirectory,
    answerWith,
    write,
    link(path, target) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      symlinkSync(target, join(folder, path))
    },
    start: (environment = {}, options = []) =>
      startIn(folder, { LAUNCH_STUDIO_DATA: dataDirectory, ...environment }, options),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

const startIn = (
  folder: string,
  environment: Record<string, string>,
  options: readonly string[],
): StartedProject => {
  const child = spawn(process.execPath, [join(folder, 'local', 'start.ts'), ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      PORT: '0',
      OPENAI_BASE_URL: 'http://127.0.0.1:9/v1',
      ...environment,
    },
  })
  const exited = once(child, 'exit')
  const complaints = text(child.stderr)
  const serves = Promise.withResolvers<string>()
  const synthesizes = Promise.withResolvers<void>()
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
    if (output.includes(synthesisLine)) synthesizes.resolve()
    const origin = /Open +(\S+)\n/.exec(output)?.[1]
    if (origin !== undefined) serves.resolve(origin)
  })
  void exited.then(async () => serves.reject(new Error(await complaints)))
  // A test may not ask.
  serves.promise.catch(() => {})
  return {
    child,
    serves: serves.promise,
    synthesizes: synthesizes.promise,
    hasSynthesized: () => output.includes(synthesisLine),
    output: () => output,
    async end(signal) {
      child.kill(signal)
      const [code] = await exited
      return code
    },
  }
}
