import * as z from 'zod'
import { CreativeOutput, ResearchOutput, StageName, StrategyOutput, VoiceOutput } from './agents.ts'
import { Brief } from './brief.ts'
import { CopyRejection, CopySafety } from './copy-safety.ts'
import { EarlyResearchUsage } from './early-research.ts'
import { ErrorCode, FieldError } from './problems.ts'
import { CallUsage, Cost, Provenance, SearchUsage } from './provenance.ts'
import { Timestamp } from './session.ts'
import { CapName } from './spend.ts'
import { text } from './text.ts'

export const runStates = [
  'RUN_RESEARCH',
  'GEN_STRATEGY',
  'GEN_CREATIVES',
  'DONE',
  'FAILED',
  'CANCELLED',
] as const
/** How far a run is. */
export const RunState = z.enum(runStates)
export type RunState = z.infer<typeof RunState>

export const RunId = z.string().regex(/^run_[0-9a-z]{26}$/)

export const revisableStages = ['strategy', 'creative', 'voice'] as const satisfies StageName[]

/** What to write again of a finished run, and how. */
export const ReviseRequest = z.strictObject({
  /** The first stage that is written again; what came before it is taken over. */
  from: z.enum(revisableStages),
  /** One of the strategy's, which the rest is then written for. */
  positioning_id: text(40).optional(),
  /** What should be different, for the agents to read as data. */
  note: text(500, { multiline: true }).optional(),
})
export type ReviseRequest = z.infer<typeof ReviseRequest>

/** How a run was made from its parent. */
export const RunRevision = z.object({
  from: z.enum(revisableStages),
  positioning_id: z.string().nullable(),
  note: z.string().nullable(),
})
export type RunRevision = z.infer<typeof RunRevision>

/** One element of an answer that never became whole. */
export const PartialElement = z.object({ kind: z.string(), item: z.unknown() })
export type PartialElement = z.infer<typeof PartialElement>

/** Why a run failed; the point to resume from is the stage that failed. */
export const RunFailure = z.object({
  code: ErrorCode,
  message: z.string(),
  retryable: z.boolean(),
  stage: StageName,
  /** With `COPY_SAFETY_REJECTED`: the rule and the law of each text that was blocked, at its place. */
  errors: z.array(FieldError).optional(),
  /** With `BUDGET_EXCEEDED`: the cap that has no room. */
  cap: CapName.optional(),
})
export type RunFailure = z.infer<typeof RunFailure>

/** What one agent's calls used over all attempts. Without a price for its model the cost is null. */
export const AgentUsage = CallUsage.extend({
  models: z.array(z.string()),
  cost: Cost.nullable(),
})
export type AgentUsage = z.infer<typeof AgentUsage>

/** The search of a run, and its findings, that were made before it, while its brief was still talked about. */
export const TakenSearch = EarlyResearchUsage.extend({
  searched_at: Timestamp,
  /** When its findings were shaped, with what the brief held then; null where the run shaped them. */
  shaped_at: Timestamp.nullable(),
  /** The run whose sums hold what it used: the first that took it. */
  counted_in: RunId,
})
export type TakenSearch = z.infer<typeof TakenSearch>

/**
 * What a run's calls of models used, in all and by agent; the cost is null unless every price is known.
 * Searches cost beside it.
 */
export const RunUsage = CallUsage.extend({
  cost: Cost.nullable(),
  search: SearchUsage,
  agents: z.partialRecord(StageName, AgentUsage),
  /** Null of a run that searched by itself. */
  early_research: TakenSearch.nullable(),
})
export type RunUsage = z.infer<typeof RunUsage>

/** The package of a run, complete or partial; what no agent has written yet is null. */
export const RunView = z.object({
  run_id: RunId,
  session_id: z.string(),
  /** The run whose stages before `revision.from` this one has taken over; null of one that began anew. */
  parent_run_id: RunId.nullable(),
  revision: RunRevision.nullable(),
  state: RunState,
  attempt: z.number().int(),
  brief_summary: Brief,
  research_snapshot: ResearchOutput.nullable(),
  strategy_plan: StrategyOutput.nullable(),
  creative_assets: CreativeOutput.nullable(),
  voice_assets: VoiceOutput.nullable(),
  kpi_next_actions: StrategyOutput.shape.kpi_next_actions.nullable(),
  provenance: z.partialRecord(StageName, Provenance),
  usage: RunUsage,
  /** What the copy filter says of every text of the package; null until a stage with such texts is done. */
  copy_safety: CopySafety.nullable(),
  /** Texts that the filter blocked twice, which are therefore in no part of the package. */
  copy_rejected: z.array(CopyRejection),
  /** Evidence the research agent named whose URL the search had not returned. */
  dropped_evidence: z.number().int(),
  error: RunFailure.nullable(),
  /** What the failed stage had streamed before it failed: not an output, and never becomes one. */
  partial: z.object({ stage: StageName, elements: z.array(PartialElement) }).nullable(),
  /** The stage at which `POST …/resume` goes on. */
  resume_from: StageName.nullable(),
  created_at: Timestamp,
  updated_at: Timestamp,
  completed_at: Timestamp.nullable(),
})
export type RunView = z.infer<typeof RunView>

/** A run in a list. */
export const RunSummary = RunView.pick({
  run_id: true,
  session_id: true,
  parent_run_id: true,
  revision: true,
  state: true,
  attempt: true,
  error: true,
  resume_from: true,
  created_at: true,
  updated_at: true,
  completed_at: true,
}).extend({ product_name: z.string() })
export type RunSummary = z.infer<typeof RunSummary>
