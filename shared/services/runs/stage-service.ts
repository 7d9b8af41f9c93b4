import { createHash } from 'node:crypto'
import type { StateMachine } from '../../clients/state-machine.ts'
import { ConditionFailed } from '../../clients/store.ts'
import { StudioError } from '../../contracts/errors.ts'
import { type EventDraft, type StudioEvent, stageDelta } from '../../contracts/events.ts'
import type { StageTask } from '../../contracts/pipeline.ts'
import type { SessionState } from '../../contracts/session.ts'
import type { Clock } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { log, measure } from '../../platform/telemetry.ts'
import {
  isFinished,
  type RunOutputRepository,
  type RunWithStages,
} from '../../repositories/run-output-repository.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import type { StageDurationRepository } from '../../repositories/stage-duration-repository.ts'
import type { StageClaim } from '../../repositories/stage-repository.ts'
import { stageAfter, stateAfter, transition } from '../../rules/session-state.ts'
import { stageMs } from '../../rules/time-budgets.ts'
import type { SessionStream, StreamService } from '../log/stream-service.ts'
import { jobUpdate } from './job-progress.ts'
import { type RunFailureService, timeoutCode } from './run-failure-service.ts'
import type { StageAgents, StageWork } from './stage-agents.ts'

export interface StageDependencies {
  clock: Clock
  agents: StageAgents
  runs: RunOutputRepository
  sessions: SessionRepository
  streams: StreamService
  failures: RunFailureService
  machine: StateMachine
  durations: StageDurationRepository
}

/** Whether a task is of a run that goes on, in this attempt, and its stage is still to be done. */
const isWanted = (task: StageTask, found: RunWithStages | undefined): found is RunWithStages =>
  found !== undefined &&
  !isFinished(found.run.state) &&
  found.run.attempt === task.attempt &&
  found.stages[task.stage]?.status !== 'committed'

const fingerprint = (token: string): string =>
  createHash('sha256').update(token).digest('hex').slice(0, 16)

/** Why a worker stops without a word: somebody else has its stage, or nobody waits for it any more. */
class Superseded extends Error {}

/** Whether an event of the log means that nobody waits for this stage any more. */
const endsStage = (event: StudioEvent, { run_id, stage }: StageTask): boolean =>
  event.run_id === run_id &&
  (event.type === 'error' || (event.type === 'stage.changed' && event.data.stage !== stage))

