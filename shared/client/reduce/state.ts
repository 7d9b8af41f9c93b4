import type {
  BriefSlots,
  ErrorBody,
  FailureData,
  Gate,
  Locale,
  Mode,
  SessionState,
  SlotUpdate,
  StageName,
  StudioEvent,
} from '../contract.ts'

type DataOf<T extends StudioEvent['type']> = Extract<StudioEvent, { type: T }>['data']

/** One exchange: what the user said, and what the planner answers while it answers. */
export interface Turn {
  turn: number
  /** Null until the turn's message is in the log. */
  input: DataOf<'turn.started'>['input'] | null
  /** What was typed, understood of a recording, or noted to a picture. */
  message: string | null
  client_message_id: string | null
  /** The path of the turn's picture. */
  image_url: string | null
  /** What came of the reply so far; of a completed turn, all of it. Empty of a notice by the product. */
  reply: string
  /** The try of the model that wrote it: the text of a later one replaces an earlier one's. */
  try: number
  status: 'answering' | 'completed' | 'failed'
  /** The slots that it changed. */
  slot_updates: SlotUpdate[]
  /** Why the product itself answered, with a notice. */
  not_read: ErrorBody | null
  problem: FailureData | null
  started_at: string
  ended_at: string | null
}

/** One finished element of an agent's answer. */
export interface StageElement {
  kind: string
  item: unknown
  copy_safety: DataOf<'research.delta'>['copy_safety'] | null
  seq: number
  /** The model's try that it is of. */
  try: number
}

export interface Stage {
  /** `reused`: taken over from the run that this one revises. */
  status: 'waiting' | 'running' | 'completed' | 'failed' | 'cancelled' | 'reused'
  /** The newest try of the model; elements that it has written again are gone. */
  try: number
  elements: StageElement[]
  started_at: string | null
  ended_at: string | null
}

export interface RunState {
  run_id: string
  state: 'RUN_RESEARCH' | 'GEN_STRATEGY' | 'GEN_CREATIVES' | 'DONE' | 'FAILED' | 'CANCELLED'
  /** The stage that runs, or at which the run ended. */
  stage: StageName
  /** 1, and one more with each time that it was resumed. */
  attempt: number
  stages: Record<StageName, Stage>
  problem: FailureData | null
  resume_from: StageName | null
  started_at: string
  ended_at: string | null
}

export interface JobState {
  job_id: string
  type: string
  status: DataOf<'job.updated'>['status']
  progress: number
  eta_seconds: number | null
  run_id: string | null
  updated_at: string
}

export interface AssetState {
  asset_id: string
  asset_type: string
  run_id: string | null
  status: 'ready' | 'failed'
  /** The path of the route that answers with links; null of one that failed. */
  url: string | null
  expires_at: string | null
  problem: DataOf<'asset.failed'> | null
  seq: number
}

/** A session as its log tells it: JSON, and equal for equal logs. */
export interface SessionLogState {
  session_id: string | null
  /** Of the last event that is in it. */
  seq: number
  locale: Locale | null
  mode: Mode | null
  state: SessionState
  /** Oldest first. The greeting, turn 0, is not in the log. */
  turns: Turn[]
  slots: BriefSlots
  gate: Gate
  /** By id; `run_ids` has the order, oldest first. */
  runs: Record<string, RunState>
  run_ids: string[]
  jobs: Record<string, JobState>
  job_ids: string[]
  assets: Record<string, AssetState>
  asset_ids: string[]
  /** The last failure of a turn or run, even when all went well since. */
  problem: (FailureData & { seq: number; run_id: string | null }) | null
  started_at: string | null
  updated_at: string | null
}

/** What a brief needs, in the contract's order. */
export const requiredSlots: Gate['missing_required'] = [
  'product.name',
  'product.category',
  'product.features',
  'product.price_band',
  'target.who',
  'target.why',
  'channel.channels',
  'goal.weekly_goal',
]

export const stageNames: readonly StageName[] = ['research', 'strategy', 'creative', 'voice']

/** What is known before the first event. */
export const emptySession: SessionLogState = {
  session_id: null,
  seq: 0,
  locale: null,
  mode: null,
  state: 'CHAT_COLLECTING',
  turns: [],
  slots: {},
  gate: { ready: false, missing_required: requiredSlots, completeness: 0, confidence: 0 },
  runs: {},
  run_ids: [],
  jobs: {},
  job_ids: [],
  assets: {},
  asset_ids: [],
  problem: null,
  started_at: null,
  updated_at: null,
}
