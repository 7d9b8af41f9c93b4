import { describe, expect, it } from 'vitest'
import { explainRun } from '../../../ops/explain/explanation.ts'
import { pageOf } from '../../../ops/explain/page.ts'
import type { ErrorCode } from '../../../shared/contracts/problems.ts'
import { stuckRunMs } from '../../../shared/rules/time-budgets.ts'
import { at, began, facts, failure, finished, log, moved, runId } from './run-facts.ts'

const failed = (code: ErrorCode, detail?: string) =>
  facts({
    run: { state: 'FAILED', error: failure(code), completed_at: at(3) },
    executions: [{ status: 'FAILED', error: code }],
    events: log(
      moved('BRIEF_READY', 'RUN_RESEARCH', 'research'),
      moved('RUN_RESEARCH', 'GEN_STRATEGY', 'strategy'),
      moved('GEN_STRATEGY', 'FAILED', 'strategy'),
      {
        type: 'error',
        data: { ...failure(code), ...(detail ? { detail } : {}), resume_from: 'strategy' },
      },
    ),
  })

describe('a run that failed', () => {
  it('is explained with the vendor’s reason, in the operator’s language, and how it goes on', () => {
    const explanation = explainRun(failed('UPSTREAM_ERROR', 'The server said: overloaded.'))
    expect(explanation).toMatchObject({
      outcome: 'failed',
      took_ms: 3_000,
      failure: { code: 'UPSTREAM_ERROR', detail: 'The server said: overloaded.' },
      attempts: [{ ended: 'failed', code: 'UPSTREAM_ERROR', stage: 'strategy' }],
    })
    expect(explanation.why.join(' ')).toContain('The server said: overloaded.')
    expect(explanation.why.join(' ')).not.toContain('한국어')
    expect(explanation.next.at(-1)).toContain(`POST /api/runs/${runId}/resume`)
  })

  it.each([
    ['STAGE_TIMEOUT', 'STRATEGY_DEADLINE_MS'],
    ['RESEARCH_TIMEOUT', 'RESEARCH_DEADLINE_MS'],
    ['SCHEMA_VALIDATION_FAILED', 'STRATEGY_MODEL'],
    ['CAPABILITY_NOT_CONFIGURED', 'npm run doctor'],
    ['INTERNAL_ERROR', 'redrive --dry-run'],
    ['RATE_LIMITED', 'quota'],
  ] as const)('with %s names %s', (code, remedy) => {
    expect(explainRun(failed(code)).next[0]).toContain(remedy)
  })

  it('for a refusal is not to be resumed', () => {
    expect(explainRun(failed('MODEL_REFUSED')).next.join(' ')).not.toContain('/resume')
  })

  it('for a cap names its setting, what is held and when there is room again', () => {
    const error = { ...failure('BUDGET_EXCEEDED'), cap: 'principal_day' as const }
    const sums = {
      run: { held: 0, reserved: 0 },
      principal_day: { held: 9_900_000, reserved: 0 },
      deployment_day: { held: 9_900_000, reserved: 0 },
    }
    const [first] = explainRun({
      ...failed('BUDGET_EXCEEDED'),
      sums,
      run: { ...failed('BUDGET_EXCEEDED').run, error },
    }).next
    expect(first).toContain('SPEND_CAP_PRINCIPAL_DAY_USD')
    expect(first).toContain('$9.90 of $10.00')
    expect(first).toContain('next day')
  })

  it('cannot be resumed without its session, or waits for another run of it', () => {
    const gone = { ...failed('UPSTREAM_ERROR'), session: undefined }
    expect(explainRun(gone).next.join(' ')).toContain('Its session is gone')
    const other = `run_${'b'.repeat(26)}`
    const moving = {
      ...failed('UPSTREAM_ERROR'),
      session: { state: 'GEN_STRATEGY' as const, run_id: other },
    }
    expect(explainRun(moving).next.join(' ')).toContain(other)
  })
})

describe('a run that is open', () => {
  it('works while its execution runs and a worker holds its stage', () => {
    const holding = {
      ...finished('strategy'),
      status: 'working' as const,
      lease_until: began + 65_000,
    }
    const { outcome, why } = explainRun(facts({ stages: [finished('research'), holding] }))
    expect(outcome).toBe('in progress')
    expect(why.join(' ')).toContain('A worker holds its stage')
    expect(why.join(' ')).toContain('for 58 s')
  })

  it('is stuck when it takes longer than an execution may', () => {
    const { outcome, why, next } = explainRun(facts({ now: began + stuckRunMs + 10_000 }))
    expect(outcome).toBe('stuck')
    expect(why.join(' ')).toContain('The sweeper ends only runs whose execution has ended')
    expect(next).toEqual([`npm run ops -- cancel ${runId}`])
  })

  it('waits for a sweep when its execution has ended', () => {
    const ended = facts({ executions: [{ status: 'TIMED_OUT' }] })
    expect(explainRun(ended)).toMatchObject({ outcome: 'waits for a sweep' })
    const overdue = explainRun({ ...ended, now: began + 600_000 })
    expect(overdue.outcome).toBe('stuck')
    expect(overdue.next.join(' ')).toContain('Sweeper')
  })
})

