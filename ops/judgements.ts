import type { Execution } from '../shared/clients/state-machine.ts'
import { parked, type Work } from '../shared/repositories/media-work.ts'
import type { Run } from '../shared/repositories/run-output-repository.ts'
import type { Session } from '../shared/repositories/session.ts'
import type { PendingVoiceTurn } from '../shared/repositories/voice-turn-repository.ts'
import { assetMs } from '../shared/rules/media-limits.ts'
import { recoveryOfRun } from '../shared/rules/recovery.ts'
import { stuckRunMs, sweepQuietMs, voiceTurnMs } from '../shared/rules/time-budgets.ts'
import { isLookedAfter } from '../shared/services/media/asset-recovery.ts'
import { sourcesOf } from '../shared/services/media/asset-sources.ts'
import { type Finding, lookAtSweeper, notSwept, overdueMs, type Verdict } from './finding.ts'
import { duration } from './terminal.ts'

/** Pure: what is open, and the time, to what an operator has to know of it. */

/** How a repair that is due stands: left to the next sweep, or overdue. */
const due = (dueSince: number, now: number, why: string, sweep: string) =>
  now - dueSince > overdueMs
    ? ({ verdict: 'stands', why: `${why} ${notSwept}`, next: lookAtSweeper } as const)
    : ({ verdict: 'next_sweep', why: `${why} ${sweep}` } as const)

export interface OpenRunFacts {
  run: Pick<Run, 'run_id' | 'session_id' | 'state' | 'stage' | 'attempt' | 'updated_at' | 'job_id'>
  /** Of the run's attempt; undefined when it was never started. */
  execution: Execution | undefined
  /** Until when a worker holds the stage, in epoch milliseconds; undefined when none has taken it. */
  leaseUntil: number | undefined
}

const holderOf = (leaseUntil: number | undefined, now: number): string => {
  if (leaseUntil === undefined) return 'No worker has taken its stage yet'
  return leaseUntil > now
    ? 'A worker holds its stage'
    : `The worker of its stage gave no sign for ${duration(now - leaseUntil)}, and Step Functions sends the stage again`
}

const statusOfRun = (
  { run, execution, leaseUntil }: OpenRunFacts,
  now: number,
): { verdict: Verdict; why: string; next?: string } => {
  const dueSince = Date.parse(run.updated_at) + sweepQuietMs
  const recovery = recoveryOfRun(run, execution, now)
  if (now < dueSince && recovery !== 'working') {
    return {
      verdict: 'works',
      why: 'It has just been stored; its execution is told of it about now.',
    }
  }
  switch (recovery) {
    case 'start':
      return due(dueSince, now, 'Its execution was never started.', 'The next sweep starts it.')
    case 'end': {
      const how = `Its execution is ${execution?.status}${execution?.error ? ` (${execution.error})` : ''}, and the run has not ended.`
      return due(dueSince, now, how, 'The next sweep ends it.')
    }
    case 'working':
      return { verdict: 'works', why: `Its execution is RUNNING. ${holderOf(leaseUntil, now)}.` }
    case 'stuck':
      return {
        verdict: 'stands',
        why: `Its execution is still RUNNING, although no execution may take more than ${duration(stuckRunMs)}. The sweeper ends only runs whose execution has ended. ${holderOf(leaseUntil, now)}.`,
        next: `npm run ops -- cancel ${run.run_id}`,
      }
  }
}

export const judgeRun = (facts: OpenRunFacts, now: number): Finding => {
  const { run_id, session_id, state, stage, attempt, updated_at, job_id } = facts.run
  return {
    kind: 'run',
    id: run_id,
    since: updated_at,
    where: `${state} ${stage}, attempt ${attempt}`,
    session_id,
    ...(job_id === undefined ? {} : { jobs: [job_id] }),
    ...statusOfRun(facts, now),
  }
}

/** A session whose turn has outlived its lease. */
export const judgeTurn = (
  { session_id, turn, lease }: Pick<Session, 'session_id' | 'turn' | 'lease'>,
  now: number,
): Finding => {
  const until = lease?.until ?? now
  return {
    kind: 'turn',
    id: `${session_id} turn ${turn}`,
    since: new Date(until).toISOString(),
    where: `turn ${turn}`,
    session_id,
    ...due(until, now, 'Its worker is dead: the lease has run out.', 'The next sweep ends it.'),
  }
}

/** A voice turn whose transcript is not there. */
export const judgeVoiceTurn = (
  { session_id, turn, started_at, deadline }: PendingVoiceTurn,
  now: number,
): Finding => ({
  kind: 'voice turn',
  id: `${session_id} turn ${turn}`,
  since: started_at,
  where: `turn ${turn}`,
  session_id,
  ...(now < deadline
    ? {
        verdict: 'works',
        why: 'Its recording is at the provider, which has time until the deadline.',
      }
    : due(
        deadline + voiceTurnMs.leaseMargin - overdueMs,
        now,
        'Its transcript did not come in time.',
        'The sweep of transcriptions ends it.',
      )),
})

export interface OpenWorkFacts {
  work: Work
  /** All assets, or exports, of its run. */
  all: readonly Work[]
  /** When it was asked for. */
  requestedAt: string
}

/** After this long a piece of work that no worker has counts as one that none will take: the queue's alarm rings too. */
const longWaitMs = 1_800_000

const waitOf = ({ work, all }: OpenWorkFacts): string => {
  if (work.status === 'running') {
    return work.lease_id === parked
      ? 'Its vendor works on it; its message comes back when it is time to look.'
      : `A worker makes it: ${work.stage}, ${work.share}%.`
  }
  const open = all.filter(
    ({ asset_id, completed_at }) => work.sources.includes(asset_id) && completed_at === undefined,
  )
  return sourcesOf(work, all).state === 'waiting'
    ? `It waits for what it is made from: ${open.map(({ asset_id }) => asset_id).join(', ')}.`
    : 'Its message waits for a worker.'
}

const statusOfWork = (
  facts: OpenWorkFacts,
  now: number,
): { verdict: Verdict; why: string; next?: string } => {
  const { work, all, requestedAt } = facts
  if (isLookedAfter(work, all, now)) return { verdict: 'works', why: waitOf(facts) }
  const lost =
    work.status === 'running' ? 'Its worker is dead.' : 'No worker has taken its message.'
  const dueSince = Date.parse(work.updated_at) + assetMs.quiet
  if (now > dueSince) return due(dueSince, now, lost, 'The next sweep sends it again.')
  if (now - Date.parse(requestedAt) < longWaitMs) return { verdict: 'works', why: waitOf(facts) }
  return {
    verdict: 'stands',
    why: `${lost} The sweeper sends it again and again, and no worker takes it.`,
    next: 'Look at the lines of MediaWorker, its throttles and the age of the media queue; npm run ops -- redrive media --dry-run shows its dead letters.',
  }
}

export const judgeWork = (facts: OpenWorkFacts, now: number): Finding => {
  const { asset_id, asset_type, run_id, session_id, status, attempt, job_ids } = facts.work
  return {
    kind: asset_type === 'export' ? 'export' : 'asset',
    id: asset_id,
    since: facts.work.updated_at,
    where: `${asset_type} ${status}, attempt ${attempt}`,
    session_id,
    run_id,
    jobs: job_ids,
    ...statusOfWork(facts, now),
  }
}
