import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { killTreeOf } from '../process-trees.ts'

/** Milliseconds that a peer has to serve. */
const startDeadlineMs = 120_000

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('There is no free port.')
  return address.port
}

const ports = new Map<string, number[]>()

/** Ports that stay a place's own, so that what is started again on its data is found where it was. */
export const portsOf = async (place: string, count: number): Promise<number[]> => {
  const had = ports.get(place)
  if (had) return had
  const found = await Promise.all(Array.from({ length: count }, () => freePort()))
  ports.set(place, found)
  return found
}

export interface Program {
  command: string
  args: readonly string[]
  cwd: string
  environment: Readonly<Record<string, string>>
  /** Where its output goes. */
  log: string
}

const children = new Set<ChildProcess>()
// A benchmark that ends early leaves nothing behind.
process.once('exit', () => {
  for (const child of children) killTreeOf(child.pid ?? 0)
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

export const startProgram = (program: Program): ChildProcess => {
  const log = openSync(program.log, 'a')
  const child = spawn(program.command, [...program.args], {
    cwd: program.cwd,
    env: { ...process.env, ...program.environment },
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  children.add(child)
  child.once('exit', () => children.delete(child))
  return child
}

/** Kills a process with all that it started, as a machine that fails would. */
export const killTree = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  killTreeOf(child.pid ?? 0)
  await ended
}

/** Asks again until it holds. @throws when it still does not after the time that a peer has to serve */
export const until = async (holds: () => Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + startDeadlineMs
  while (Date.now() < deadline) {
    if (await holds()) return
    await sleep(50)
  }
  throw new Error('A peer does not serve.')
}

/** Asks until an answer comes that is no error of the server's. */
export const untilServing = (url: string): Promise<void> =>
  until(async () => {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined)
    await answer?.body?.cancel()
    return answer !== undefined && answer.status < 500
  })
