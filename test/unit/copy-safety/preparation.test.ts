import { afterEach, expect, it, vi } from 'vitest'
import type { Run } from '../../../shared/repositories/run-output-repository.ts'
import { judgeCopy, prepareJudge } from '../../../shared/rules/copy-safety/judge.ts'
import { packVersion } from '../../../shared/rules/copy-safety/pack.ts'
import { productTypesOf } from '../../../shared/rules/copy-safety/product-type.ts'
import {
  type CopyRules,
  createCopySafetyService,
} from '../../../shared/services/safety/copy-safety-service.ts'
import { sampleBrief } from '../../support/model-server/samples.ts'

const rules: CopyRules = { judgeCopy, prepareJudge, productTypesOf, packVersion }
const clock = { now: () => Date.UTC(2026, 10, 27) }
const run = { brief: sampleBrief } as Run

const serviceWith = (given: () => Promise<CopyRules>) =>
  createCopySafetyService({ clock, rules: given, moderator: () => undefined })

const twice = '아토피 치료 크림. 여드름 치료 크림.'
const judged = () =>
  judgeCopy(twice, { productTypes: ['cosmetics'], at: '2026-11-27', locale: 'ko-KR' })

/** Steps that take two milliseconds each, on a clock of their own: how many a process has to do depends on its past. */
const slowly = (steps: number): CopyRules => {
  let at = 0
  vi.spyOn(performance, 'now').mockImplementation(() => at)
  return {
    ...rules,
    *prepareJudge() {
      for (let step = 0; step < steps; step += 1) {
        at += 2
        yield
      }
    },
  }
}

afterEach(() => {
  vi.restoreAllMocks()
})

it('prepares the rules once in a process, and lets other work go on meanwhile', async () => {
  const slow = slowly(30)
  const given = vi.fn(async () => slow)
  const service = serviceWith(given)
  let turns = 0
  let isDone = false
  const other = (): void => {
    turns += 1
    if (!isDone) setImmediate(other)
  }
  setImmediate(other)
  await Promise.all([service.prepare(run), service.prepare(run)])
  isDone = true
  expect(given).toHaveBeenCalledOnce()
  // Of 60 ms no more than 6 are spent in one piece.
  expect(turns).toBeGreaterThanOrEqual(10)
})

it('judges as before: no place is passed over that a search has come by', async () => {
  const before = judged()
  expect(before.findings.map(({ match }) => match)).toEqual(
    expect.arrayContaining(['아토피', '여드름'].map((ailment) => expect.stringContaining(ailment))),
  )
  await serviceWith(async () => rules).prepare(run)
  expect(judged()).toEqual(before)
  expect(judged()).toEqual(before)
})

it('leaves it to whatever judges to tell that there are no rules', async () => {
  const service = serviceWith(() => Promise.reject(new Error('They cannot be loaded.')))
  await expect(service.prepare(run)).resolves.toBeUndefined()
})
