import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** How a test stores what a vendor stores itself. */
export interface EngineStorage {
  endpoint: string
  credentials: { accessKeyId: string; secretAccessKey: string }
}

export interface EngineProcess {
  origin: string
  storage: EngineStorage
  /** Ends it as a power cut does. */
  kill(): Promise<void>
  /** Ends it as Ctrl-C does; resolves with the exit code. */
  interrupt(): Promise<number | null>
}

const ended = async (child: ChildProcess): Promise<number | null> => {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const [code] = await once(child, 'exit')
  return code
}

/** The engine in a process of its own, so that it can be killed. */
export const startEngineProcess = async (config: {
  outdir: string
  template: unknown
  dataDirectory: string
  port?: number
  environment: Record<string, string>
  /** Folders of functions by the key under which the template names what they replace. */
  replaced?: Record<string, string>
  /** See `EngineOptions.preload`. */
  preload?: readonly string[]
}): Promise<EngineProcess> => {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('./engine-main.ts', import.meta.url))],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  child.stdin.end(JSON.stringify(config))
  const lines = createInterface({ input: child.stdout })
  const [line] = await once(lines, 'line')
  const [origin = '', storage = ''] = String(line).split(' ')
  return {
    origin,
    storage: JSON.parse(storage),
    async kill() {
      child.kill('SIGKILL')
      await ended(child)
    },
    interrupt() {
      child.kill('SIGINT')
      return ended(child)
    },
  }
}
