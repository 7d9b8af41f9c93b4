import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { partition } from '../../../local/template/partition.ts'
import { root } from '../project.ts'
import { type Gateway, startGateway } from './gateway.ts'

export interface Ministack {
  /** Where AWS's APIs, and everything that is deployed, are reached. */
  endpoint: string
  /** The file of what it writes. */
  log: string
  /** Ends it with all its functions. */
  stop(): Promise<void>
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** The file in which what it loads of ours notes what it has done; not there before. */
export const marksOf = (log: string): string => `${log}.marks`

/** Milliseconds within which it has to be ready, also on a busy machine. */
const readyMs = 90_000

const isReady = async (port: number, child: ChildProcess, log: string): Promise<void> => {
  const endsAt = Date.now() + readyMs
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/_ministack/ready`).catch(() => undefined)
    if (answer?.ok) return
    if (child.exitCode !== null || Date.now() > endsAt) {
      throw new Error(`MiniStack did not start:\n${(await readFile(log, 'utf8')).slice(-4000)}`)
    }
    await setTimeout(100)
  }
}

/** Ends a process and all that it started; it leads a group of its own. */
const endGroup = async (child: ChildProcess): Promise<void> => {
  const { pid } = child
  if (pid === undefined) return
  const signal = (name: 'SIGTERM' | 'SIGKILL'): void => {
    try {
      process.kill(-pid, name)
    } catch {
      // The group has ended already.
    }
  }
  const exited = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : []
  signal('SIGTERM')
  await Promise.race([exited, setTimeout(5000, undefined, { ref: false })])
  // What its functions left.
  signal('SIGKILL')
}

/**
 * Starts MiniStack with IAM enforced, on free ports of 127.0.0.1 and without any file of the user's.
 * @param programs of its virtual environment
 * @param folder for what it writes
 */
export const startMinistack = async (programs: string, folder: string): Promise<Ministack> => {
  const port = await freePort()
  const gateway: Gateway = await startGateway(port)
  const log = join(folder, 'ministack.log')
  const output = createWriteStream(log)
  const child = spawn(join(programs, 'python'), [join(import.meta.dirname, 'server.py')], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      // Functions run on the first Python and the first Node of the path: on ours.
      PATH: [programs, dirname(process.execPath), process.env.PATH ?? ''].join(delimiter),
      // Where the CDK's function that empties buckets finds the SDK that AWS's Node runtime has.
      NODE_PATH: join(root, 'node_modules'),
      PYTHONPATH: join(import.meta.dirname, 'python'),
      PYTHONDONTWRITEBYTECODE: '1',
      TEST_DEPLOY_MARKS: marksOf(log),
      HOME: folder,
      TMPDIR: folder,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: `${port}`,
      MINISTACK_REGION: partition.region,
      AUTH: 'true',
      AWS_ENDPOINT_URL: gateway.origin,
    },
  })
  child.stdout.pipe(output, { end: false })
  child.stderr.pipe(output, { end: false })
  const stop = async (): Promise<void> => {
    await endGroup(child)
    await gateway.stop()
    output.end()
  }
  try {
    await isReady(port, child, log)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    endpoint: gateway.origin,
    log,
    stop,
  }
}
