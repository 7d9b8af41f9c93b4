import { stageNames } from '../../shared/contracts/agents.ts'
import type { RunFailure } from '../../shared/contracts/runs.ts'
import { errorMessage } from '../../shared/platform/wording/failures.ts'
import { isFinished } from '../../shared/rules/run-state.ts'
import { judgeRun } from '../judgements.ts'
import { duration, plural } from '../terminal.ts'
import { adviceOnFailure } from './advice.ts'
import type { RunFacts } from './facts.ts'
import { resumesOf } from './timeline.ts'

export interface Outcome {
  outcome: 'done' | 'failed' | 'cancelled' | 'in progress' | 'waits for a sweep' | 'stuck'
  /** Sentences: why it ended, or why it has not. */
  why: string[]
  /** Sentences: what to do, in that order; empty when there is nothing to do. */
  next: string[]
}

const listed = (names: readonly string[]): string => names.join(', ')

const finishedIn = ({ stages }: RunFacts): string[] =>
  stageNames.filter((name) =>
    stages.some(({ stage, status }) => stage === name && status === 'committed'),
  )

const whyDone = ({ stages, run, works }: RunFacts): Outcome => {
  const failed = works.filter(({ status }) => status === 'failed')
  const dropped = stages.reduce((sum, { dropped_evidence = 0 }) => sum + dropped_evidence, 0)
  const rejected = stages.flatMap(({ rejectedBy }) => rejectedBy)
  return {
    outcome: 'done',
    why: [
      `All stages are finished: the package is complete${resumesOf(run.attempt)}.`,
      ...(dropped > 0
        ? [`${plural(dropped, 'piece')} of evidence was left out, which no search had returned.`]
        : []),
      ...(rejected.length > 0
        ? [
            `The copy filter kept ${plural(rejected.length, 'text')} back (${listed([...new Set(rejected)])}).`,
          ]
        : []),
      ...(failed.length > 0
        ? [
            `${failed.length} of ${plural(works.length, 'asset or export', 'assets and exports')} failed.`,
          ]
        : []),
    ],
    next:
      failed.length > 0
        ? [
            'Mend what the failed assets name; the same request of their owner then tries them again, and what was bought is used again.',
          ]
        : [],
  }
}

const whyFailed = (facts: RunFacts, failure: RunFailure, detail: string | null): Outcome => {
  const { run } = facts
  const told = errorMessage(failure, 'en-US')
  const finished = finishedIn(facts)
  const partial = facts.stages.find(({ stage }) => stage === failure.stage)?.partialElements ?? 0
  return {
    outcome: 'failed',
    why: [
      `${failure.stage} failed with ${failure.code}${resumesOf(run.attempt)}. Its owner reads: “${told}”`,
      ...(detail === null ? [] : [`The reason that was given: ${detail}`]),
      finished.length > 0 ? `Finished and kept: ${listed(finished)}.` : 'No stage was finished.',
      ...(partial > 0
        ? [
            `${plural(partial, 'element')} of ${failure.stage} had streamed and are kept as partial.`,
          ]
        : []),
    ],
    next: adviceOnFailure(failure, facts),
  }
}

const whyCancelled = (facts: RunFacts): Outcome => {
  const { run } = facts
  const finished = finishedIn(facts)
  return {
    outcome: 'cancelled',
    why: [
      `It was cancelled at ${run.stage}, in attempt ${run.attempt}, by its owner or by an operator.`,
      finished.length > 0 ? `Finished and kept: ${listed(finished)}.` : 'No stage was finished.',
    ],
    next: [
      'Nothing has to be done. A cancelled run cannot be resumed; its owner may start another one, or revise this one from a stage whose predecessors are finished.',
    ],
  }
}

const whyOpen = (facts: RunFacts): Outcome => {
  const { run, now, executions, events, stages } = facts
  const claim = stages.find(({ stage }) => stage === run.stage)
  const leaseUntil = claim?.attempt === run.attempt ? claim.lease_until : undefined
  const execution = executions[run.attempt - 1]
  const { verdict, why, next } = judgeRun({ run, execution, leaseUntil }, now)
  const last = events.at(-1)
  const heard = last
    ? ` Its last event came ${duration(now - Date.parse(last.created_at))} ago.`
    : ''
  const at = `It is at ${run.stage}, in attempt ${run.attempt}${resumesOf(run.attempt)}, for ${duration(now - Date.parse(run.updated_at))}.`
  const outcome = {
    works: 'in progress',
    next_sweep: 'waits for a sweep',
    stands: 'stuck',
  } as const
  const waits = {
    works: ['Nothing has to be done; npm run ops -- cancel stops it.'],
    next_sweep: ['Nothing has to be done within the next two minutes; then look again.'],
    stands: [],
  }
  return {
    outcome: outcome[verdict],
    why: [`${at}${heard}`, why],
    next: [...(next === undefined ? [] : [next]), ...waits[verdict]],
  }
}

/** @param detail what a vendor or a check said about the last failure */
export const outcomeOf = (facts: RunFacts, detail: string | null): Outcome => {
  const { state, error } = facts.run
  if (!isFinished(state)) return whyOpen(facts)
  if (state === 'CANCELLED') return whyCancelled(facts)
  return state === 'FAILED' && error ? whyFailed(facts, error, detail) : whyDone(facts)
}
