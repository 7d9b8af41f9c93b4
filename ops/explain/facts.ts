import type { Execution } from '../../shared/clients/state-machine.ts'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import type { RunUsage } from '../../shared/contracts/runs.ts'
import type { SessionState } from '../../shared/contracts/session.ts'
import type { CapName } from '../../shared/contracts/spend.ts'
import { spendCaps } from '../../shared/platform/spend-settings.ts'
import type { Work } from '../../shared/repositories/media-work.ts'
import type { Run } from '../../shared/repositories/run-output-repository.ts'
import type { SpendSums } from '../../shared/repositories/spend-repository.ts'
import type { Stage, Stages } from '../../shared/repositories/stage-repository.ts'
import { type Caps, spendDay } from '../../shared/rules/spend-caps.ts'
import { usageOf } from '../../shared/services/runs/run-usage.ts'
import { Failure } from '../failure.ts'
import type { Repositories } from '../repositories.ts'

/** A stage without what its agent wrote, and without the token that ends its task. */
export type StageRecord = Omit<
  Stage,
  'output' | 'partial' | 'copy_rejected' | 'copy_safety' | 'task_token'
> & {
  /** Elements that had streamed when it failed. */
  partialElements: number
  /** Rules by which the copy filter dropped texts of it. */
  rejectedBy: string[]
}

/** All that is known of a run, without what people and models wrote, but for what is quoted in events. */
export interface RunFacts {
  /** Epoch milliseconds. */
  now: number
  run: Omit<Run, 'brief' | 'launch'>
  stages: readonly StageRecord[]
  usage: RunUsage
  /** Micro-dollars under each cap, those of days of today. */
  sums: Readonly<Record<CapName, SpendSums>>
  caps: Caps
  /** By attempt, the first one first; undefined when it was never started, or is not known any more. */
  executions: readonly (Execution | undefined)[]
  /** Those of the run, in the log's order. */
  events: readonly StudioEvent[]
  /** The session's; undefined when it is gone. */
  session: { state: SessionState; run_id?: string | undefined } | undefined
  /** Assets and exports. */
  works: readonly Work[]
}

const recordsOf = (stages: Stages): StageRecord[] =>
  Object.values(stages).map(
    ({ output: _, partial, copy_rejected, copy_safety: __, task_token: ___, ...stage }) => ({
      ...stage,
      partialElements: partial?.length ?? 0,
      rejectedBy: (copy_rejected ?? []).map(({ rule }) => rule),
    }),
  )

/** The events of a run, which all lie behind its beginning. */
const eventsOf = async ({ events }: Repositories, run: Run): Promise<StudioEvent[]> => {
  const since = await events.readBack(
    run.session_id,
    ({ created_at }) => created_at < run.created_at,
  )
  return since.filter(({ run_id }) => run_id === run.run_id)
}

/** Reads everything about a run. @throws Failure when there is none */
export const factsOfRun = async (all: Repositories, runId: string): Promise<RunFacts> => {
  const found = await all.runs.get(runId)
  if (!found) throw new Failure(`There is no run ${runId}.`)
  const now = all.clock.now()
  const { brief: _, launch: __, ...run } = found.run
  const attempts = Array.from({ length: run.attempt }, (_, index) => index + 1)
  const account = { principal: run.owner, runId, day: spendDay(now) }
  const [events, session, assets, exports, sums, executions] = await Promise.all([
    eventsOf(all, found.run),
    all.sessions.get(run.session_id),
    all.assets.list(runId),
    all.exports.list(runId),
    all.spends.sums(account),
    Promise.all(attempts.map((attempt) => all.machine.describe(runId, attempt))),
  ])
  return {
    now,
    run,
    stages: recordsOf(found.stages),
    usage: usageOf(found),
    sums,
    caps: spendCaps(),
    executions,
    events,
    session,
    works: [...assets, ...exports],
  }
}
