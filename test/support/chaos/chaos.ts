import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { assetDirectories, type Engine, startEngine } from '../../../local/engine.ts'
import { generousLimits } from '../limits/generous-limits.ts'
import { startModelServer } from '../model-server/model-server.ts'
import { readLog } from '../studio/client.ts'
import { withStageWorkers } from '../studio/stage-workers.ts'
import { sellAssets, vendorEnvironment } from './asset-vendors.ts'
import { checkStory } from './checks.ts'
import { retried, runClient, type Story } from './client-run.ts'
import { type Arrival, createDeliveries, type Deliveries } from './deliveries.ts'
import type { Way } from './follower.ts'
import {
  type HookRecord,
  hookEnvironment,
  hookUrl,
  type Rates,
  readRecords,
} from './hook-settings.ts'
import { createRandom, type Random } from './random.ts'
import { createScript, type Said } from './script.ts'
import type { Violation } from './violation.ts'

/** What goes wrong, and how often: probabilities; none given means that all goes well. */
export interface FaultRates {
  /** Of each call that a function makes; see `HookSettings`. */
  threads: Record<string, Rates>
  /** Of each message of the stage queue. */
  deliveries: Parameters<typeof createDeliveries>[0]['rates']
  /** Of each message of the media queue. */
  mediaDeliveries: Parameters<typeof createDeliveries>[0]['mediaRates']
  /** Of each call of the model. */
  model: number
  /** Of each call of a vendor of pictures or speech. */
  vendors: number
  /** Of each run: that its user cancels it. */
  cancels: number
  /** Milliseconds between two kills of the table's engine, on average. */
  storeDiesEveryMs?: number
}

export interface ChaosOptions {
  synthesis: { template: unknown; outdir: string }
  rates: FaultRates
  seed: string
  sessions: number
  /** Share of the sessions whose client has files made of its run and packs them. */
  assetRate: number
  /** Sessions at the same time. */
  parallel: number
  /** See `EngineOptions.speed`. */
  speed: number
  /** Milliseconds that a session may take to its run, and in which something must happen to that. */
  boundMs: number
  /** Milliseconds that a frozen thread stands still. */
  freezeMs: number
  /** Milliseconds that a call of the model may take; one that hangs takes as long. */
  deadlineMs: number
  /** Milliseconds after which no further session begins. */
  noneAfterMs?: number
  /** Called with a line at each session's end. */
  log?: (line: string) => void
}

export interface ChaosResult {
  stories: Story[]
  violations: (Violation & { label: string })[]
  records: HookRecord[]
  arrivals: Arrival[]
  said: Said[]
  /** How vendors of pictures and speech failed, for each time. */
  vendorFaults: string[]
  /** When the table's engine was killed. */
  storeDeaths: number[]
  seconds: number
}

const agents = ['PLANNER', 'RESEARCH', 'STRATEGY', 'CREATIVE', 'VOICE']

const ways: readonly [Way, ...Way[]] = ['socket', 'sse', 'poll']

const killStore = (dataDirectory: string): void => {
  const pid = Number.parseInt(readFileSync(join(dataDirectory, 'dynoxide.pid'), 'utf8'), 10)
  if (pid > 1) process.kill(pid, 'SIGKILL')
}

/** Kills the table's engine now and then until the signal aborts; the local engine starts it again. */
const keepKillingStore = async (
  folder: string,
  everyMs: number | undefined,
  random: Random,
  signal: AbortSignal,
): Promise<number[]> => {
  const deaths: number[] = []
  while (everyMs !== undefined && !signal.aborted) {
    const wait = everyMs * (0.5 + random.next())
    await sleep(wait, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) break
    try {
      killStore(folder)
      deaths.push(Date.now())
    } catch {
      // It is still dead of the last time; the next wait comes.
    }
  }
  return deaths
}

