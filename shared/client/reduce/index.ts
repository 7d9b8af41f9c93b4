import type { StudioEvent } from '../contract.ts'
import { failRun, runEvents, takeElement } from './runs.ts'
import {
  type AssetState,
  emptySession,
  type JobState,
  type SessionLogState,
  stageNames,
} from './state.ts'
import { failTurn, fillSlots, takeTranscript, turnEvents } from './turns.ts'

export type {
  AssetState,
  JobState,
  RunState,
  SessionLogState,
  Stage,
  StageElement,
  Turn,
} from './state.ts'
export { emptySession }

type Of<T extends StudioEvent['type']> = Extract<StudioEvent, { type: T }>

const withAsset = (state: SessionLogState, asset: AssetState): SessionLogState => ({
  ...state,
  assets: { ...state.assets, [asset.asset_id]: asset },
  asset_ids:
    asset.asset_id in state.assets ? state.asset_ids : [...state.asset_ids, asset.asset_id],
})

const withJob = (state: SessionLogState, job: JobState): SessionLogState => ({
  ...state,
  jobs: { ...state.jobs, [job.job_id]: job },
  job_ids: job.job_id in state.jobs ? state.job_ids : [...state.job_ids, job.job_id],
})

const failed = (state: SessionLogState, event: Of<'error'>): SessionLogState => {
  const { data, seq, run_id = null } = event
  const now = { ...state, problem: { ...data, seq, run_id } }
  if (data.turn !== undefined) return failTurn(now, event, data.turn)
  return run_id === null ? now : failRun(now, event)
}

const takers: {
  [T in StudioEvent['type']]: (state: SessionLogState, event: Of<T>) => SessionLogState
} = {
  'session.started': (state, { data, created_at }) => ({
    ...state,
    ...data,
    started_at: created_at,
  }),
  ...turnEvents,
  ...runEvents,
  'slot.updated': fillSlots,
  'gate.ready': (state, { data }) => ({ ...state, gate: data }),
  'voice.delta': (state, event) =>
    'transcript' in event.data
      ? takeTranscript(state, event, event.data)
      : takeElement(state, event),
  'asset.ready': (state, { data, run_id = null, seq }) =>
    withAsset(state, { ...data, run_id, status: 'ready', problem: null, seq }),
  'asset.failed': (state, { data, run_id = null, seq }) =>
    withAsset(state, {
      asset_id: data.asset_id,
      asset_type: data.asset_type,
      run_id,
      status: 'failed',
      url: null,
      expires_at: null,
      problem: data,
      seq,
    }),
  'job.updated': (state, { data, run_id, created_at }) => {
    const known = state.jobs[data.job_id]
    return withJob(state, {
      ...data,
      run_id: run_id ?? known?.run_id ?? null,
      updated_at: created_at,
    })
  },
  error: failed,
}

/**
 * The session after one event more of its log. Pure; what an event does not concern stays the same object.
 * An event that is in the state already changes nothing, and one of a type that is not known here only
 * counts.
 */
export const reduce = (state: SessionLogState, event: StudioEvent): SessionLogState => {
  if (event.seq <= state.seq) return state
  const take = Object.hasOwn(takers, event.type)
    ? (takers[event.type] as (state: SessionLogState, event: StudioEvent) => SessionLogState)
    : undefined
  return {
    ...(take?.(state, event) ?? state),
    session_id: event.session_id,
    seq: event.seq,
    updated_at: event.created_at,
  }
}

/** The session that a log tells of, from its first event on or from a state. */
export const fold = (
  events: Iterable<StudioEvent>,
  from: SessionLogState = emptySession,
): SessionLogState => {
  let state = from
  for (const event of events) state = reduce(state, event)
  return state
}

/** As `GET /api/chat/session/{id}` tells it: percent of the brief, or of the run. */
export const progressOf = ({ state, run_ids, runs, gate }: SessionLogState): number => {
  if (state === 'DONE') return 100
  const run = runs[run_ids.at(-1) ?? '']
  if (!run || state === 'CHAT_COLLECTING' || state === 'BRIEF_READY') {
    return Math.round(100 * gate.completeness)
  }
  const finished = Object.values(run.stages).filter(
    ({ status }) => status === 'completed' || status === 'reused',
  )
  return Math.round((100 * finished.length) / stageNames.length)
}
