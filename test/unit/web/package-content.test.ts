import { describe, expect, it } from 'vitest'
import type { RunView } from '../../../shared/client/contract.ts'
import {
  emptySession,
  fold,
  type RunState,
  type SessionLogState,
} from '../../../shared/client/reduce/index.ts'
import {
  assemble,
  contentOf,
  grouped,
  positioningUse,
  sourcesOf,
} from '../../../web/src/package/assemble.ts'

const copy = (id: string, positioning_id: string) => ({
  id,
  positioning_id,
  channel: '인스타그램',
  text: `카피 ${id}`,
})

const running = (state: RunState['state']): RunState => {
  const from = { ...emptySession, session_id: 'sess_1' } as SessionLogState
  const at = '2026-11-26T00:00:00Z'
  const told = fold(
    [
      {
        event_id: 'evt_00001',
        seq: 1,
        session_id: 'sess_1',
        run_id: 'run_1',
        type: 'stage.changed',
        created_at: at,
        data: {
          from: 'BRIEF_READY',
          to: 'GEN_CREATIVES',
          state: 'GEN_CREATIVES',
          stage: 'creative',
        },
      },
      {
        event_id: 'evt_00002',
        seq: 2,
        session_id: 'sess_1',
        run_id: 'run_1',
        type: 'creative.delta',
        created_at: at,
        data: { kind: 'ad_copies', item: copy('c1', 'p1'), try: 1 },
      },
    ],
    from,
  )
  const run = told.runs.run_1
  if (!run) throw new Error('The log tells of no run.')
  return { ...run, state }
}

const strategy = {
  positioning_options: [
    { id: 'p1', title: '신선함', message: '어제 주문, 오늘 로스팅' },
    { id: 'p2', title: '여유', message: '출근 전 한 잔' },
  ],
}

const view = (fields: object): RunView =>
  ({
    state: 'DONE',
    research_snapshot: null,
    strategy_plan: strategy,
    creative_assets: null,
    voice_assets: null,
    partial: null,
    ...fields,
  }) as unknown as RunView

describe('the package as far as it is there', () => {
  it("shows a stage's output as whole, and what streams of the next one as being written", () => {
    const parts = assemble(view({ state: 'GEN_CREATIVES' }), running('GEN_CREATIVES'))
    expect(parts.strategy.standing).toBe('whole')
    expect(parts.creative).toMatchObject({
      standing: 'writing',
      content: { ad_copies: [copy('c1', 'p1')] },
    })
    expect(parts.voice.standing).toBe('waiting')
  })

  it('keeps what a failed run had written, and says that the rest will not come', () => {
    const parts = assemble(view({ state: 'FAILED' }), running('FAILED'))
    expect(parts.creative.standing).toBe('partial')
    expect(parts.voice.standing).toBe('missing')
  })

  it("shows the elements of the run's view when the log tells of none", () => {
    const partial = { stage: 'creative', elements: [{ kind: 'ad_copies', item: copy('c2', 'p2') }] }
    const parts = assemble(view({ state: 'FAILED', partial }), undefined)
    expect(parts.creative).toMatchObject({
      standing: 'partial',
      content: { ad_copies: [{ id: 'c2' }] },
    })
  })

  it('passes over elements that cannot be drawn', () => {
    const content = contentOf('research', [
      { kind: 'risk_flags', item: '확인할 것' },
      { kind: 'risk_flags', item: { text: 'no sentence' } },
      { kind: 'market_signals', item: 'no signal' },
      { kind: 'unheard_of', item: {} },
    ])
    expect(content.risk_flags).toEqual(['확인할 것'])
    expect(content.market_signals).toEqual([])
    expect(content).not.toHaveProperty('unheard_of')
  })
})

describe('positionings', () => {
  const parts = (ids: string[]) =>
    assemble(
      view({
        creative_assets: { ad_copies: ids.map((id, at) => copy(`c${at}`, id)), poster_specs: [] },
      }),
      undefined,
    )

  it('marks the one that a revision was written for', () => {
    const uses = positioningUse(parts(['p1', 'p2']), 'p2')
    expect(uses.map(({ chosen }) => chosen)).toEqual([false, true])
  })

  it('marks the only one that copies were written for, and none of several', () => {
    expect(positioningUse(parts(['p1', 'p1']), null)[0]).toMatchObject({ chosen: true, copies: 2 })
    expect(positioningUse(parts(['p1', 'p2']), null).some(({ chosen }) => chosen)).toBe(false)
  })
})

describe('sources and groups', () => {
  it('gives the sources of a finding in its order, each once, without those that are gone', () => {
    const evidence = [{ id: 'e1' }, { id: 'e2' }] as Parameters<typeof sourcesOf>[0]
    expect(sourcesOf(evidence, ['e2', 'e9', 'e2', 'e1']).map(({ id }) => id)).toEqual(['e2', 'e1'])
  })

  it('groups copies by channel in the order in which the channels come', () => {
    const groups = grouped(['b1', 'a1', 'b2'], (text) => text.slice(0, 1))
    expect(groups).toEqual([
      { name: 'b', entries: ['b1', 'b2'] },
      { name: 'a', entries: ['a1'] },
    ])
  })
})
