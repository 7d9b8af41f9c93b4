import { describe, expect, it } from 'vitest'
import type { StudioEvent } from '../../../shared/contracts/events.ts'
import { RunView } from '../../../shared/contracts/runs.ts'
import { checkStory } from '../../support/chaos/checks.ts'
import type { Story } from '../../support/chaos/client-run.ts'
import { createAssembly } from '../../support/chaos/follower.ts'
import type { Said } from '../../support/chaos/script.ts'
import {
  sampleBrief,
  sampleCreative,
  sampleResearched,
  sampleStrategy,
  sampleVoice,
} from '../../support/model-server/samples.ts'
import { createClient } from '../../support/studio/client.ts'

const runId = `run_${'0'.repeat(26)}`
const at = '2026-11-22T00:00:00.000Z'
const gate = { ready: true }

const drafts = [
  { type: 'turn.started', data: { turn: 1, message: '전부', input: 'text' } },
  { type: 'turn.completed', data: { turn: 1, state: 'BRIEF_READY', gate } },
  ...[
    ['BRIEF_READY', 'RUN_RESEARCH', 'research'],
    ['RUN_RESEARCH', 'GEN_STRATEGY', 'strategy'],
    ['GEN_STRATEGY', 'FAILED', 'strategy'],
  ].map(([from, to, stage]) => ({
    type: 'stage.changed',
    run_id: runId,
    data: { from, to, state: to, stage },
  })),
  { type: 'error', run_id: runId, data: { code: 'MODEL_REFUSED', stage: 'strategy' } },
  { type: 'stage.changed', run_id: runId, data: { from: 'FAILED', to: 'GEN_STRATEGY' } },
  { type: 'strategy.delta', run_id: runId, data: { kind: 'k', item: '강점', try: 1 } },
  { type: 'run.completed', run_id: runId, data: { run_id: runId, state: 'DONE' } },
]

const marked = {
  research: { ...sampleResearched, risk_flags: ['위험 [2]'] },
  strategy: {
    ...sampleStrategy,
    market_assessment: { ...sampleStrategy.market_assessment, uncertainties: ['아직 [3]'] },
  },
  creative: {
    ...sampleCreative,
    poster_specs: sampleCreative.poster_specs.map((it) => ({ ...it, subheadline: '크림 [4]' })),
  },
  voice: { ...sampleVoice, tone_profile: '다정한 [5]' },
}

const goodCalls = (): Said[] =>
  (
    [
      ['planner', { response_text: '네' }],
      ['search', '검색'],
      ['research', marked.research],
      ['strategy', { signal: '강점' }],
      ['strategy', marked.strategy],
      ['creative', marked.creative],
      ['voice', marked.voice],
    ] as const
  ).map(([asker, value], index) => ({ asker, value, at: index, mark: '', fault: undefined }))

const goodLog = (): StudioEvent[] =>
  JSON.parse(
    JSON.stringify(
      drafts.map((draft, index) => ({ seq: index + 1, session_id: 's', created_at: at, ...draft })),
    ),
  )

const view = (): RunView =>
  RunView.parse({
    run_id: runId,
    session_id: 's',
    state: 'DONE',
    attempt: 2,
    parent_run_id: null,
    revision: null,
    brief_summary: sampleBrief,
    copy_safety: {
      pack_version: '1',
      product_types: [],
      moderation: 'not_configured',
      verdicts: [],
    },
    copy_rejected: [],
    research_snapshot: marked.research,
    strategy_plan: marked.strategy,
    creative_assets: marked.creative,
    voice_assets: marked.voice,
    kpi_next_actions: null,
    provenance: {},
    usage: {
      input_tokens: 1,
      output_tokens: 1,
      total_tokens: 2,
      calls: 1,
      search: { calls: 0, cost: null },
      calls_without_usage: 0,
      cost: null,
      agents: {},
      early_research: null,
    },
    dropped_evidence: 0,
    error: null,
    partial: null,
    resume_from: null,
    created_at: at,
    updated_at: at,
    completed_at: at,
  })

const goodStory = (log = goodLog()): Story => {
  const assembly = createAssembly()
  for (const event of log) assembly.take(event)
  return {
    ...{ label: 'chaos-1', client: createClient('http://nowhere'), sessionId: 's', way: 'socket' },
    assembly,
    drops: 0,
    runs: [
      {
        runId,
        acceptedAt: 0,
        end: 'DONE',
        resumedAt: [4],
        atFailure: { ...view(), strategy_plan: null, creative_assets: null, voice_assets: null },
        view: view(),
      },
    ],
    assets: undefined,
    talked: [{ turn: 1, text: '네' }],
    log,
    earlierLog: log,
    messages: [{ author: 'planner', text: '네', turn: 1 }],
  }
}

