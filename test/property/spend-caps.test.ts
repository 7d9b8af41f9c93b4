import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { ConditionFailed, createStore, type Store } from '../../shared/clients/store.ts'
import { StudioError } from '../../shared/contracts/errors.ts'
import { type CapName, capNames } from '../../shared/contracts/spend.ts'
import type { Clock } from '../../shared/platform/clock.ts'
import { spendSettingNames } from '../../shared/platform/environment-names.ts'
import {
  createSpendRepository,
  type UsedUnits,
} from '../../shared/repositories/spend-repository.ts'
import { type Caps, spendDay } from '../../shared/rules/spend-caps.ts'
import { createSpendService, type Spender } from '../../shared/services/spend/spend-service.ts'
import { startTableEngine, type TableEngine } from '../support/aws/table-engine.ts'
import { holds, propertyLimit } from '../support/limits/properties.ts'

let engine: TableEngine
beforeAll(async () => {
  engine = await startTableEngine()
  vi.stubEnv(spendSettingNames.runCap, '0.0001')
  vi.stubEnv(spendSettingNames.principalDayCap, '0.00015')
  vi.stubEnv(spendSettingNames.deploymentDayCap, '0.0002')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await engine.stop()
})

/** Micro-dollars. */
const caps: Caps = { run: 100, principal_day: 150, deployment_day: 200 }

