import { describe, expect, it } from 'vitest'
import { emptySession, fold, progressOf, reduce } from '../../../shared/client/reduce/index.ts'
import { type EventDraft, eventId, type StudioEvent } from '../../../shared/contracts/events.ts'

const run_id = 'run_1'

/** A log of these events. */
const logOf = (...drafts: EventDraft[]): StudioEvent[] =>
  drafts.map(
    (draft, index) =>
      ({
        ...draft,
        seq: index + 1,
        event_id: eventId(index + 1),
        session_id: 'sess_1',
        created_at: new Date(1_800_000_000_000 + index * 1000).toISOString(),
      }) as StudioEvent,
  )

const begin: EventDraft = {
  type: 'session.started',
  data: { locale: 'ko-KR', mode: 'standard', state: 'CHAT_COLLECTING' },
}
const started = (turn: number, message = '말'): EventDraft => ({
  type: 'turn.started',
  data: { turn, message, input: 'text' },
})
const delta = (text: string, modelTry: number, turn = 1): EventDraft => ({
  type: 'planner.delta',
  data: { text, turn, try: modelTry as 1 },
})
const gate = { ready: true, missing_required: [], completeness: 1, confidence: 0.9 }
const stage = (from: string, to: string, name?: string): EventDraft =>
  ({
    type: 'stage.changed',
    run_id,
    data: { from, to, state: to, ...(name ? { stage: name } : {}) },
  }) as EventDraft
const element = (type: string, item: string, written: number): EventDraft =>
  ({ type, run_id, data: { kind: 'ad_copies', item, try: written } }) as EventDraft
const failure = (data: object, run?: string): EventDraft =>
  ({
    type: 'error',
    ...(run ? { run_id: run } : {}),
    data: { code: 'UPSTREAM_ERROR', message: '안 됐어요.', retryable: true, ...data },
  }) as EventDraft

describe('a turn', () => {
  it('grows while it is written, and a later try replaces an earlier one', () => {
    const log = logOf(
      begin,
      started(1),
      delta('안', 1),
      delta('네', 2),
      delta('안녕', 1),
      delta('!', 2),
    )
    expect(fold(log).turns).toMatchObject([
      { turn: 1, message: '말', reply: '네!', try: 2, status: 'answering', problem: null },
    ])
  })

  it('fills slots of its own, with confidence, source and turn', () => {
    const update = { path: 'product.name', value: '비누', confidence: 0.9, source: 'user' } as const
    const log = logOf(
      begin,
      started(1),
      { type: 'slot.updated', data: { slot_updates: [update], gate } },
      { type: 'turn.completed', data: { turn: 1, state: 'BRIEF_READY', gate } },
      { type: 'slot.updated', data: { slot_updates: [{ ...update, value: '샴푸' }], gate } },
    )
    const state = fold(log)
    expect(state.slots).toEqual({
      'product.name': { value: '샴푸', confidence: 0.9, source: 'user', turn: 1 },
    })
    expect(state.turns).toMatchObject([{ status: 'completed', slot_updates: [update] }])
    expect(state).toMatchObject({ state: 'BRIEF_READY', gate })
    const emptied = { slot_updates: [], gate, cleared: ['product.name' as const] }
    const after = logOf(...Array(5).fill(begin), { type: 'slot.updated', data: emptied })
    expect(fold(after.slice(5), state).slots).toEqual({})
  })

  it('that fails keeps what had come of it, and is the last problem', () => {
    const log = logOf(
      begin,
      { type: 'voice.delta', data: { transcript: '비누요', turn: 1 } },
      { type: 'turn.started', data: { turn: 1, message: '비누요', input: 'voice' } },
      delta('네', 1),
      failure({ stage: 'turn', resume_from: null, turn: 1 }),
    )
    expect(fold(log)).toMatchObject({
      turns: [{ message: '비누요', input: 'voice', reply: '네', status: 'failed' }],
      problem: { code: 'UPSTREAM_ERROR', seq: 5, run_id: null },
    })
  })
})

