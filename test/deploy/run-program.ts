import { spawn } from 'node:child_process'
import { once } from 'node:events'

interface ProgramOptions {
  cwd: string
  env: Record<string, string | undefined>
  /** Whether what it writes goes to the terminal, and not only into the error of a failure. */
  shown?: boolean
  /** Ends it, and all that it has started. */
  signal?: AbortSignal
}

/** A program of this project, in a group of its own. @throws Error with the end of what it wrote */
export const runProgram = async (
  file: string,
  args: readonly string[],
  { cwd, env, shown = false, signal }: ProgramOptions,
): Promise<void> => {
  signal?.throwIfAborted()
  const child = spawn(process.execPath, [file, ...args], {
    ...{ cwd, env, detached: true },
    stdio: ['ignore', shown ? 'inherit' : 'pipe', shown ? 'inherit' : 'pipe'],
  })
  let written = ''
  const keep = (chunk: Buffer): void => {
    written = `${written}${chunk}`.slice(-8000)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  const end = (): void => {
    try {
      if (child.pid) process.kill(-child.pid, 'SIGTERM')
    } catch {
      // It has ended already.
    }
  }
  signal?.addEventListener('abort', end)
  process.once('exit', end)
  const [code, killedBy] = await once(child, 'close')
  signal?.removeEventListener('abort', end)
  process.off('exit', end)
  signal?.throwIfAborted()
  if (code !== 0) {
    const how = killedBy ?? `code ${code}`
    throw new Error(`${[file.split('/').at(-1), ...args].join(' ')} ended with ${how}.\n${written}`)
  }
}
