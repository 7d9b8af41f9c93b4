import { type StageName, stageNames } from '../../shared/contracts/agents.ts'
import type { FieldError } from '../../shared/contracts/problems.ts'
import type { RunFailure } from '../../shared/contracts/runs.ts'
import { errorMessage } from '../../shared/platform/wording.ts'
import { isFinished } from '../../shared/rules/run-state.ts'
import { dollarsOf } from '../../shared/rules/spend-caps.ts'
import { judgeRun } from '../judgements.ts'
import { duration, plural } from '../terminal.ts'
import { adviceOnFailure } from './advice.ts'
import type { RunFacts, StageRecord } from './facts.ts'
import {
  type Attempt,
  attemptsOf,
  type LogLine,
  logLines,
  resumesOf,
  stageTimes,
} from './timeline.ts'

export interface ExplainedStage {
  stage: StageName
  status: 'done' | 'at work' | 'failed' | 'stopped' | 'taken over' | 'not begun'
  /** Calls of the model, over all attempts. */
  calls: number
  /** Of these, calls that did not tell what they used. */
  calls_without_usage: number
  input_tokens: number
  output_tokens: number
  /** US dollars; null when a price is not known, or no call has told what it used. */
  cost: number | null
  /** Milliseconds of its last attempt; null when it was not begun. */
  took_ms: number | null
  models: string[]
  /** Elements that it had streamed when it failed. */
  partial_elements: number
  dropped_evidence: number
  /** Rules of the copy filter that kept texts of it back. */
  rejected_by: string[]
}

export interface ExplainedAsset {
  asset_id: string
  type: string
  placement: string | null
  status: string
  stage: string
  /** US dollars; null when nothing is known. */
  cost: number | null
  code: string | null
  detail: string | null
}

export interface Explanation {
  run_id: string
  session_id: string
  principal: string
  job_id: string | null
  request_id: string | null
  parent_run_id: string | null
  locale: string
  mode: string
  state: string
  stage: StageName
  attempt: number
  outcome: 'done' | 'failed' | 'cancelled' | 'in progress' | 'waits for a sweep' | 'stuck'
  began_at: string
  ended_at: string | null
  took_ms: number
  /** Sentences: why it ended, or why it has not. */
  why: string[]
  /** Sentences: what to do, in that order; empty when there is nothing to do. */
  next: string[]
  failure: {
    code: string
    stage: StageName
    retryable: boolean
    /** The vendor's own reason. */
    detail: string | null
    rules: FieldError[]
  } | null
  stages: ExplainedStage[]
  attempts: (Attempt & { execution: string })[]
  /** US dollars. */
  cost: {
    models: number | null
    searches: number | null
    search_calls: number
    /** What counts towards the run's cap, with media. */
    spent: number
    /** Held by calls in progress, or by workers that died. */
    reserved: number
    cap: number
  }
  log: LogLine[]
  assets: ExplainedAsset[]
}

type Outcome = Pick<Explanation, 'outcome' | 'why' | 'next'>

const statusOf = (
  { run }: RunFacts,
  name: StageName,
  record: StageRecord | undefined,
): ExplainedStage['status'] => {
  if (record?.status === 'committed') return record.attempt === 0 ? 'taken over' : 'done'
  if (run.stage !== name || run.state === 'DONE') return 'not begun'
  if (run.state === 'FAILED') return 'failed'
  return run.state === 'CANCELLED' ? 'stopped' : 'at work'
}

const explainStage = (
  facts: RunFacts,
  name: StageName,
  took: number | undefined,
): ExplainedStage => {
  const record = facts.stages.find(({ stage }) => stage === name)
  const used = facts.usage.agents[name]
  const provenance = record?.provenance ? [record.provenance.model] : []
  return {
    stage: name,
    status: statusOf(facts, name, record),
    calls: used?.calls ?? 0,
    calls_without_usage: used?.calls_without_usage ?? 0,
    input_tokens: used?.input_tokens ?? 0,
    output_tokens: used?.output_tokens ?? 0,
    cost: used?.cost?.amount ?? (used && used.calls > 0 ? null : 0),
    took_ms: took ?? null,
    models: used && used.models.length > 0 ? used.models : provenance,
    partial_elements: record?.partialElements ?? 0,
    dropped_evidence: record?.dropped_evidence ?? 0,
    rejected_by: record?.rejectedBy ?? [],
  }
}

const listed = (names: readonly string[]): string => names.join(', ')

const finishedIn = ({ stages }: RunFacts): string[] =>
  stageNames.filter((name) =>
    stages.some(({ stage, status }) => stage === name && status === 'committed'),
  )

const whyDone = ({ stages, run }: RunFacts): Outcome => {
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
    ],
    next: [],
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

const detailOf = (attempts: readonly Attempt[]): string | null => attempts.at(-1)?.detail ?? null

const outcomeOf = (facts: RunFacts, detail: string | null): Outcome => {
  const { state, error } = facts.run
  if (!isFinished(state)) return whyOpen(facts)
  if (state === 'CANCELLED') return whyCancelled(facts)
  return state === 'FAILED' && error ? whyFailed(facts, error, detail) : whyDone(facts)
}

const costOfRun = ({ usage, sums, caps }: RunFacts): Explanation['cost'] => ({
  models: usage.cost?.amount ?? (usage.calls > 0 ? null : 0),
  searches: usage.search.cost?.amount ?? (usage.search.calls > 0 ? null : 0),
  search_calls: usage.search.calls,
  spent: dollarsOf(sums.run.held - sums.run.reserved),
  reserved: dollarsOf(sums.run.reserved),
  cap: dollarsOf(caps.run),
})

const assetsOf = ({ works }: RunFacts): ExplainedAsset[] =>
  works
    .toSorted((one, other) => one.created_at.localeCompare(other.created_at))
    .map(({ asset_id, asset_type, placement, status, stage, cost, error }) => ({
      asset_id,
      type: asset_type,
      placement,
      status,
      stage,
      cost: cost?.amount ?? null,
      code: error?.code ?? null,
      detail: error?.detail ?? null,
    }))

const failureOf = (error: RunFailure | undefined, detail: string | null): Explanation['failure'] =>
  error
    ? {
        code: error.code,
        stage: error.stage,
        retryable: error.retryable,
        detail,
        rules: error.errors ?? [],
      }
    : null

/** What became of a run, why, and what to do: a pure function of what is stored. */
export const explainRun = (facts: RunFacts): Explanation => {
  const { run, events, now, executions } = facts
  const attempts = attemptsOf(events)
  const detail = detailOf(attempts)
  const times = stageTimes(events, now)
  const ended = run.completed_at ?? null
  return {
    run_id: run.run_id,
    session_id: run.session_id,
    principal: run.owner,
    job_id: run.job_id ?? null,
    request_id: run.request_id ?? null,
    parent_run_id: run.parent_run_id ?? null,
    locale: run.locale,
    mode: run.mode,
    state: run.state,
    stage: run.stage,
    attempt: run.attempt,
    began_at: run.created_at,
    ended_at: ended,
    took_ms: (ended === null ? now : Date.parse(ended)) - Date.parse(run.created_at),
    ...outcomeOf(facts, detail),
    failure: failureOf(run.error, detail),
    stages: stageNames.map((name) => explainStage(facts, name, times[name])),
    attempts: attempts.map((attempt, index) => ({
      ...attempt,
      execution: executions[index]?.status ?? 'unknown',
    })),
    cost: costOfRun(facts),
    log: logLines(events),
    assets: assetsOf(facts),
  }
}