describe('a run', () => {
  const first = [
    stage('BRIEF_READY', 'RUN_RESEARCH', 'research'),
    element('research.delta', 'a', 1),
    stage('RUN_RESEARCH', 'GEN_STRATEGY', 'strategy'),
    stage('GEN_STRATEGY', 'GEN_CREATIVES', 'creative'),
  ]

  it('goes through its stages, with the elements of the newest try alone', () => {
    const copies = [
      element('creative.delta', 'b', 1),
      element('creative.delta', 'c', 2),
      element('creative.delta', 'late', 1),
    ]
    const rest = [
      stage('GEN_CREATIVES', 'GEN_CREATIVES', 'voice'),
      stage('GEN_CREATIVES', 'DONE'),
      { type: 'run.completed', run_id, data: { run_id, state: 'DONE' } } as EventDraft,
    ]
    const log = logOf(begin, ...first, ...copies, ...rest)
    const midway = fold(log.slice(0, 8))
    expect(midway.runs[run_id]).toMatchObject({
      stage: 'creative',
      attempt: 1,
      stages: {
        research: { status: 'completed', elements: [{ item: 'a' }] },
        creative: { status: 'running', try: 2, elements: [{ item: 'c' }] },
        voice: { status: 'waiting' },
      },
    })
    expect(progressOf(midway)).toBe(50)
    expect(fold(log)).toMatchObject({
      state: 'DONE',
      run_ids: [run_id],
      runs: { [run_id]: { state: 'DONE', stages: { voice: { status: 'completed' } } } },
    })
  })

  it('keeps the creatives that no later try writes again: each kind is an answer of its own', () => {
    const of = (kind: string, item: string, tried: number) =>
      ({
        type: 'creative.delta',
        run_id,
        data: { kind, item, try: tried },
      }) as EventDraft
    const log = logOf(
      begin,
      ...first,
      of('ad_copies', 'a', 1),
      of('poster_specs', 'p', 1),
      of('ad_copies', 'b', 2),
      of('poster_specs', 'q', 1),
      of('ad_copies', 'late', 1),
    )
    const { elements } = fold(log).runs[run_id]?.stages.creative ?? {}
    expect(elements?.map(({ item }) => item)).toEqual(['p', 'b', 'q'])
  })

  it('shows voice at work beside creative, whichever of the two ends last', () => {
    const spoken = [element('creative.delta', 'b', 1), element('voice.delta', 'v', 1)]
    const beside = fold(logOf(begin, ...first, ...spoken)).runs[run_id]
    expect(beside).toMatchObject({
      stage: 'creative',
      stages: { voice: { status: 'running', elements: [{ item: 'v' }] } },
    })
    const voiceLast = [
      stage('GEN_CREATIVES', 'GEN_CREATIVES', 'voice'),
      element('voice.delta', 'w', 1),
    ]
    expect(fold(logOf(begin, ...first, ...spoken, ...voiceLast)).runs[run_id]).toMatchObject({
      stage: 'voice',
      stages: { voice: { status: 'running', elements: [{ item: 'v' }, { item: 'w' }] } },
    })
    const creativeLast = [stage('GEN_CREATIVES', 'DONE')]
    expect(fold(logOf(begin, ...first, ...spoken, ...creativeLast)).runs[run_id]).toMatchObject({
      state: 'DONE',
      stage: 'voice',
      stages: { creative: { status: 'completed' }, voice: { status: 'completed' } },
    })
  })

  it('keeps what voice showed before creative failed, until voice begins anew', () => {
    const failed = logOf(
      begin,
      ...first,
      element('voice.delta', 'v', 1),
      stage('GEN_CREATIVES', 'FAILED', 'creative'),
      failure({ stage: 'creative', resume_from: 'creative' }, run_id),
      stage('FAILED', 'GEN_CREATIVES', 'creative'),
      element('voice.delta', 'w', 1),
    )
    expect(fold(failed.slice(0, -1)).runs[run_id]?.stages.voice).toMatchObject({
      status: 'waiting',
      elements: [{ item: 'v' }],
    })
    expect(fold(failed).runs[run_id]?.stages.voice).toMatchObject({
      status: 'running',
      elements: [{ item: 'w' }],
    })
  })

  it('that fails can be resumed, and begins that stage anew', () => {
    const log = logOf(
      begin,
      ...first,
      element('creative.delta', 'b', 2),
      stage('GEN_CREATIVES', 'FAILED', 'creative'),
      failure({ stage: 'creative', resume_from: 'creative' }, run_id),
      stage('FAILED', 'GEN_CREATIVES', 'creative'),
      element('creative.delta', 'c', 1),
    )
    expect(fold(log.slice(0, 8)).runs[run_id]).toMatchObject({
      state: 'FAILED',
      resume_from: 'creative',
      problem: { code: 'UPSTREAM_ERROR' },
      stages: { creative: { status: 'failed', elements: [{ item: 'b' }] } },
    })
    expect(fold(log).runs[run_id]).toMatchObject({
      state: 'GEN_CREATIVES',
      attempt: 2,
      problem: null,
      resume_from: null,
      stages: { creative: { status: 'running', elements: [{ item: 'c' }] } },
    })
  })

  it('that is cancelled goes back to the brief; one that revises has taken over what came before', () => {
    const cancelled = fold(logOf(begin, ...first, stage('GEN_CREATIVES', 'BRIEF_READY')))
    expect(cancelled).toMatchObject({
      state: 'BRIEF_READY',
      runs: { [run_id]: { state: 'CANCELLED', stages: { creative: { status: 'cancelled' } } } },
    })
    const revising = fold(logOf(begin, stage('DONE', 'GEN_CREATIVES', 'creative')))
    expect(revising.runs[run_id]?.stages).toMatchObject({
      research: { status: 'reused' },
      strategy: { status: 'reused' },
      creative: { status: 'running' },
    })
    expect(progressOf(revising)).toBe(50)
  })
})

