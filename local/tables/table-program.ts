import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { callAws } from '../aws/aws-json.ts'

export interface TableEngine {
  endpoint: string
  close(): Promise<void>
}

/** A program that serves DynamoDB's API on a port. */
export interface TableProgram {
  /** Names its pid file. */
  name: string
  /** The path of the program, and what it is called with. */
  command: (port: number) => readonly string[]
  /** Whether a command line, as a list, is one of this program's. */
  isOwn: (commandLine: readonly string[]) => boolean
  /** Milliseconds within which it has to answer. */
  startMs: number
}

/**
 * Runs the engine and ends it when the pipe from its parent closes, so that a parent that is killed
 * takes it along. The pid file is for the case that this fails.
 */
const guardian = `
"$@" </dev/null 3<&- & child=$!
echo $child > "$PID_FILE"
{ cat >/dev/null; kill $child 2>/dev/null; } <&3 &
wait $child
`

/** A port that was free a moment ago may be taken by now. */
const startTries = 3
const closeMilliseconds = 3000
const restartMilliseconds = 100

/**
 * Starts the program as a child process, and again, on the same port, when it ends by itself. Throws with the
 * program's own words when it does not come up in time.
 */
export const startTableProgram = async (
  program: TableProgram,
  dataDirectory: string,
  log: (line: string) => void,
): Promise<TableEngine> => {
  const pidFile = join(dataDirectory, `${program.name}.pid`)
  await endOrphan(pidFile, program)
  const failures: string[] = []
  while (failures.length < startTries) {
    const port = await freePort()
    const child = run(program, port, pidFile)
    if (await listens(port, child, program.startMs)) {
      return supervise(child, port, () => run(program, port, pidFile), log)
    }
    await child.close()
    failures.push(child.output())
  }
  throw new Error(`The DynamoDB engine does not start:\n${failures.join('\n')}`)
}

const supervise = (
  first: Child,
  port: number,
  restart: () => Child,
  log: (line: string) => void,
): TableEngine => {
  let current = first
  let closing = false
  const watch = async () => {
    while (!closing) {
      await current.exited
      if (closing) return
      log(`The DynamoDB engine ended and is started again. ${current.output()}`)
      await delay(restartMilliseconds)
      if (!closing) current = restart()
    }
  }
  void watch()
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async close() {
      closing = true
      await current.close()
    },
  }
}

interface Child {
  exited: Promise<void>
  ended: () => boolean
  output: () => string
  close: () => Promise<void>
}

const run = (program: TableProgram, port: number, pidFile: string): Child => {
  const child = spawn('/bin/sh', ['-c', guardian, program.name, ...program.command(port)], {
    // Its own process group: Ctrl-C in a terminal must not take the tables from under the functions.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin', PID_FILE: pidFile },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output = (output + String(chunk)).slice(-2000)
    })
  }
  const letGo = () => {
    const pipe = child.stdio[3]
    if (pipe && 'end' in pipe) pipe.end()
  }
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  // The guardian's other half waits for the pipe.
  void exited.then(letGo)
  return {
    exited,
    ended: () => child.exitCode !== null || child.signalCode !== null,
    output: () => output,
    async close() {
      letGo()
      const late = delay(closeMilliseconds, 'late' as const, { ref: false })
      if ((await Promise.race([exited, late])) === 'late' && child.pid !== undefined) {
        process.kill(-child.pid, 'SIGKILL')
        await exited
      }
      rmSync(pidFile, { force: true })
    },
  }
}

/** Ends an engine that its parent left behind. The pid may belong to another process by now. */
const endOrphan = async (pidFile: string, program: TableProgram): Promise<void> => {
  if (!existsSync(pidFile)) return
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10)
  for (let tries = 0; tries < 200 && isRunning(pid, program); tries += 1) {
    process.kill(pid, tries < 100 ? 'SIGTERM' : 'SIGKILL')
    await delay(20)
  }
  rmSync(pidFile, { force: true })
}

const isRunning = (pid: number, { isOwn }: TableProgram): boolean => {
  if (!Number.isInteger(pid) || pid <= 1) return false
  try {
    const commandLine =
      process.platform === 'linux'
        ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
        : execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
            .trim()
            .split(' ')
    return isOwn(commandLine)
  } catch {
    return false
  }
}

/** An engine's option for any free port does not tell which one it took. */
const freePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('There is no free port')
  return address.port
}

/** Whether a DynamoDB engine answers on the port: what is there may be another process that took it first. */
const answers = (port: number): Promise<boolean> =>
  callAws(`http://127.0.0.1:${port}`, 'DynamoDB_20120810', 'ListTables', {}).then(
    () => true,
    () => false,
  )

const listens = async (port: number, child: Child, withinMs: number): Promise<boolean> => {
  const deadline = Date.now() + withinMs
  while (Date.now() < deadline && !child.ended()) {
    if (await answers(port)) return true
    await delay(10)
  }
  return false
}
