import { describe, expect, it } from 'vitest'
import type { BriefSlots, SlotPath } from '../../../shared/contracts/brief.ts'
import type { StudioEvent } from '../../../shared/contracts/events.ts'
import {
  beginsSubject,
  collectedSubject,
  earlyDeadlines,
  earlyResearchMs,
  earlySubject,
  researchSubject,
  slotsAfter,
  subjectPaths,
} from '../../../shared/rules/early-research.ts'
import { evaluateGate } from '../../../shared/rules/gate.ts'
import { modelLimits } from '../../../shared/rules/model-limits.ts'
import { readingLimits } from '../../../shared/rules/search-limits.ts'
import { outputBytesLimit } from '../../../shared/rules/storage-layout.ts'
import { type Deadlines, stageMs, stageTaskMs } from '../../../shared/rules/time-budgets.ts'
import { sampleBrief } from '../../support/model-server/samples.ts'

const slotsOf = (paths: readonly SlotPath[], confidence = 0.9): BriefSlots =>
  Object.fromEntries(
    paths.map((path) => [path, { value: sampleBrief[path], confidence, source: 'user', turn: 1 }]),
  ) as BriefSlots

const all = Object.keys(sampleBrief) as SlotPath[]
const subject = slotsOf(subjectPaths)
const whole = slotsOf(all)
const collecting = { mode: 'fast', locale: 'ko-KR', state: 'CHAT_COLLECTING' } as const

describe('what a search is about', () => {
  it.each(subjectPaths)('is not known without %s', (path) => {
    const { [path]: _, ...rest } = subject
    expect(collectedSubject('ko-KR', rest)).toBeUndefined()
    expect(collectedSubject('ko-KR', { ...subject, ...slotsOf([path], 0.5) })).toBeUndefined()
  })

  it('is the same whatever else is known, and however a text is written', () => {
    const known = collectedSubject('ko-KR', subject)
    expect(known).toBeDefined()
    expect(collectedSubject('ko-KR', whole)).toBe(known)
    const spelt = { ...sampleBrief, 'product.name': sampleBrief['product.name'].normalize('NFD') }
    expect(researchSubject('ko-KR', spelt)).toBe(known)
    expect(researchSubject('ko-KR', sampleBrief)).toBe(known)
  })

  it.each(subjectPaths)('is another one with another %s, or another language', (path) => {
    const other = researchSubject('ko-KR', { ...sampleBrief, [path]: '다른 것' })
    expect(other).not.toBe(researchSubject('ko-KR', sampleBrief))
    expect(researchSubject('en-US', sampleBrief)).not.toBe(researchSubject('ko-KR', sampleBrief))
  })

  it('is not divided in two by what stands in its parts', () => {
    const one = { ...sampleBrief, 'product.name': 'a","b', 'product.category': 'c' }
    const other = { ...sampleBrief, 'product.name': 'a', 'product.category': 'b","c' }
    expect(researchSubject('ko-KR', one)).not.toBe(researchSubject('ko-KR', other))
  })
})

describe('a search is asked for', () => {
  it('when the subject becomes known, or another one, and not again', () => {
    const { 'target.who': _, ...before } = subject
    expect(beginsSubject(collecting, before, subject)).toBe(true)
    expect(beginsSubject(collecting, subject, whole)).toBe(false)
    const changed = {
      ...whole,
      'product.category': { value: '비누', confidence: 1, source: 'user', turn: 3 } as const,
    }
    expect(beginsSubject(collecting, whole, changed)).toBe(true)
    expect(beginsSubject(collecting, whole, before)).toBe(false)
  })

  it('in fast mode alone, and not while a run goes on', () => {
    expect(beginsSubject({ ...collecting, mode: 'standard' }, {}, subject)).toBe(false)
    expect(earlySubject({ ...collecting, mode: 'standard', slots: whole })).toBeUndefined()
    expect(beginsSubject({ ...collecting, state: 'RUN_RESEARCH' }, {}, subject)).toBe(false)
    for (const state of ['BRIEF_READY', 'DONE', 'FAILED'] as const) {
      expect(beginsSubject({ ...collecting, state }, {}, subject)).toBe(true)
    }
  })
})

it('slots follow the log: changes, and what was cleared', () => {
  const gate = evaluateGate({})
  const event = (data: object) => ({ type: 'slot.updated', data: { gate, ...data } }) as StudioEvent
  const after = slotsAfter(whole, [
    { type: 'gate.ready', data: gate } as StudioEvent,
    event({
      slot_updates: [
        { path: 'product.category', value: '비누', confidence: 1, source: 'user' },
        { path: 'goal.weekly_goal', value: 'reach', confidence: 1, source: 'user' },
      ],
    }),
    event({ slot_updates: [], cleared: ['target.who'] }),
  ])
  expect(after['product.category']?.value).toBe('비누')
  expect(after['goal.weekly_goal']?.value).toBe('reach')
  expect(after['target.who']).toBeUndefined()
  expect(after['product.name']).toEqual(whole['product.name'])
})

it('a claim outlives several lost heartbeats, and less than the silence that a run may keep', () => {
  expect(earlyResearchMs.claim).toBeGreaterThan(3 * earlyResearchMs.heartbeat)
  expect(earlyResearchMs.claim).toBeLessThan(stageMs.silence)
})

describe('the time of research ahead of a run', () => {
  const { deadlineMs: deadline, budget: deadlines } = modelLimits.research
  const budget = deadline * deadlines
  const deadlinesOfAgents = Object.fromEntries(
    Object.entries(modelLimits).map(([agent, { deadlineMs }]) => [agent, deadlineMs]),
  ) as Deadlines
  const { searchUntil, until } = earlyDeadlines(0, { deadline, budget })

  it('holds a search and its findings, and leaves reading and a call to a run that waits for all of it', () => {
    expect(until + readingLimits.settleMs + deadline).toBeLessThanOrEqual(budget)
    expect(until - searchUntil).toBeGreaterThanOrEqual(deadline / 2)
  })

  it('has the time of a call where the settings leave no more', () => {
    expect(earlyDeadlines(0, { deadline, budget: deadline })).toEqual({
      searchUntil: deadline,
      until: deadline,
    })
  })

  it('fits into the worker of stages', () => {
    const own = until + readingLimits.settleMs + stageMs.workerMargin
    expect(own).toBeLessThanOrEqual(
      stageTaskMs('research', deadlinesOfAgents) + stageMs.workerMargin,
    )
  })
})

it('what is kept of it fits into one item, however little of it can be packed', () => {
  const provenance = 10_000
  expect(readingLimits.keptBytes + outputBytesLimit + provenance).toBeLessThan(400 * 1024)
})
