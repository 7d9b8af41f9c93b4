import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { callAws } from '../aws/aws-json.ts'

export interface TableEngine {
  endpoint: string
  close(): Promise<void>
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
const startMilliseconds = 10_000
const closeMilliseconds = 3000
const restartMilliseconds = 100

/**
 * Starts the DynamoDB engine as a child process on the file `tables.db` of the folder, and again, on
 * the same port, when it ends by itself. Throws when its binary is not installed for this platform
 * and when it does not come up within 10 s.
 */
export const startDynoxide = async (
  dataDirectory: string,
  log: (line: string) => void,
): Promise<TableEngine> => {
  const binary = findBinary()
  const files = {
    database: join(dataDirectory, 'tables.db'),
    pid: join(dataDirectory, 'dynoxide.pid'),
  }
  await endOrphan(files.pid)
  const failures: string[] = []
  while (failures.length < startTries) {
    const port = await freePort()
    const child = run(binary, port, files)
    if (await listens(port, child)) {
      return supervise(child, port, () => run(binary, port, files), log)
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

const run = (binary: string, port: number, files: { database: string; pid: string }): Child => {
  const options = ['serve', '-p', String(port), '--db-path', files.database]
  const child = spawn('/bin/sh', ['-c', guardian, 'dynoxide', binary, ...options], {
    // Its own process group: Ctrl-C in a terminal must not take the tables from under the functions.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin', PID_FILE: files.pid },
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
      rmSync(files.pid, { force: true })
    },
  }
}

const findBinary = (): string => {
  const name = `@dynoxide/${process.platform}-${process.arch}`
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`)
    const binary = join(dirname(manifest), 'dynoxide')
    if (existsSync(binary)) return binary
  } catch {
    // Falls through to the message, which says more than the module loader's.
  }
  throw new Error(
    `The local engine needs ${name}, the DynamoDB engine for this platform: npm install --no-save ${name}`,
  )
}

/** Ends an engine that its parent left behind. The pid may belong to another process by now. */
const endOrphan = async (pidFile: string): Promise<void> => {
  if (!existsSync(pidFile)) return
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10)
  for (let tries = 0; tries < 200 && isDynoxide(pid); tries += 1) {
    process.kill(pid, tries < 100 ? 'SIGTERM' : 'SIGKILL')
    await delay(20)
  }
  rmSync(pidFile, { force: true })
}

const isDynoxide = (pid: number): boolean => {
  if (!Number.isInteger(pid) || pid <= 1) return false
  try {
    const command =
      process.platform === 'linux'
        ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0]
        : execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    return command?.endsWith('/dynoxide') ?? false
  } catch {
    return false
  }
}

/** The engine's option for any free port does not tell which one it took. */
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

const listens = async (port: number, child: Child): Promise<boolean> => {
  const deadline = Date.now() + startMilliseconds
  while (Date.now() < deadline && !child.ended()) {
    if (await answers(port)) return true
    await delay(10)
  }
  return false
}
