import type { Update } from '../../clients/store.ts'
import type { StageName } from '../../contracts/agents.ts'
import type { EventRepository } from '../../repositories/event-repository.ts'
import type { Run, RunWithStages } from '../../repositories/run-output-repository.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import type {
  StageDurationRepository,
  StageDurations,
} from '../../repositories/stage-duration-repository.ts'
import type { StreamService } from '../log/stream-service.ts'
import type { RunLedger } from '../spend/run-ledger.ts'
import type { SpendService } from '../spend/spend-service.ts'
import type { ClaimDependencies, HeldStage } from './stage-claim.ts'
import type { StageAgents } from './stage-hooks.ts'
import type { StageStream, WorkerStream } from './worker-stream.ts'

export interface WorkerDependencies extends ClaimDependencies {
  agents: StageAgents
  sessions: SessionRepository
  events: Pick<EventRepository, 'erase'>
  streams: StreamService
  durations: StageDurationRepository
  spend: SpendService
}

/** What one worker's stages of a run share. */
export interface RunWork {
  stream: WorkerStream
  /** The log's last seq behind which the stream looks for what others append. */
  tail: Promise<number>
  /** The run, as far as the worker knows it; undefined until it has been read under a claim. */
  run: Run | undefined
  /** What the worker spends on the run; undefined until it knows the run. */
  ledger: RunLedger | undefined
  /** How long past stages took, for the events of a job: read once. */
  past: Promise<StageDurations> | undefined
  /** Epoch milliseconds: when the worker began, or the run came to the stage at which it is. */
  reachedAt: number
  /** Seconds that its committed stages took beyond the ones before them: what a run waits for them. */
  readonly seconds: Partial<Record<StageName, number>>
  /** The claim with which the worker would begin the stage that follows, where time is left for it. */
  claimAfter(held: HeldStage): HeldStage | undefined
  /**
   * Begins the stage that follows, ahead of the commit that claims it.
   * @returns what lets it be begun anew
   */
  follow(next: Assignment): () => void
  /** Begins a later stage beside the one at work, as `StageHooks` says. */
  ahead(
    held: HeldStage,
    stage: StageName,
    found: RunWithStages,
    keeping: Update | undefined,
  ): Promise<boolean>
}

/** A stage that is to be worked on. */
export interface Assignment {
  held: HeldStage
  /** What its agent works from, when that is known; read from the table otherwise. */
  found: RunWithStages | undefined
  /**
   * Resolves when the stage's claim is written, with the commit of the stage before it; rejects when it is not.
   * Until then the stage may make its first call, and nothing that it does is seen. Undefined: it is written.
   */
  begun?: Promise<void> | undefined
  /** Ends the work, with the reason. */
  stop: AbortController
}

export type StageOutcome =
  | {
      status: 'committed'
      /** Resolves when what its calls cost is settled, and all that it left aside has ended. */
      settled: Promise<unknown>
    }
  /** Another worker has the stage, or it is no longer wanted. */
  | { status: 'superseded' }
  /** It was never this worker's: the commit that was to begin it did not. */
  | { status: 'not_begun' }
  | { status: 'failed'; error: unknown }

export interface StageResult {
  outcome: StageOutcome
  /** What has to end before the worker does, but need not hold up the next stage. Never rejects. */
  settled: Promise<unknown>
}

/** One stage at work. */
export interface Worker extends WorkerDependencies, Assignment {
  work: RunWork
  stream: StageStream
}