export const createStageService = (dependencies: StageDependencies) => {
  const { clock, agents, runs, sessions, streams, failures, machine, durations } = dependencies

  const holds = async (task: StageTask, { leaseId }: StageClaim): Promise<boolean> =>
    (await runs.get(task.run_id))?.stages[task.stage]?.lease_id === leaseId

  /** Keeps claim and token alive while the agent works; a lost claim aborts the work. */
  const keepAlive = (task: StageTask, claim: StageClaim, work: AbortController) => {
    const lost = () => work.abort(new Superseded('The stage was taken over.'))
    const beat = async (): Promise<void> => {
      try {
        const until = clock.now() + stageMs.claim
        const [held, token] = await Promise.all([
          runs.extend(task.run_id, task.stage, claim.leaseId, until),
          machine.heartbeat(task.task_token),
        ])
        if (!held || token === 'closed') lost()
      } catch (error) {
        log.warn('heartbeat failed', { error: error as Error })
      }
    }
    const timer = setInterval(beat, stageMs.heartbeat)
    return () => clearInterval(timer)
  }

  const commit = async (
    task: StageTask,
    { run }: RunWithStages,
    claim: StageClaim,
    stream: SessionStream,
    work: StageWork,
  ): Promise<void> => {
    const { stage } = task
    const from = run.state as SessionState
    const to = transition(from, { type: 'stage-committed', stage })
    if (to === null || to !== stateAfter[stage]) {
      throw new StudioError('INTERNAL_ERROR', `The stage ${stage} cannot end in ${from}.`)
    }
    const following = stageAfter[stage]
    const drafts: EventDraft[] =
      following !== null
        ? [
            {
              type: 'stage.changed',
              run_id: run.run_id,
              data: { from, to, state: to, stage: following },
            },
          ]
        : [
            { type: 'stage.changed', run_id: run.run_id, data: { from, to, state: to } },
            {
              type: 'run.completed',
              run_id: run.run_id,
              data: { run_id: run.run_id, state: 'DONE' },
            },
          ]
    const past = run.job_id === undefined ? {} : await durations.read()
    const update = jobUpdate(run, { state: to, stage: following ?? stage }, past)
    await stream.commit(
      [...update, ...drafts],
      [
        work.commit(claim.leaseId),
        runs.advance(run, { state: to, stage: following ?? stage }),
        sessions.followRun(run.session_id, run.run_id, from, to),
      ],
    )
  }

  const work = async (
    task: StageTask,
    found: RunWithStages,
    claim: StageClaim,
    /** Takes what has to end before the worker does, but need not hold up the next stage. */
    after: Promise<unknown>[],
  ): Promise<'committed' | 'superseded'> => {
    const { run } = found
    const { stage } = task
    const stop = new AbortController()
    const stream = streams.open(run.session_id, {
      onForeign(appended) {
        if (appended.some((event) => endsStage(event, task))) {
          stop.abort(new Superseded('The run has ended or moved on.'))
        }
        stop.signal.throwIfAborted()
      },
    })
    const unwatch = stream.watch(stageMs.watch)
    const rest = keepAlive(task, claim, stop)
    const startedAt = clock.now()
    // An event that cannot be written stops the work: the log must not lack what was shown.
    const emitted: Promise<unknown>[] = []
    try {
      // A message may come so late that the state machine has sent the next, or given up.
      const [waited] = await Promise.all([machine.heartbeat(task.task_token), stream.look()])
      if (waited === 'closed') return 'superseded'
      // What ended the run before this stream's first look is not shown to it: the run itself tells.
      const current = await runs.get(run.run_id)
      if (!isWanted(task, current)) return 'superseded'
      // Workers before this one have shown elements of no later try than that.
      const triesBefore = current.stages[stage]?.[`calls_${task.attempt}`] ?? 0
      const done = await agents[stage](current, {
        signal: stop.signal,
        onElement(kind, item, modelTry) {
          const draft = {
            type: stageDelta[stage],
            run_id: run.run_id,
            data: { kind, item, try: triesBefore + modelTry },
          } as EventDraft
          const appended = stream.emit([draft])
          appended.catch((reason) => stop.abort(reason))
          emitted.push(appended)
        },
        async countCall(maxCalls) {
          if (await runs.countCall(run.run_id, stage, claim, maxCalls)) return
          if (!(await holds(task, claim))) stop.abort(new Superseded('The stage was taken over.'))
          stop.signal.throwIfAborted()
          // Workers that made the calls have died; another attempt of the run may make as many.
          throw new StudioError(timeoutCode(stage), 'This attempt has used up its model calls.')
        },
      })
      await Promise.all(emitted)
      await commit(task, current, claim, stream, done)
      measure('StageLatency', clock.now() - startedAt, { stage })
      const recorded = durations.record(stage, (clock.now() - startedAt) / 1000)
      after.push(recorded.catch((error) => log.warn('duration not recorded', { error })))
      return 'committed'
    } catch (error) {
      await Promise.allSettled(emitted)
      if (stop.signal.reason instanceof Superseded || error instanceof ConditionFailed) {
        log.warn('stage superseded', { stage, error: error as Error })
        return 'superseded'
      }
      throw stop.signal.aborted ? stop.signal.reason : error
    } finally {
      rest()
      unwatch()
      after.push(stream.settled())
    }
  }

  /**
   * Claims the stage, or waits beside whoever holds it: a holder that dies stops extending its
   * claim, and then the stage is ours. A holder that works for another token has lost its execution
   * when ours is the one that the state machine waits for. False when there is nothing left to do.
   */
  const take = async (task: StageTask, claim: StageClaim): Promise<boolean> => {
    for (;;) {
      const until = clock.now() + stageMs.claim
      if (await runs.claim(task.run_id, task.stage, { ...claim, until })) return true
      const found = await runs.get(task.run_id)
      const holder = found?.stages[task.stage]
      if (!holder || !isWanted(task, found)) return false
      // Ours went through and its answer was lost: the client's own retry is refused then.
      if (holder.lease_id === claim.leaseId) return true
      if (holder.attempt !== task.attempt || holder.generation > task.retry) return false
      if ((await machine.heartbeat(task.task_token)) === 'closed') return false
      if (holder.token === claim.token) {
        const rest = Math.max(0, holder.lease_until - clock.now())
        await new Promise((resolve) => setTimeout(resolve, Math.min(rest + 50, stageMs.retake)))
      } else claim = { ...claim, over: holder.lease_id }
    }
  }

  /** What the table says of a stage that somebody else has, had or ended. */
  const settleFromTable = async (task: StageTask): Promise<void> => {
    const found = await runs.get(task.run_id)
    if (found?.stages[task.stage]?.status === 'committed') await machine.succeed(task.task_token)
    else if (found && isFinished(found.run.state)) {
      await machine.fail(
        task.task_token,
        found.run.error?.code ?? 'CANCELLED',
        'The run has ended.',
      )
    }
  }

  return {
    /**
     * Does one stage of a run. A second delivery finds the committed output and only returns the
     * token; one that meets a live worker leaves it to that worker. Table first, then the token.
     * @throws what nobody planned for; the message is then delivered again
     */
    async run(task: StageTask): Promise<void> {
      log.appendKeys({ run_id: task.run_id })
      const found = await runs.get(task.run_id)
      if (!isWanted(task, found)) return settleFromTable(task)
      log.appendKeys({ session_id: found.run.session_id })
      const claim: StageClaim = {
        attempt: task.attempt,
        generation: task.retry,
        leaseId: newId('lease'),
        token: fingerprint(task.task_token),
        until: clock.now() + stageMs.claim,
      }
      if (!(await take(task, claim))) return settleFromTable(task)
      const after: Promise<unknown>[] = []
      try {
        const outcome = await work(task, found, claim, after)
        if (outcome === 'committed') await machine.succeed(task.task_token)
        else await settleFromTable(task)
      } catch (error) {
        if (!(error instanceof StudioError) || error.code === 'INTERNAL_ERROR') {
          log.error('stage interrupted', { error: error as Error })
          // Whoever has taken the stage over may work for the same token.
          if (!(await holds(task, claim).catch(() => true))) return await settleFromTable(task)
          await machine.fail(task.task_token, 'WORKER_INTERRUPTED', 'The worker was interrupted.')
          return
        }
        log.warn('stage failed', { code: error.code, error })
        const { code, retryable, message } = error
        const { leaseId } = claim
        const ended = await failures.fail(task.run_id, task.attempt, code, { retryable, leaseId })
        if (ended === 'failed') await machine.fail(task.task_token, code, message)
        else await settleFromTable(task)
      } finally {
        await Promise.all(after)
      }
    },
  }
}
