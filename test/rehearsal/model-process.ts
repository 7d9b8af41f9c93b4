import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import type { Pace } from './model.ts'

export interface ModelProcess {
  /** What `OPENAI_BASE_URL` has to be. */
  url: string
  stop(): Promise<void>
}

const Ready = z.object({ url: z.url() })

/** Starts the rehearsal's model as a process of its own, which ends with this one at the latest. */
export const startModelProcess = async (pace: Pace): Promise<ModelProcess> => {
  const file = fileURLToPath(import.meta.resolve('./main.ts'))
  const child = spawn(process.execPath, [file, pace], { stdio: ['pipe', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const first = Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    exited.then(([code]) => {
      throw new Error(`The rehearsal's model ended with code ${code} before it was ready.`)
    }),
  ])
  const [line] = await first
  return {
    url: Ready.parse(JSON.parse(line)).url,
    async stop() {
      child.stdin.end()
      await exited
    },
  }
}