const kindsOf = (story: Story, said = goodCalls()): string[] => [
  ...new Set(checkStory(story, said).map(({ kind }) => kind)),
]
const [firstRun] = goodStory().runs
const withRun = (change: object): Story => ({
  ...goodStory(),
  runs: firstRun ? [{ ...firstRun, ...change }] : [],
})
const without = (seq: number): StudioEvent[] => goodLog().filter((event) => event.seq !== seq)
const renumbered = (log: StudioEvent[]): StudioEvent[] =>
  log.map((event, index) => ({ ...event, seq: index + 1 }))
const secondTurn = (): StudioEvent[] =>
  goodLog()
    .slice(0, 2)
    .map((event) => ({ ...event, data: { ...event.data, turn: 2 } }) as StudioEvent)
const twice = (seq: number): StudioEvent[] =>
  renumbered(goodLog().flatMap((event) => (event.seq === seq ? [event, event] : [event])))

describe('the checks of the chaos run', () => {
  it('has nothing to say against a launch that failed once, was resumed and is done', () => {
    expect(checkStory(goodStory(), goodCalls())).toEqual([])
  })

  it.each<[string, Story, string]>([
    ['a seq is missing', goodStory(without(5)), 'gap'],
    ['an event changed between two reads', { ...goodStory(), earlierLog: twice(1) }, 'changed'],
    ['a client lacks an event', { ...goodStory(), assembly: createAssembly() }, 'lost'],
    ['a turn never ends', goodStory(renumbered(without(2))), 'stuck'],
    ['a turn ends twice', goodStory(twice(2)), 'duplicated'],
    [
      'a message is answered twice',
      {
        ...goodStory(renumbered([...goodLog(), ...secondTurn()])),
        messages: [1, 2].flatMap((turn) => [
          { author: 'user', text: '전부', turn, client_message_id: 'm1' },
          { author: 'planner', text: '네', turn },
        ]),
      },
      'duplicated',
    ],
    ['a reply is missing', { ...goodStory(), messages: [] }, 'lost'],
    ['a reply is another now', { ...goodStory(), talked: [{ turn: 1, text: '아니요' }] }, 'lost'],
    ['no run was accepted', { ...goodStory(), runs: [] }, 'stuck'],
    ['a run does not end', withRun({ end: undefined }), 'stuck'],
    ['a stage is committed twice', goodStory(twice(4)), 'duplicated'],
    ['a run begins twice', goodStory(twice(3)), 'duplicated'],
    ['a run is completed twice', goodStory(twice(9)), 'duplicated'],
    ['a failure is reported twice', goodStory(twice(6)), 'error'],
    ['a failure is not reported', goodStory(renumbered(without(6))), 'error'],
    ['an output is missing', withRun({ view: { ...view(), voice_assets: null } }), 'lost'],
    [
      'a finished output changes',
      withRun({ atFailure: { ...view(), research_snapshot: sampleResearched } }),
      'changed',
    ],
    [
      'an output says what the model did not',
      withRun({ view: { ...view(), voice_assets: { ...marked.voice, tone_profile: '꾸민 [5]' } } }),
      'invented',
    ],
    [
      'an output is made of two answers',
      withRun({
        view: { ...view(), voice_assets: { ...marked.voice, voiceover_script_short: '크림 [4]' } },
      }),
      'duplicated',
    ],
  ])('notices when %s', (_, story, kind) => {
    expect(kindsOf(story)).toContain(kind)
  })

  it('allows each run of a session its calls', () => {
    const second = firstRun ? [firstRun, { ...firstRun, resumedAt: [], view: view() }] : []
    const story = { ...goodStory(), runs: second }
    const more = (asker: Said['asker'], times: number): Said[] =>
      Array.from({ length: times }, () => ({ asker, value: '', mark: '', at: 1, fault: undefined }))
    const overcalled = (said: Said[]) =>
      checkStory(story, [...goodCalls(), ...said]).filter(({ kind }) => kind === 'overcalled')
    expect(overcalled(more('research', 4))).toEqual([])
    expect(overcalled(more('research', 5))).not.toEqual([])
  })

  it.each(['research', 'strategy', 'creative', 'voice', 'planner'] as const)(
    'notices a call too many by %s',
    (asker) => {
      const tooMany = asker === 'creative' ? 39 : 13
      const more = Array.from({ length: tooMany }, () => ({ asker, value: '', mark: '', at: 9 }))
      const said = [...goodCalls(), ...more.map((it) => ({ ...it, fault: undefined }))]
      expect(kindsOf(goodStory(), said)).toEqual(['overcalled'])
    },
  )
})
