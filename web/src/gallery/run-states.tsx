import { useSignal } from '@preact/signals'
import type { FailureData, RunView, StageName } from '../../../shared/client/contract.ts'
import type { RunState, Stage, StageElement } from '../../../shared/client/reduce/index.ts'
import { Tabs } from '../design/tabs.tsx'
import { RunPage } from '../run/run-page.tsx'
import { stages } from '../run/stage-rail.tsx'
import { sampleWords } from '../wording/samples.ts'
import { Exhibit } from './exhibit.tsx'

type SampleState = keyof typeof sampleWords.value.run

const at = (seconds: number): string =>
  new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString()

const elements = (count: number): StageElement[] =>
  Array.from({ length: count }, (_, index) => ({
    kind: index < 3 ? 'market_signals' : 'risk_flags',
    item:
      index < 3
        ? { signal: sampleWords.value.element, impact: 'high', evidence_ids: [] }
        : sampleWords.value.element,
    copy_safety: null,
    seq: index + 1,
    try: 1,
  }))

const waiting: Stage = { status: 'waiting', try: 0, elements: [], started_at: null, ended_at: null }

const stage = (status: Stage['status'], change: Partial<Stage> = {}): Stage => ({
  ...waiting,
  ...{ status, try: 1, elements: elements(5), started_at: at(0), ended_at: at(42) },
  ...change,
})

const running = (): Stage => ({
  ...stage('running'),
  started_at: new Date(Date.now() - 9_000).toISOString(),
  ended_at: null,
})

/** Up to one stage all are completed, and all behind it wait. */
const upTo = (name: StageName, last: Stage): RunState['stages'] => {
  const place = stages.indexOf(name)
  const of = (each: StageName): Stage => {
    const index = stages.indexOf(each)
    return index < place ? stage('completed') : index === place ? last : waiting
  }
  return {
    research: of('research'),
    strategy: of('strategy'),
    creative: of('creative'),
    voice: of('voice'),
  }
}

const failure = (code: FailureData['code']): FailureData => ({
  ...{ code, message: sampleWords.value.message[code as 'UPSTREAM_ERROR'], retryable: true },
  ...{ stage: 'creative', resume_from: 'creative' },
  errors:
    code === 'COPY_SAFETY_REJECTED'
      ? [{ path: 'ad_copies.c1', message: sampleWords.value.law }]
      : undefined,
})

const sample = (change: Partial<RunState>): RunState => ({
  ...{ run_id: 'run_00000000000000000000000000', attempt: 1, problem: null, resume_from: null },
  ...{ state: 'RUN_RESEARCH', stage: 'research', stages: upTo('research', running()) },
  ...{ started_at: new Date(Date.now() - 9_000).toISOString(), ended_at: null },
  ...change,
})

const ended = { started_at: at(0), ended_at: at(168) }

const failedRun = (code: FailureData['code']): RunState => {
  const stages = upTo('creative', stage('failed'))
  const problem = failure(code)
  const how = { stages, problem, resume_from: problem.resume_from, attempt: 2 }
  return sample({ ...ended, ...how, state: 'FAILED', stage: 'creative' })
}

const sampleRun: Record<SampleState, () => RunState> = {
  running: () => sample({}),
  rewriting: () =>
    sample({ stages: upTo('research', { ...running(), try: 2, elements: elements(1) }) }),
  failed: () => failedRun('UPSTREAM_ERROR'),
  rejected: () => failedRun('COPY_SAFETY_REJECTED'),
  cancelled: () => {
    const stages = upTo('strategy', stage('cancelled'))
    return sample({ ...ended, stages, state: 'CANCELLED', stage: 'strategy' })
  },
  done: () => {
    const stages = upTo('voice', stage('completed'))
    return sample({ ...ended, stages, state: 'DONE', stage: 'voice' })
  },
  revised: () => {
    const stages = upTo('voice', stage('completed'))
    const taken = { ...stages, research: { ...waiting, status: 'reused' as const } }
    return sample({ ...ended, stages: taken, state: 'DONE', stage: 'voice' })
  },
}

const used = {
  ...{ input_tokens: 9_000, output_tokens: 3_000, total_tokens: 12_000 },
  ...{ calls: 4, calls_without_usage: 0, models: ['sample-model'] },
}
const cost = { amount: 0.0312, currency: 'USD' as const, price_table: 'sample' }

const sampleView = (state: SampleState): RunView => ({
  ...{ run_id: 'run_00000000000000000000000000', session_id: '', state: 'DONE', attempt: 1 },
  parent_run_id: state === 'revised' ? 'run_00000000000000000000000001' : null,
  revision:
    state === 'revised'
      ? { from: 'strategy', positioning_id: null, note: sampleWords.value.note }
      : null,
  brief_summary: {} as RunView['brief_summary'],
  ...{ research_snapshot: null, strategy_plan: null, creative_assets: null, voice_assets: null },
  ...{ kpi_next_actions: null, provenance: {}, copy_safety: null, copy_rejected: [] },
  usage: { ...used, cost, search: { calls: 0, cost: null }, agents: {}, early_research: null },
  ...{ dropped_evidence: 0, error: null, partial: null, resume_from: null },
  ...{ created_at: at(0), updated_at: at(1), completed_at: null },
})

/** The run's page in every state of a run. */
export const RunStates = () => {
  const words = sampleWords.value
  const shown = useSignal<SampleState>('running')
  const states = Object.keys(words.run) as SampleState[]
  return (
    <Exhibit title={words.states}>
      <div class="exhibit-wide">
        <Tabs
          label={words.states}
          tabs={states.map((key) => ({
            key,
            label: words.run[key],
            panel: () => <Sample key={key} state={key} />,
          }))}
          selected={shown.value}
          onSelect={(key) => {
            shown.value = key
          }}
        />
      </div>
    </Exhibit>
  )
}

const Sample = ({ state }: { state: SampleState }) => {
  const run = useSignal(sampleRun[state]()).value
  const selected = useSignal<StageName>(run.stage)
  const nothing = (): void => {}
  const job = {
    ...{ job_id: 'job_0', type: 'generate', status: 'running' as const, progress: 0 },
    ...{ eta_seconds: 50, run_id: run.run_id, updated_at: run.started_at },
  }
  return (
    <RunPage
      run={run}
      job={job}
      view={sampleView(state)}
      acting={null}
      isNewest
      isLost={false}
      others={[run]}
      sessionId="sess_00000000000000000000000000"
      selected={selected.value}
      onSelect={(stage) => {
        selected.value = stage
      }}
      onStart={nothing}
      onStop={nothing}
      onResume={nothing}
      onPackage={nothing}
    />
  )
}
