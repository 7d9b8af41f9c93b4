import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { operatorOutputs } from '../lib/output-names.ts'

const url = z.url()

const runningEngineSchema = z.object({
  pid: z.int(),
  origin: url,
  endpoints: z.object({ dynamodb: url, sqs: url, s3: url, sfn: url, eventbridge: url }),
  credentials: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
  /** The template's outputs, with local origins. */
  outputs: z.record(z.string(), z.string()),
  /** Settings of this start that operators' commands share with the functions; no secrets. */
  settings: z.record(z.string(), z.string()),
})

/** How a process of the same user finds the engine that runs on a data folder. */
export type RunningEngine = z.infer<typeof runningEngineSchema>

/** Beside the signing key: the file opens what that key does. */
export const runningEngineFile = (dataDirectory: string): string =>
  join(dataDirectory, 'engine.json')

/** Of an engine's environment what operators' commands share. */
export const operatorSettings = (
  environment: Readonly<Record<string, string>>,
): Record<string, string> => {
  const shared: readonly string[] = Object.values(operatorOutputs)
  return Object.fromEntries(Object.entries(environment).filter(([name]) => shared.includes(name)))
}

/** Tells where the engine is, readable for its user alone, until the returned function is called. */
export const announceEngine = (
  dataDirectory: string,
  engine: Omit<RunningEngine, 'pid'>,
): (() => void) => {
  const path = runningEngineFile(dataDirectory)
  const remove = (): void => rmSync(path, { force: true })
  // What a killed engine left may have another mode.
  remove()
  const announced: RunningEngine = { pid: process.pid, ...engine }
  writeFileSync(path, `${JSON.stringify(announced, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  return remove
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** The engine that runs on a data folder; undefined when none does, also after one was killed. */
export const findEngine = (dataDirectory: string): RunningEngine | undefined => {
  const path = runningEngineFile(dataDirectory)
  if (!existsSync(path)) return undefined
  const engine = runningEngineSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  return isAlive(engine.pid) ? engine : undefined
}
