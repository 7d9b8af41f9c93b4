import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stageNames } from '../../../shared/contracts/agents.ts'
import { type SessionState, sessionStates } from '../../../shared/contracts/session.ts'
import {
  isRunning,
  type SessionTrigger,
  stageAfter,
  stageState,
  stateAfter,
  transition,
} from '../../../shared/rules/session-state.ts'

const trigger: fc.Arbitrary<SessionTrigger> = fc.oneof(
  fc.record({
    type: fc.constant('turn-committed' as const),
    gateReady: fc.boolean(),
    slotsChanged: fc.boolean(),
  }),
  fc.record({ type: fc.constant('run-started' as const), stage: fc.constantFrom(...stageNames) }),
  fc.record({
    type: fc.constant('stage-committed' as const),
    stage: fc.constantFrom(...stageNames),
  }),
  fc.constant({ type: 'run-failed' as const }),
  fc.record({ type: fc.constant('run-cancelled' as const), gateReady: fc.boolean() }),
)

const walk = (triggers: SessionTrigger[]): SessionState[] =>
  triggers.reduce<SessionState[]>(
    (path, next) => {
      const state = transition(path.at(-1) ?? 'CHAT_COLLECTING', next)
      return state === null ? path : path.concat(state)
    },
    ['CHAT_COLLECTING'],
  )

/** Every step the blueprint and the specification allow, staying aside. */
const allowed: Record<SessionState, SessionState[]> = {
  CHAT_COLLECTING: ['BRIEF_READY'],
  BRIEF_READY: ['CHAT_COLLECTING', 'RUN_RESEARCH', 'GEN_STRATEGY', 'GEN_CREATIVES'],
  RUN_RESEARCH: ['GEN_STRATEGY', 'FAILED', 'BRIEF_READY', 'CHAT_COLLECTING'],
  GEN_STRATEGY: ['GEN_CREATIVES', 'FAILED', 'BRIEF_READY', 'CHAT_COLLECTING'],
  GEN_CREATIVES: ['DONE', 'FAILED', 'BRIEF_READY', 'CHAT_COLLECTING'],
  DONE: ['CHAT_COLLECTING', 'BRIEF_READY', 'RUN_RESEARCH', 'GEN_STRATEGY', 'GEN_CREATIVES'],
  FAILED: ['CHAT_COLLECTING', 'BRIEF_READY', 'RUN_RESEARCH', 'GEN_STRATEGY', 'GEN_CREATIVES'],
}

describe('the transition table', () => {
  it('never leaves the specified states, nor steps where no arrow leads, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(trigger, { maxLength: 60 }), (triggers) => {
        const path = walk(triggers)
        path.forEach((state, step) => {
          expect(sessionStates).toContain(state)
          const before = path[step - 1]
          if (before !== undefined && before !== state) expect(allowed[before]).toContain(state)
        })
      }),
      { numRuns: 1000 },
    )
  })

  it('walks a run through its stages in the order of the specification', () => {
    const states = [...stageNames].reduce<SessionState[]>(
      (path, stage) => {
        const next = transition(path.at(-1) ?? 'FAILED', { type: 'stage-committed', stage })
        expect(next).toBe(stateAfter[stage])
        return path.concat(next ?? 'FAILED')
      },
      ['RUN_RESEARCH'],
    )
    expect([...new Set(states)]).toEqual(['RUN_RESEARCH', 'GEN_STRATEGY', 'GEN_CREATIVES', 'DONE'])
    expect(stageAfter).toEqual({
      research: 'strategy',
      strategy: 'creative',
      creative: 'voice',
      voice: null,
    })
  })

  it('starts no run while collecting or running', () => {
    for (const state of sessionStates) {
      const next = transition(state, { type: 'run-started', stage: 'research' })
      const may = state === 'BRIEF_READY' || state === 'DONE' || state === 'FAILED'
      expect(next).toBe(may ? 'RUN_RESEARCH' : null)
    }
  })

  it('lets a turn during a run change nothing', () => {
    for (const state of sessionStates.filter(isRunning)) {
      const turn = { type: 'turn-committed', gateReady: true } as const
      expect(transition(state, { ...turn, slotsChanged: false })).toBe(state)
      expect(transition(state, { ...turn, slotsChanged: true })).toBeNull()
    }
  })

  it('fails a session only by its run', () => {
    for (const state of sessionStates) {
      expect(transition(state, { type: 'run-failed' })).toBe(isRunning(state) ? 'FAILED' : null)
    }
  })

  it('resumes a failed session at any stage', () => {
    for (const stage of stageNames) {
      expect(transition('FAILED', { type: 'run-started', stage })).toBe(stageState[stage])
    }
  })
})
