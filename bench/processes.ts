import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FromBareServer } from './bare-server.ts'
import { now } from './clock.ts'
import type { EngineConfig, EngineReport, FromEngine } from './engine-main.ts'
import type { FromFilms } from './film-main.ts'
import type { FromModel, ModelAnswers, ModelMark, ModelRequests, ToModel } from './model-main.ts'
import type { FromRaw, RawTimes, ToRaw } from './raw-main.ts'

/** A child with a message channel; it ends with this process. */
const start = (file: string): ChildProcess =>
  fork(fileURLToPath(import.meta.resolve(file)), { serialization: 'advanced' })

const nextMessage = async <T>(child: ChildProcess, pick: (message: T) => boolean): Promise<T> => {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const onMessage = (message: T): void => {
    if (pick(message)) resolve(message)
  }
  const onExit = (code: number | null): void => reject(new Error(`A process ended with ${code}.`))
  child.on('message', onMessage).once('exit', onExit)
  try {
    return await promise
  } finally {
    child.off('message', onMessage).off('exit', onExit)
  }
}

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}

export interface ModelProcess {
  url: string
  /** Resolves with the next call that is answered, for every waiter. */
  nextCall(): Promise<ModelMark>
  /** Records answered calls until the returned function is called, which returns them. */
  record(): () => ModelMark[]
  answer(answers: ModelAnswers): Promise<void>
  /** The latest request of each asker. */
  requests(): Promise<ModelRequests>
  /** Milliseconds of processor time that it and this process, which calls all others, took so far. */
  usedWithCaller(): Promise<number>
  stop(): Promise<void>
}

export const startModel = async (): Promise<ModelProcess> => {
  const child = start('./model-main.ts')
  const ready = await nextMessage<FromModel>(child, (message) => 'url' in message)
  return {
    url: 'url' in ready ? ready.url : '',
    async nextCall() {
      const message = await nextMessage<FromModel>(child, (message) => 'mark' in message)
      if (!('mark' in message)) throw new Error('No call was reported.')
      return message.mark
    },
    record() {
      const marks: ModelMark[] = []
      const onMessage = (message: FromModel): void => {
        if ('mark' in message) marks.push(message.mark)
      }
      child.on('message', onMessage)
      return () => {
        child.off('message', onMessage)
        return marks
      }
    },
    async answer(answers) {
      const set = nextMessage<FromModel>(child, (message) => 'set' in message)
      child.send({ answers } satisfies ToModel)
      await set
    },
    async requests() {
      const told = nextMessage<FromModel>(child, (message) => 'requests' in message)
      child.send({ requests: true } satisfies ToModel)
      const message = await told
      return 'requests' in message ? message.requests : {}
    },
    async usedWithCaller() {
      const told = nextMessage<FromModel>(child, (message) => 'used' in message)
      child.send({ used: true } satisfies ToModel)
      const message = await told
      const { user, system } = process.cpuUsage()
      return (user + system + ('used' in message ? message.used : 0)) / 1000
    },
    stop: () => stop(child),
  }
}

/** The raw `openai` client in a process of its own, so that its processor time is its alone. */
export interface RawClient {
  pid: number
  /** Sends the requests one behind the other, each when the answer before it is complete. */
  ask(requests: readonly object[]): Promise<RawTimes[]>
  stop(): Promise<void>
}

export const startRawClient = async (modelUrl: string): Promise<RawClient> => {
  const child = start('./raw-main.ts')
  const ask = async (requests: readonly object[]): Promise<RawTimes[]> => {
    const answered = nextMessage<FromRaw>(child, () => true)
    child.send({ modelUrl, requests } satisfies ToRaw)
    const message = await answered
    if ('failed' in message) throw new Error(`The raw client failed: ${message.failed}`)
    return message.times
  }
  return { pid: child.pid ?? 0, ask, stop: () => stop(child) }
}

/** Makes films in a process of its own. */
export const makeFilms = async (): Promise<Exclude<FromFilms, { failed: string }>> => {
  const child = start('./film-main.ts')
  try {
    const message = await nextMessage<FromFilms>(child, () => true)
    if ('failed' in message) throw new Error(`The films failed: ${message.failed}`)
    return message
  } finally {
    await stop(child)
  }
}

/** A Node server that answers each request at once, and sends to all sockets what it is told. */
interface BareServer extends FromBareServer {
  stop(): Promise<void>
}

export const startBareServer = async (): Promise<BareServer> => {
  const child = start('./bare-server.ts')
  const { origin } = await nextMessage<FromBareServer>(child, () => true)
  return { origin, stop: () => stop(child) }
}

/** What watches an engine's functions from within; see `EngineConfig`. */
export interface EngineWatch {
  preload: readonly string[]
  reports: string
  onReport: (reported: unknown) => void
}

export interface EngineProcess extends FromEngine {
  pid: number
  /** Milliseconds from the start of the process until it serves. */
  readyAfter: number
  dataDirectory: string
  stop(): Promise<void>
}

export const startEngineProcess = async (
  { template, outdir }: { template: unknown; outdir: string },
  environment: Record<string, string>,
  { watch, ...at }: { watch?: EngineWatch; dataDirectory?: string | undefined } = {},
): Promise<EngineProcess> => {
  const dataDirectory = at.dataDirectory ?? (await mkdtemp(join(tmpdir(), 'launch-studio-bench-')))
  const startedAt = now()
  const child = start('./engine-main.ts')
  const { onReport, ...watched } = watch ?? { onReport: undefined }
  const config: EngineConfig = { template, outdir, dataDirectory, environment, ...watched }
  child.send(config)
  const end = async (): Promise<void> => {
    await stop(child)
    await rm(dataDirectory, { recursive: true, force: true })
  }
  try {
    const ready = await nextMessage<FromEngine>(child, (message) => 'origin' in message)
    if (onReport) {
      child.on('message', (message: EngineReport) => {
        if ('reported' in message) onReport(message.reported)
      })
    }
    return {
      ...ready,
      pid: child.pid ?? 0,
      dataDirectory,
      readyAfter: now() - startedAt,
      stop: end,
    }
  } catch (error) {
    await end()
    throw error
  }
}
