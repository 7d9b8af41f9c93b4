import type { RunFacts, StageRecord } from '../../../ops/explain/facts.ts'
import type { StageName } from '../../../shared/contracts/agents.ts'
import type { EventDraft, StudioEvent } from '../../../shared/contracts/events.ts'
import type { RunFailure } from '../../../shared/contracts/runs.ts'
import { defaultCaps } from '../../../shared/rules/spend-caps.ts'

/** Facts of a run as the table has them, for explanations. */

export const runId = `run_${'a'.repeat(26)}`
const sessionId = `sess_${'a'.repeat(26)}`
export const began = Date.parse('2026-11-26T10:00:00.000Z')

export const at = (seconds: number): string => new Date(began + seconds * 1000).toISOString()

/** Events one second after the other, from the run's beginning on. */
export const log = (...drafts: EventDraft[]): StudioEvent[] =>
  drafts.map(
    (draft, index) =>
      ({
        event_id: `evt_${index + 1}`,
        seq: index + 1,
        session_id: sessionId,
        run_id: runId,
        created_at: at(index),
        ...draft,
      }) as StudioEvent,
  )

type State = 'BRIEF_READY' | 'RUN_RESEARCH' | 'GEN_STRATEGY' | 'GEN_CREATIVES' | 'DONE' | 'FAILED'

export const moved = (from: State, to: State, stage?: StageName): EventDraft => ({
  type: 'stage.changed',
  data: { from, to, state: to, ...(stage ? { stage } : {}) },
})

export const finished = (stage: StageName): StageRecord => ({
  stage,
  status: 'committed',
  attempt: 1,
  generation: 0,
  lease_id: 'lease_1',
  lease_until: 0,
  token: '',
  partialElements: 0,
  rejectedBy: [],
})

export const failure = (code: RunFailure['code'], stage: StageName = 'strategy'): RunFailure => ({
  code,
  stage,
  message: '한국어 문구',
  retryable: true,
})

const nothing = { held: 0, reserved: 0 }

export const facts = ({
  run,
  ...rest
}: Partial<Omit<RunFacts, 'run'>> & { run?: Partial<RunFacts['run']> } = {}): RunFacts => ({
  now: began + 60_000,
  run: {
    run_id: runId,
    session_id: sessionId,
    owner: 'user_1',
    locale: 'ko-KR',
    mode: 'standard',
    state: 'GEN_STRATEGY',
    stage: 'strategy',
    attempt: 1,
    created_at: at(0),
    updated_at: at(2),
    ...run,
  },
  stages: [finished('research')],
  usage: {
    input_tokens: 0,
    output_tokens: 0,
    total_tokens: 0,
    calls: 0,
    calls_without_usage: 0,
    cost: null,
    search: { calls: 0, cost: null },
    agents: {},
    early_research: null,
  },
  sums: { run: nothing, principal_day: nothing, deployment_day: nothing },
  caps: defaultCaps,
  executions: [{ status: 'RUNNING' }],
  events: log(
    moved('BRIEF_READY', 'RUN_RESEARCH', 'research'),
    moved('RUN_RESEARCH', 'GEN_STRATEGY', 'strategy'),
  ),
  session: { state: 'GEN_STRATEGY', run_id: runId },
  works: [],
  ...rest,
})