it('knows jobs and assets by id, in the order in which they came', () => {
  const job = { job_id: 'job_1', type: 'assets', status: 'running', progress: 10, eta_seconds: 5 }
  const asset = { asset_id: 'asset_1', asset_type: 'poster' }
  const log = logOf(
    begin,
    { type: 'job.updated', run_id, data: job } as EventDraft,
    {
      type: 'asset.failed',
      run_id,
      data: {
        ...asset,
        stage: 'buying',
        code: 'MODEL_REFUSED',
        message: '안 돼요.',
        retryable: false,
      },
    },
    {
      type: 'asset.ready',
      run_id,
      data: { ...asset, url: '/a', expires_at: '2027-01-01T00:00:00Z' },
    },
    { type: 'job.updated', data: { ...job, status: 'completed', progress: 100 } } as EventDraft,
  )
  expect(fold(log)).toMatchObject({
    job_ids: ['job_1'],
    jobs: { job_1: { status: 'completed', run_id } },
    asset_ids: ['asset_1'],
    assets: { asset_1: { status: 'ready', url: '/a', problem: null } },
  })
  expect(fold(log.slice(0, 3)).assets.asset_1).toMatchObject({
    status: 'failed',
    problem: { code: 'MODEL_REFUSED' },
  })
})

it('counts an event of a type that it does not know, and leaves one that it has', () => {
  const log = logOf(begin, started(1))
  const state = fold(log)
  const unknown = { ...log[1], seq: 3, type: 'toString', data: null } as unknown as StudioEvent
  expect(reduce(state, unknown)).toMatchObject({ seq: 3, turns: state.turns })
  expect(reduce(state, log[1] as StudioEvent)).toBe(state)
})

it('is JSON, and equal however the log was cut', () => {
  const log = logOf(
    begin,
    started(1),
    delta('안', 1),
    failure({ stage: 'turn', resume_from: null, turn: 1 }),
  )
  const whole = fold(log)
  expect(JSON.parse(JSON.stringify(whole))).toEqual(whole)
  for (let at = 0; at <= log.length; at += 1) {
    const kept = JSON.parse(JSON.stringify(fold(log.slice(0, at))))
    expect(fold(log, kept)).toEqual(whole)
  }
  expect(emptySession.turns).toEqual([])
})

it('takes ten thousand events, and leaves as they are the turns and runs that an event does not concern', () => {
  const talk = Array.from({ length: 2_000 }, (_, index) => index + 1).flatMap((turn) => [
    started(turn),
    ...[1, 2, 3].map((piece) => delta(`${piece}`, 1, turn)),
    { type: 'turn.completed', data: { turn, state: 'CHAT_COLLECTING', gate } } as EventDraft,
  ])
  const log = logOf(begin, stage('BRIEF_READY', 'RUN_RESEARCH', 'research'), ...talk)
  const before = fold(log.slice(0, -1))
  const after = reduce(before, log.at(-1) as StudioEvent)
  expect(after.turns).toHaveLength(2_000)
  expect(after.turns.at(-1)).toMatchObject({ reply: '123', status: 'completed' })
  for (const part of ['runs', 'jobs', 'assets', 'slots', 'run_ids'] as const) {
    expect(after[part]).toBe(before[part])
  }
  expect(after.turns.filter((turn, index) => turn !== before.turns[index])).toHaveLength(1)
})