describe('a run that ended otherwise', () => {
  it('is done, with what was left out of it', () => {
    const stages = ['research', 'strategy', 'creative', 'voice'] as const
    const done = facts({
      run: { state: 'DONE', stage: 'voice', attempt: 2, completed_at: at(9) },
      stages: stages.map((stage) => ({
        ...finished(stage),
        ...(stage === 'research' ? { attempt: 0, dropped_evidence: 2 } : {}),
        ...(stage === 'creative' ? { rejectedBy: ['superlative', 'superlative'] } : {}),
      })),
    })
    const { outcome, why, next, stages: told } = explainRun(done)
    expect(outcome).toBe('done')
    expect(next).toEqual([])
    expect(why.join(' ')).toMatch(
      /resumed once.*2 pieces of evidence.*2 texts back \(superlative\)/,
    )
    expect(told.map(({ status }) => status)).toEqual(['taken over', 'done', 'done', 'done'])
  })

  it('was cancelled, and is not to be resumed', () => {
    const cancelled = facts({
      run: { state: 'CANCELLED', completed_at: at(5) },
      events: log(
        moved('BRIEF_READY', 'RUN_RESEARCH', 'research'),
        moved('RUN_RESEARCH', 'GEN_STRATEGY', 'strategy'),
        moved('GEN_STRATEGY', 'BRIEF_READY'),
      ),
    })
    expect(explainRun(cancelled)).toMatchObject({
      outcome: 'cancelled',
      attempts: [{ ended: 'cancelled', stage: 'strategy' }],
      stages: [{ status: 'done', took_ms: 1_000 }, { status: 'stopped', took_ms: 1_000 }, {}, {}],
    })
  })

  it('was resumed: each attempt has its own end', () => {
    const resumed = facts({
      run: { attempt: 2 },
      executions: [{ status: 'FAILED', error: 'RATE_LIMITED' }, { status: 'RUNNING' }],
      events: [
        ...failed('RATE_LIMITED', 'Slow down.').events,
        ...log(moved('FAILED', 'GEN_STRATEGY', 'strategy')).map((event) => ({
          ...event,
          seq: 5,
          created_at: at(20),
        })),
      ],
    })
    expect(explainRun(resumed).attempts).toMatchObject([
      { attempt: 1, ended: 'failed', detail: 'Slow down.', execution: 'FAILED' },
      { attempt: 2, ended: null, code: null, execution: 'RUNNING' },
    ])
    expect(explainRun(resumed).failure).toBeNull()
  })
})

describe('its page', () => {
  it('counts what streamed, and shows none of it', () => {
    const element = (item: string, kind = 'weekly_plan', tried = 1) =>
      ({ type: 'strategy.delta', data: { kind, item, try: tried } }) as const
    const events = log(
      moved('RUN_RESEARCH', 'GEN_STRATEGY', 'strategy'),
      element('a secret plan'),
      element('another one'),
      element('a third one', 'positioning_options'),
      element('once more', 'weekly_plan', 2),
    )
    const page = pageOf(explainRun(facts({ events })))
    expect(page).toContain('2-4')
    expect(page).toContain('strategy: 2 weekly_plan, 1 positioning_options')
    expect(page).toContain('strategy, try 2: 1 weekly_plan')
    expect(page).not.toMatch(/secret|another|third|once more/)
  })

  it('keeps prose within a hundred columns', () => {
    const page = pageOf(
      explainRun(failed('SCHEMA_VALIDATION_FAILED', 'weekly_plan is too short. '.repeat(20))),
    )
    const [prose = ''] = page.split('\nStages')
    expect(Math.max(...prose.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
  })

  it('names the setting for a price that is not known', () => {
    const used = {
      input_tokens: 10,
      output_tokens: 5,
      total_tokens: 15,
      calls: 1,
      calls_without_usage: 0,
    }
    const usage = {
      ...used,
      cost: null,
      search: { calls: 0, cost: null },
      agents: { research: { ...used, models: ['a-local-model'], cost: null } },
      early_research: null,
    }
    const page = pageOf(explainRun(facts({ usage })))
    expect(page).toContain('The price of a-local-model is not known: MODEL_PRICES')
  })
})
