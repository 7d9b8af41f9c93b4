import { isDeepStrictEqual } from 'node:util'
import type { Positioning } from '../../contracts/agents.ts'
import type { Run, RunWithStages } from '../../repositories/run-output-repository.ts'
import { type HeldStage, heldFrom } from './stage-claim.ts'
import { completes, runAfter } from './stage-commit.ts'
import type { Worker } from './stage-work.ts'
import { Superseded } from './worker-stream.ts'

/** The stage that follows, at work ahead of the commit that claims it. */
export interface Following {
  /** The stage with a claim that counts from `now`. */
  heldFrom(now: number): HeldStage
  /** What it works from, when it was begun before all of the output was written. */
  positioning: Positioning | undefined
  /** The commit has claimed it. */
  begin(): void
  /** It is not this worker's, or not to be done like this: its work ends, and nothing of it is seen. */
  drop(reason: string): void
}

/**
 * Begins the stage that follows, where the worker has time for it. It asks its model, and takes nothing of the
 * answer before `begin`.
 * @param run the run at the stage of the worker
 * @param foundAfter what the stage that follows works from; read from the table when that is not known
 */
export const beginFollowing = (
  { held, work }: Worker,
  run: Run,
  foundAfter: () => RunWithStages | undefined,
): Following | undefined => {
  const { stage } = held.task
  const ahead = work.claimAfter(held)
  const moved = ahead && !completes(run, stage) && runAfter(run, stage)
  if (!ahead || !moved) return undefined
  const found = foundAfter()
  const begun = Promise.withResolvers<void>()
  begun.promise.catch(() => {})
  const release = work.follow({
    held: ahead,
    found: found && { ...found, run: moved },
    begun: begun.promise,
    stop: new AbortController(),
  })
  return {
    heldFrom: (now) => heldFrom(ahead, now),
    positioning: found?.positioning,
    begin: () => begun.resolve(),
    drop(reason) {
      begun.reject(new Superseded(reason))
      release()
    },
  }
}

/** Whether a strategy has kept the positioning that the creatives were begun with. */
const isPartOf = (positioning: Positioning, whole: Positioning | undefined): boolean =>
  isDeepStrictEqual(positioning.market_assessment, whole?.market_assessment) &&
  isDeepStrictEqual(positioning.positioning_options, whole?.positioning_options)

/**
 * The stage that follows one whose output is about to be committed: what was begun early goes on, as long as the
 * output is what it works from. It is begun now otherwise.
 */
export const followingOf = (
  worker: Worker,
  early: Following | undefined,
  run: Run,
  foundAfter: () => RunWithStages,
): Following | undefined => {
  if (early?.positioning) {
    if (isPartOf(early.positioning, foundAfter().stages.strategy?.output)) return early
    early.drop('It was begun with a positioning that is another now.')
  }
  return beginFollowing(worker, run, () => {
    const found = foundAfter()
    return found.stages[worker.held.task.stage]?.output && found
  })
}
