import type { StageName, StudioEvent } from '../contract.ts'
import {
  type RunState,
  type SessionLogState,
  type Stage,
  type StageElement,
  stageNames,
} from './state.ts'

type Of<T extends StudioEvent['type']> = Extract<StudioEvent, { type: T }>

const waiting: Stage = {
  status: 'waiting',
  try: 0,
  elements: [],
  started_at: null,
  ended_at: null,
}

const working = ['RUN_RESEARCH', 'GEN_STRATEGY', 'GEN_CREATIVES'] as const
type Working = (typeof working)[number]
const isWorking = (state: string): state is Working =>
  (working as readonly string[]).includes(state)

const withStage = (run: RunState, name: StageName, change: Partial<Stage>): RunState => ({
  ...run,
  stages: { ...run.stages, [name]: { ...run.stages[name], ...change } },
})

const put = (state: SessionLogState, run: RunState): SessionLogState => ({
  ...state,
  runs: { ...state.runs, [run.run_id]: run },
  run_ids: run.run_id in state.runs ? state.run_ids : [...state.run_ids, run.run_id],
})

/** A run that begins behind the first stage has taken over what came before. */
const newRun = (run_id: string, first: StageName, at: string): RunState => {
  const stages = stageNames.map((name) => {
    const reused = stageNames.indexOf(name) < stageNames.indexOf(first)
    return [name, reused ? { ...waiting, status: 'reused' } : waiting]
  })
  return {
    run_id,
    state: 'RUN_RESEARCH',
    stage: first,
    attempt: 0,
    stages: Object.fromEntries(stages) as RunState['stages'],
    problem: null,
    resume_from: null,
    started_at: at,
    ended_at: null,
  }
}

const beginAttempt = (run: RunState, state: Working, stage: StageName, at: string): RunState =>
  withStage(
    {
      ...run,
      state,
      stage,
      attempt: run.attempt + 1,
      problem: null,
      resume_from: null,
      ended_at: null,
    },
    stage,
    { ...waiting, status: 'running', started_at: at },
  )

const goOn = (run: RunState, state: Working, stage: StageName, at: string): RunState => {
  if (stage === run.stage) return { ...run, state }
  const ended = withStage(run, run.stage, { status: 'completed', ended_at: at })
  const begun = { ...ended, state, stage }
  // A stage that began ahead of its turn goes on.
  if (run.stages[stage].status === 'running') return begun
  return withStage(begun, stage, { ...waiting, status: 'running', started_at: at })
}

/** Stages that began ahead of their turn end with their run; what they showed stays. */
const endAhead = (run: RunState, status: Stage['status'], ended_at: string | null): RunState =>
  stageNames
    .slice(stageNames.indexOf(run.stage) + 1)
    .filter((name) => run.stages[name].elements.length > 0)
    .reduce((now, name) => withStage(now, name, { status, ended_at }), run)

const firstOf: Record<Working, StageName> = {
  RUN_RESEARCH: 'research',
  GEN_STRATEGY: 'strategy',
  GEN_CREATIVES: 'creative',
}

const moved = (run: RunState, { data, created_at }: Of<'stage.changed'>): RunState => {
  const { from, to } = data
  if (isWorking(to)) {
    const stage = data.stage ?? firstOf[to]
    return isWorking(from)
      ? goOn(run, to, stage, created_at)
      : beginAttempt(run, to, stage, created_at)
  }
  const end = { ended_at: created_at }
  if (to === 'DONE') {
    const completed = endAhead(run, 'completed', created_at)
    return {
      ...withStage(completed, run.stage, { status: 'completed', ...end }),
      ...end,
      state: to,
      stage: stageNames.at(-1) ?? run.stage,
    }
  }
  if (to === 'FAILED') {
    const stage = data.stage ?? run.stage
    const failed = endAhead(run, 'waiting', null)
    return { ...withStage(failed, stage, { status: 'failed', ...end }), ...end, state: to, stage }
  }
  // Back in the brief: it was cancelled.
  return {
    ...withStage(endAhead(run, 'cancelled', created_at), run.stage, {
      status: 'cancelled',
      ...end,
    }),
    ...end,
    state: 'CANCELLED',
  }
}

const stageOf = { research: 0, strategy: 1, creative: 2, voice: 3 }

/** A stage with its first element: where it waited, it begins ahead of its turn, and anew in another attempt. */
const begunBy = (stage: Stage, at: string): Stage =>
  stage.status === 'waiting' ? { ...waiting, status: 'running', started_at: at } : stage

/**
 * The elements that a new one leaves: of a later try none of those that it replaces. Undefined when the new one
 * is of an earlier try itself. Of the creatives each kind is an answer with tries of its own.
 */
const elementsBeside = (
  { elements }: Stage,
  name: StageName,
  { kind, try: tried }: { kind: string; try: number },
): StageElement[] | undefined => {
  const isReplaced = (each: StageElement) => name !== 'creative' || each.kind === kind
  const last = elements.findLast(isReplaced)?.try ?? 0
  if (tried < last) return undefined
  return tried > last ? elements.filter((each) => !isReplaced(each)) : elements
}

/** One element of a stage; a later try replaces what came of an earlier one. */
export const takeElement = (
  state: SessionLogState,
  event: Of<'research.delta' | 'strategy.delta' | 'creative.delta' | 'voice.delta'>,
): SessionLogState => {
  const { data, run_id = '', type, seq, created_at } = event
  const run = state.runs[run_id]
  const name = type.slice(0, -'.delta'.length) as StageName
  if (!run || !('kind' in data) || !(name in stageOf)) return state
  const stage = begunBy(run.stages[name], created_at)
  const beside = elementsBeside(stage, name, data)
  if (beside === undefined) return state
  const { kind, item, copy_safety = null } = data
  const elements = [...beside, { kind, item, copy_safety, seq, try: data.try }]
  return put(
    state,
    withStage(run, name, { ...stage, elements, try: Math.max(stage.try, data.try) }),
  )
}

export const runEvents = {
  'stage.changed': (state: SessionLogState, event: Of<'stage.changed'>): SessionLogState => {
    const now = { ...state, state: event.data.to }
    const { run_id, data } = event
    if (run_id === undefined) return now
    const known = state.runs[run_id]
    return put(
      now,
      moved(known ?? newRun(run_id, data.stage ?? 'research', event.created_at), event),
    )
  },
  'run.completed': (state: SessionLogState, { data, created_at }: Of<'run.completed'>) => {
    const run = state.runs[data.run_id]
    const now = { ...state, state: 'DONE' as const }
    return run ? put(now, { ...run, state: 'DONE', ended_at: run.ended_at ?? created_at }) : now
  },
  'research.delta': takeElement,
  'strategy.delta': takeElement,
  'creative.delta': takeElement,
}

export const failRun = (state: SessionLogState, event: Of<'error'>): SessionLogState => {
  const run = state.runs[event.run_id ?? '']
  if (!run) return state
  const { resume_from } = event.data
  const ended = { ended_at: run.ended_at ?? event.created_at, problem: event.data, resume_from }
  return put(state, { ...run, ...ended, state: 'FAILED' })
}