/** One call: what it may cost, whose it is, and how it ends. */
const call = fc.record({
  micros: fc.integer({ min: 1, max: 60 }),
  principal: fc.constantFrom('ann', 'bob'),
  run: fc.constantFrom('run_1', 'run_2', undefined),
  /** How many calls a run's worker makes side by side, in its ledger; 0 for a reservation of its own. */
  ledger: fc.constantFrom(0, 0, 1, 3),
  /** Whether what belongs to the reservation is refused. */
  refused: fc.boolean(),
  ends: fc.constantFrom('used', 'given back', 'settled twice', 'worker dies', 'raised'),
  /** Of the amount, in hundredths. */
  share: fc.integer({ min: 0, max: 100 }),
})
type Call = typeof call extends fc.Arbitrary<infer C> ? C : never
const workers = fc.array(fc.array(call, { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 6,
})

const units = (micros: number): UsedUnits[] => [
  {
    service: 'model',
    agent: 'planner',
    calls: 1,
    micros,
    counted: micros,
    estimated: 0,
    withoutUsage: 0,
    withoutPrice: 0,
    table: 'test',
  },
]

/** What a scope should hold, added up beside the table. */
type Sums = Map<string, { held: number; reserved: number }>

const scopesOf = ({ principal, run }: Pick<Call, 'principal' | 'run'>): string[] => [
  ...(run ? [`${principal} ${run}`] : []),
  principal,
  'all',
]

const add = (sums: Sums, scopes: string[], held: number, reserved: number): void => {
  for (const scope of scopes) {
    const sum = sums.get(scope) ?? { held: 0, reserved: 0 }
    sums.set(scope, { held: sum.held + held, reserved: sum.reserved + reserved })
  }
}

let days = 0

/** A day of its own in the shared table. */
const openDay = () => {
  days += 1
  const day = days
  const clock: Clock = { now: () => Date.UTC(2030, 0, day, 12) }
  const store: Store = createStore(engine.table, engine.tableName, clock)
  const spends = createSpendRepository(store)
  const service = createSpendService({ clock, spends })
  const spenderOf = ({ principal, run }: Pick<Call, 'principal' | 'run'>): Spender => ({
    principal,
    runId: run && `${run}_${principal}_${day}`,
  })
  const begun = Promise.all(
    (['ann', 'bob'] as const).flatMap((principal) =>
      ['run_1', 'run_2'].map((run) =>
        store.write([spends.openRun(spenderOf({ principal, run: run as 'run_1' }).runId ?? '', 0)]),
      ),
    ),
  )
  const look = (of: Pick<Call, 'principal' | 'run'>) =>
    spends.sums({ ...spenderOf(of), day: spendDay(clock.now()) })
  return { service, spenderOf, look, begun }
}
type Day = ReturnType<typeof openDay>

const isRefusal = (error: unknown): error is StudioError =>
  error instanceof StudioError && error.code === 'BUDGET_EXCEEDED'

/** The same by a run's ledger, which settles its calls together. */
const workByLedger = async (
  { service, spenderOf }: Day,
  made: Call & { run: string },
  sums: Sums,
): Promise<void> => {
  const { micros, ends, ledger: calls, refused } = made
  const { principal, runId = '' } = spenderOf(made)
  const ledger = service.openLedger({ principal, runId })
  let isTaken = false
  const beside = {
    async take() {
      isTaken = !refused
      return isTaken
    },
    async giveBack() {
      isTaken = false
    },
  }
  const amounts = Array.from({ length: calls }, () => micros)
  const entries = await ledger.reserve(amounts, beside).catch((error) => {
    if (isRefusal(error) || error instanceof ConditionFailed) return undefined
    throw error
  })
  expect(isTaken).toBe(entries !== undefined)
  if (!entries) return
  const scopes = scopesOf(made)
  const spent = ends === 'given back' ? 0 : Math.floor((micros * made.share) / 100)
  if (ends === 'worker dies') return add(sums, scopes, calls * micros, calls * micros)
  add(sums, scopes, calls * spent, 0)
  for (const entry of entries) {
    entry.end(units(spent))
    if (ends === 'settled twice') entry.end(units(spent))
  }
  await ledger.settle(false)
  if (ends === 'settled twice') await ledger.settle(true)
}

const work = async (day: Day, made: Call, sums: Sums): Promise<void> => {
  const { run, ledger } = made
  if (run !== undefined && ledger > 0) return workByLedger(day, { ...made, run }, sums)
  const { service, spenderOf } = day
  const scopes = scopesOf(made)
  const { micros, ends } = made
  const reservation = await service.reserve(spenderOf(made), micros).catch((error) => {
    if (isRefusal(error)) return undefined
    throw error
  })
  if (!reservation) return
  let reserved = micros
  if (ends === 'raised') {
    await reservation.raise(micros + 10).then(
      () => {
        reserved += 10
      },
      (error) => {
        if (!isRefusal(error)) throw error
      },
    )
  }
  const spent = Math.floor((reserved * made.share) / 100)
  if (ends === 'worker dies') return add(sums, scopes, reserved, reserved)
  if (ends === 'given back') return reservation.release()
  add(sums, scopes, spent, 0)
  await reservation.settle(units(spent))
  if (ends === 'settled twice') await reservation.settle(units(spent))
}

const all = [
  { principal: 'ann', run: 'run_1' },
  { principal: 'ann', run: 'run_2' },
  { principal: 'bob', run: 'run_1' },
  { principal: 'bob', run: 'run_2' },
] as const

const keepsCaps = async ({ look }: Day): Promise<void> => {
  for (const of of all) {
    const found = await look(of)
    for (const cap of capNames) {
      expect(found[cap].held, cap).toBeLessThanOrEqual(caps[cap])
      expect(found[cap].reserved, cap).toBeLessThanOrEqual(found[cap].held)
      expect(found[cap].reserved, cap).toBeGreaterThanOrEqual(0)
    }
  }
}

/** As much as there is room for is granted, and not a micro-dollar more. */
const grantsTheRest = async ({ service, spenderOf, look }: Day): Promise<void> => {
  const of = all[0]
  const found = await look(of)
  const room = (cap: CapName): number => caps[cap] - found[cap].held
  const left = Math.min(...capNames.map(room))
  const full = capNames.find((cap) => room(cap) === left)
  const refused = await service.reserve(spenderOf(of), left + 1).catch((error: unknown) => error)
  expect(refused).toMatchObject({ code: 'BUDGET_EXCEEDED', cap: full })
  if (left > 0) await (await service.reserve(spenderOf(of), left)).release()
}

it(
  'never more than a cap is reserved and spent, whatever happens at once, and nothing is lost or counted twice',
  () =>
    holds(
      fc.asyncProperty(workers, async (drawn) => {
        const day = openDay()
        await day.begun
        const sums: Sums = new Map()
        let isOver = false
        const watching = (async () => {
          while (!isOver) await keepsCaps(day)
        })()
        watching.catch(() => {})
        await Promise.all(
          drawn.map(async (calls) => {
            for (const made of calls) await work(day, made, sums)
          }),
        )
        isOver = true
        await watching
        for (const of of all) {
          const found = await day.look(of)
          const wanted = scopesOf(of).map((scope) => sums.get(scope) ?? { held: 0, reserved: 0 })
          expect([found.run, found.principal_day, found.deployment_day]).toEqual(wanted)
        }
        await grantsTheRest(day)
      }),
      { short: 60, full: 600 },
    ),
  propertyLimit(),
)