const runSessions = async (
  options: ChaosOptions,
  origin: string,
  folder: string,
): Promise<{ stories: Story[]; storeDeaths: number[] }> => {
  const { seed, rates, sessions, parallel, boundMs, noneAfterMs, log } = options
  const begun = Date.now()
  const over = new AbortController()
  const deaths = keepKillingStore(
    folder,
    rates.storeDiesEveryMs,
    createRandom(`${seed} store`),
    over.signal,
  )
  const stories: Story[] = []
  let next = 0
  const oneClient = async (): Promise<void> => {
    while (next < sessions && Date.now() - begun < (noneAfterMs ?? Number.POSITIVE_INFINITY)) {
      const number = next++
      const label = `chaos-${number}`
      const way = ways[number % ways.length] ?? 'socket'
      const random = createRandom(`${seed} ${label}`)
      const { cancels } = rates
      const story = await runClient({
        ...{ origin, label, way, random, boundMs },
        cancelRate: cancels,
        resumeRate: 0.8,
        assetRate: options.assetRate,
      })
      stories.push(story)
      const ends = story.runs.map(({ end, runId }) => `${runId} ${end ?? 'not ended'}`)
      log?.(`${stories.length}/${sessions} ${label} ${ends.join(', ') || 'no run'}`)
    }
  }
  await Promise.all(Array.from({ length: parallel }, oneClient))
  over.abort()
  return { stories, storeDeaths: await deaths }
}

const settle = async (deliveries: Deliveries, stories: Story[]): Promise<void> => {
  await deliveries.settled()
  // What was delivered too late may have changed something after its client had left.
  await sleep(2_000)
  for (const story of stories) {
    story.log = await retried(() => readLog(story.client, story.sessionId))
  }
}

/** Lets many clients launch at the same time on one engine with these faults, and checks what came of it. */
export const runChaos = async (options: ChaosOptions): Promise<ChaosResult> => {
  const { synthesis, rates, seed, speed, freezeMs, deadlineMs, log } = options
  const begun = Date.now()
  const folder = await mkdtemp(join(tmpdir(), 'launch-studio-chaos-'))
  const file = join(folder, 'records.jsonl')
  await writeFile(file, '')
  const model = await startModelServer()
  const script = createScript({ random: createRandom(`${seed} model`), faultRate: rates.model })
  model.respond(script.respond)
  const vendors = await sellAssets(model, {
    random: createRandom(`${seed} vendors`),
    faultRate: rates.vendors,
  })
  let engine: Engine | undefined
  let kept = false
  const deliveries = createDeliveries({
    random: createRandom(`${seed} deliveries`),
    rates: rates.deliveries,
    mediaRates: rates.mediaDeliveries,
    deadLetters: (queue) => engine?.resources[queue] ?? '',
  })
  try {
    engine = await startEngine({
      template: withStageWorkers(synthesis.template),
      codeDirectory: assetDirectories(synthesis.outdir),
      dataDirectory: folder,
      preload: [hookUrl],
      deliver: deliveries.deliver,
      speed,
      environment: {
        ...Object.fromEntries(agents.map((it) => [`${it}_DEADLINE_MS`, String(deadlineMs)])),
        OPENAI_BASE_URL: model.url,
        OPENAI_API_KEY: 'test-key',
        TOKEN_SIGNING_KEY: 'a-key-for-tests-that-is-long-enough',
        LIMITS: generousLimits,
        ...vendorEnvironment,
        ...hookEnvironment({ seed, file, rates: rates.threads, freezeMs }),
      },
    })
    const { stories, storeDeaths } = await runSessions(options, engine.origin, folder)
    await settle(deliveries, stories)
    const violations = stories.flatMap((story) =>
      checkStory(story, script.saidIn(story.label), vendors.charged(story.sessionId)).map((it) => ({
        ...it,
        label: story.label,
      })),
    )
    kept = violations.length > 0
    if (kept) log?.(`The data are kept: ${folder}`)
    return {
      stories,
      violations,
      records: readRecords(file),
      arrivals: deliveries.arrivals,
      said: script.all(),
      vendorFaults: vendors.faults(),
      storeDeaths,
      seconds: (Date.now() - begun) / 1000,
    }
  } finally {
    await engine?.close()
    await model.stop()
    if (!kept) await rm(folder, { recursive: true, force: true })
  }
}
