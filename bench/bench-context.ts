import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Synthesis, synthesize } from '../lib/synthesize.ts'
import { generousLimits } from '../test/support/limits/generous-limits.ts'
import { createFloor, type Floor } from './floor.ts'
import {
  type EngineProcess,
  type ModelProcess,
  type RawClient,
  startBareServer,
  startEngineProcess,
  startModel,
  startRawClient,
} from './processes.ts'
import type { RoundPlan } from './rounds.ts'

/** What a part measures with. */
export interface BenchContext {
  synthesis: Synthesis
  /** For what a part leaves on the disk; removed at the end. */
  folder: string
  plan: RoundPlan
  /** The scripted model, the raw client and the studio, each a process; the studio is started when first asked for. */
  running(): Promise<Running>
  /** Stops the shared studio; `running` starts it again. */
  stopRunning(): Promise<void>
  /** A studio with variables of its own, for as long as `work` takes; no other runs meanwhile. */
  withEngine<T>(
    environment: Record<string, string>,
    work: (running: Omit<Running, 'floor'>) => Promise<T>,
  ): Promise<T>
  /** A studio that the caller stops, with its data in a folder that another one left, or in a new one. */
  startEngine(environment: Record<string, string>, dataDirectory?: string): Promise<EngineProcess>
  model: ModelProcess
  /** Seconds from the start of each engine so far until it served. */
  readyAfter: readonly number[]
  close(): Promise<void>
}

export interface Running {
  engine: EngineProcess
  model: ModelProcess
  raw: RawClient
  floor: Floor
}

/** @param step is told what is done now */
export const openContext = async (
  plan: RoundPlan,
  step: (what: string) => void,
): Promise<BenchContext> => {
  await using opening = new AsyncDisposableStack()
  const folder = opening.adopt(await mkdtemp(join(tmpdir(), 'launch-studio-bench-')), (path) =>
    rm(path, { recursive: true, force: true }),
  )
  step('synthesis')
  const synthesis = await synthesize({
    environment: {},
    bundleDirectory: join(folder, 'functions'),
    outdir: join(folder, 'assembly'),
    checks: false,
  })
  const model = opening.adopt(await startModel(), (it) => it.stop())
  const raw = opening.adopt(await startRawClient(model.url), (it) => it.stop())
  const server = opening.adopt(await startBareServer(), (it) => it.stop())
  const readyAfter: number[] = []
  const startEngine = async (
    environment: Record<string, string>,
    dataDirectory?: string,
  ): Promise<EngineProcess> => {
    step('engine')
    const variables = {
      OPENAI_BASE_URL: model.url,
      OPENAI_API_KEY: 'bench',
      MODEL_PROVIDER: 'scripted',
      TOKEN_SIGNING_KEY: 'a-key-for-benchmarks-that-is-long-enough',
      LIMITS: generousLimits,
      ...environment,
    }
    const engine = await startEngineProcess(synthesis, variables, { dataDirectory })
    readyAfter.push(engine.readyAfter / 1000)
    return engine
  }
  let shared: { engine: EngineProcess; floor: Floor } | undefined
  const stopShared = async (): Promise<void> => {
    shared?.floor.close()
    await shared?.engine.stop()
    shared = undefined
  }
  opening.defer(stopShared)
  const stack = opening.move()
  return {
    synthesis,
    folder,
    plan,
    model,
    readyAfter,
    startEngine,
    stopRunning: stopShared,
    async running() {
      if (!shared) {
        const engine = await startEngine({})
        shared = { engine, floor: createFloor(server.origin, engine) }
      }
      return { model, raw, ...shared }
    },
    async withEngine(environment, work) {
      await stopShared()
      const engine = await startEngine(environment)
      try {
        return await work({ engine, model, raw })
      } finally {
        await engine.stop()
      }
    },
    close: () => stack.disposeAsync(),
  }
}
