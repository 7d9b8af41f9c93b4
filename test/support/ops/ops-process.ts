import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../../ops/main.ts', import.meta.url))

export interface Told {
  code: number | null
  out: string
  err: string
}

/** Runs a command of `npm run ops` as an operator does, without a terminal. */
export const runOps = async (
  given: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = {},
): Promise<Told> => {
  const child = spawn(process.execPath, [main, ...given], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  })
  const [out, err] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  return { code: child.exitCode, out, err }
}
