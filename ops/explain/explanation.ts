import { type StageName, stageNames } from '../../shared/contracts/agents.ts'
import type { FieldError } from '../../shared/contracts/problems.ts'
import type { RunFailure } from '../../shared/contracts/runs.ts'
import { dollarsOf } from '../../shared/rules/spend-caps.ts'
import type { RunFacts, StageRecord } from './facts.ts'
import { type Outcome, outcomeOf } from './outcome.ts'
import { type Attempt, attemptsOf, type LogLine, logLines, stageTimes } from './timeline.ts'

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

export interface Explanation extends Outcome {
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
  began_at: string
  ended_at: string | null
  took_ms: number
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

const detailOf = (attempts: readonly Attempt[]): string | null => attempts.at(-1)?.detail ?? null

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
