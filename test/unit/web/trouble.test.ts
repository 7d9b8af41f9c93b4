import { expect, test } from 'vitest'
import type { ProblemBody } from '../../../shared/client/contract.ts'
import { StudioProblem } from '../../../shared/client/index.ts'
import { nextDay, operatorDetail, troubleOf } from '../../../web/src/trouble/trouble.ts'

const problem = (change: Partial<ConstructorParameters<typeof StudioProblem>[0]>) =>
  new StudioProblem({
    status: 429,
    code: 'RATE_LIMITED',
    message: 'Too many turns.',
    retryable: true,
    ...change,
  })

test('a waiting time counts from when the problem came up, however often it is drawn', () => {
  const limited = problem({ retryAfterMs: 45_000 })
  expect(troubleOf(limited, 1_000).until).toBe(46_000)
  expect(troubleOf(limited, 30_000).until).toBe(46_000)
  expect(troubleOf(problem({}), 1_000).until).toBeUndefined()
})

test('a refusal tells of the cap and of the slots that are missing', () => {
  const body = { cap: 'principal_day', missing_required: ['target.why'] } as ProblemBody
  expect(troubleOf(problem({ code: 'BUDGET_EXCEEDED', body }))).toMatchObject({
    cap: 'principal_day',
    missing: ['target.why'],
  })
})

test('the setting that is missing is named for the operator, and what only repeats is not', () => {
  const unset = problem({ code: 'CAPABILITY_NOT_CONFIGURED', detail: 'IMAGE_API_KEY is not set.' })
  expect(operatorDetail(troubleOf(unset))).toBe('IMAGE_API_KEY is not set.')
  const same = problem({ code: 'INTERNAL_ERROR', message: 'It failed.', detail: 'It failed.' })
  expect(operatorDetail(troubleOf(same))).toBeUndefined()
  const missing = problem({ code: 'SESSION_NOT_FOUND', detail: 'There is no such session.' })
  expect(operatorDetail(troubleOf(missing))).toBeUndefined()
})

test('a run that failed is told as the log has it', () => {
  const failure = { code: 'COPY_SAFETY_REJECTED', message: 'Refused.', errors: [] } as const
  expect(troubleOf({ ...failure, errors: [] })).toMatchObject({ code: 'COPY_SAFETY_REJECTED' })
})

test.each([
  ['2026-11-26T13:00:00Z', '2026-11-27T00:00:00Z'],
  ['2026-12-31T23:59:59Z', '2027-01-01T00:00:00Z'],
  ['2026-11-26T00:00:00Z', '2026-11-27T00:00:00Z'],
])('the caps of a day start anew at midnight in UTC: %s', (now, next) => {
  expect(nextDay(Date.parse(now))).toBe(Date.parse(next))
})
