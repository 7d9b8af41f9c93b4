import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate } from 'node:timers/promises'
import type { Update } from '../../clients/store.ts'
import type { StageName } from '../../contracts/agents.ts'
import { agentSettings } from '../../platform/model-settings.ts'
import { recorded } from '../../platform/recorded-work.ts'
import { log } from '../../platform/telemetry.ts'
import { note } from '../../platform/work-facts.ts'
import { stageAfter } from '../../rules/session-state.ts'
import { stageAheadMs, stageMs } from '../../rules/time-budgets.ts'
import { clearErasedLog } from '../sessions/erased-meanwhile.ts'
import { type HeldStage, heldAhead } from './stage-claim.ts'
import { factsOfTask } from './stage-facts.ts'
import type { Assignment, RunWork, StageOutcome, WorkerDependencies } from './stage-work.ts'
import { workOn } from './stage-worker.ts'
import { openWorkerStream, Superseded } from './worker-stream.ts'

export interface Chain {
  sessionId: string
  /** The log's last seq from before the run was read under the claim. */
  tail: Promise<number>
  /** Epoch milliseconds by which the worker has to have ended; undefined of one that begins nothing ahead. */
  until: number | undefined
  /**
   * Returns the token of a stage that has ended, or leaves it to the stage's message.
   * @returns whether the attempt has failed with it
   */
  end(held: HeldStage, outcome: StageOutcome): Promise<boolean>
}

/** The stages that one worker does, one behind or beside the other. */
class Stages {
  readonly work: RunWork
  readonly #dependencies: WorkerDependencies
  readonly #chain: Chain
  readonly #begun = new Set<StageName>()
  readonly #atWork = new Set<AbortController>()
  readonly #ends: Promise<unknown>[] = []
  /** Each stage is recorded under the worker, and not under the stage that begins it. */
  readonly #underWorker = AsyncLocalStorage.snapshot()
  /** Whether the attempt has ended: nothing is begun any more. */
  #isOver = false
  /** Whether each was committed so far: then its session was there to the last. */
  isCommitted = true

  constructor(dependencies: WorkerDependencies, chain: Chain) {
    this.#dependencies = dependencies
    this.#chain = chain
    this.work = {
      stream: openWorkerStream(dependencies.streams, chain.sessionId, chain.tail),
      tail: chain.tail,
      run: undefined,
      ledger: undefined,
      past: undefined,
      reachedAt: dependencies.clock.now(),
      seconds: {},
      claimAfter: (held) => {
        const following = stageAfter[held.task.stage]
        return following !== null && this.#mayBegin(following)
          ? heldAhead(held, following, dependencies.clock.now())
          : undefined
      },
      follow: (next) => {
        this.begin(next)
        return () => void this.#begun.delete(next.held.task.stage)
      },
      ahead: async (by, stage, found, keeping) => {
        if (this.#isOver || !this.#mayBegin(stage)) return false
        const held = heldAhead(by, stage, dependencies.clock.now())
        const taken = this.#takeAhead(held, by, keeping)
        const begun = taken.then((isTaken) => {
          if (!isTaken) throw new Superseded('The stage beside it is not this worker’s.')
        })
        begun.catch(() => {})
        this.begin({ held, found, begun, stop: new AbortController() })
        return taken
      },
    }
  }

  /** Only where its whole budget fits into what is left of the function's time. */
  #mayBegin(stage: StageName): boolean {
    const { until } = this.#chain
    if (until === undefined || this.#begun.has(stage)) return false
    return until - this.#dependencies.clock.now() >= stageAheadMs(agentSettings(stage).budget)
  }

  async #takeAhead(
    { task, claim }: HeldStage,
    by: HeldStage,
    keeping: Update | undefined,
  ): Promise<boolean> {
    const { stage } = task
    // Behind the request of the model, which leaves now.
    await setImmediate()
    try {
      const beside = { stage: by.task.stage, leaseId: by.claim.leaseId, keeping }
      return await this.#dependencies.runs.takeAhead(task.run_id, stage, claim, beside)
    } catch (error) {
      // Its message comes all the same; a claim that was written expires until then.
      log.warn('stage not begun ahead', { stage, error: error as Error })
      return false
    }
  }

  /** Works on a stage, up to the return of its token. */
  begin(assignment: Assignment): void {
    const { held, stop } = assignment
    this.#begun.add(held.task.stage)
    this.#atWork.add(stop)
    const work = async (): Promise<void> => {
      const { outcome, settled } = await workOn(this.#dependencies, this.work, assignment)
      this.#atWork.delete(stop)
      note({ outcome: outcome.status })
      if (outcome.status !== 'committed') this.isCommitted = false
      if (outcome.status === 'not_begun') return
      try {
        if (await this.#chain.end(held, outcome)) this.#stopOthers()
      } finally {
        await settled
      }
    }
    const done = this.#underWorker(() => recorded('stage', factsOfTask(held.task), work))
    // It is awaited once the stages behind it have ended; until then its failure must not go unhandled.
    done.catch(() => {})
    this.#ends.push(done)
  }

  #stopOthers(): void {
    this.#isOver = true
    for (const stop of this.#atWork) stop.abort(new Superseded('The attempt has ended.'))
  }

  /** Resolves when all stages have ended and returned their tokens. @throws what one of them threw */
  async ended(): Promise<void> {
    const results: PromiseSettledResult<unknown>[] = []
    // A stage at work may still begin another.
    while (results.length < this.#ends.length) {
      results.push(...(await Promise.allSettled(this.#ends.slice(results.length))))
    }
    const failed = results.find((result) => result.status === 'rejected')
    if (failed) throw failed.reason
  }
}

/** Keeps what stages took, for the estimates of later runs: one write for all of them. */
const keepDurations = async (
  { durations }: WorkerDependencies,
  { run, seconds }: RunWork,
): Promise<void> => {
  if (!run || Object.keys(seconds).length === 0) return
  try {
    await durations.record(run.mode, seconds)
  } catch (error) {
    log.warn('durations not recorded', { error: error as Error })
  }
}

/**
 * Does a stage that is held and, while time is left, the stages behind it: each is claimed with the commit of
 * the one before and goes on with what the worker has in memory, ahead of the message with its task token.
 * @throws when a token could not be returned
 */
export const workThrough = async (
  dependencies: WorkerDependencies,
  chain: Chain,
  { held, found, begun }: Pick<Assignment, 'held' | 'begun'> & Partial<Pick<Assignment, 'found'>>,
): Promise<void> => {
  const stages = new Stages(dependencies, chain)
  const { stream } = stages.work
  const stopWatching = stream.watch(stageMs.watch)
  try {
    stages.begin({ held, found, begun, stop: new AbortController() })
    await stages.ended()
  } finally {
    stopWatching()
    const { ledger } = stages.work
    await Promise.all([
      keepDurations(dependencies, stages.work),
      ledger?.settle(true),
      stream.settled(),
    ])
    if (!stages.isCommitted) await clearErasedLog(dependencies, chain.sessionId)
  }
}
