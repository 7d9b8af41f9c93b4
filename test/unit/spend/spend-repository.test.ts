import { describe, expect, it } from 'vitest'
import {
  createSpendRepository,
  type SpendAccount,
  type UsedUnits,
} from '../../../shared/repositories/spend-repository.ts'
import type { Caps } from '../../../shared/rules/spend-caps.ts'
import { createMemoryTable } from '../../support/simulation/memory-table.ts'
import {
  createSimulatedStore,
  type RequestOutcome,
} from '../../support/simulation/simulated-store.ts'

const account: SpendAccount = { principal: 'user_1', day: '2026-11-22' }
const clock = { now: () => Date.parse(account.day) }
const caps: Caps = { run: 100, principal_day: 100, deployment_day: 200 }
const used = (micros: number): UsedUnits[] => [
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

/** The sums of a day whose requests meet what is asked for next. */
const openDay = () => {
  const table = createMemoryTable()
  let next: RequestOutcome = 'answered'
  const store = createSimulatedStore(table, clock, {
    pass: async () => {},
    outcome: () => next,
  })
  const spends = createSpendRepository(store)
  return {
    spends,
    meet: (outcome: RequestOutcome) => {
      next = outcome
    },
    reserve: async (micros: number, of = account): Promise<string[]> => {
      const reserved = await spends.reserve(of, [micros], caps)
      if (reserved === 'refused' || 'full' in reserved) throw new Error('There was no room.')
      return reserved.marks
    },
    sums: () => spends.sums(account),
    principalDay: () => table.items().find(({ PK }) => PK === 'SPEND#user_1'),
  }
}

describe('a reservation beside others', () => {
  it('leaves no mark once it is settled, and nothing reserved', async () => {
    const { spends, reserve, sums, principalDay } = openDay()
    const marks = await reserve(40)
    expect(await sums()).toMatchObject({
      principal_day: { held: 40, reserved: 40 },
      deployment_day: { held: 40, reserved: 40 },
    })
    await spends.settle(account, { reserved: 40, spent: 7, marks }, used(7))
    expect(await sums()).toMatchObject({
      principal_day: { held: 7, reserved: 0 },
      deployment_day: { held: 7, reserved: 0 },
    })
    expect(principalDay()).toMatchObject({ model_planner_calls: 1, model_planner_micros: 7 })
    expect(Object.keys(principalDay() ?? {}).filter((name) => marks.includes(name))).toEqual([])
  })

  it('counts once on the principal’s day though every request arrives twice, and never too little', async () => {
    const { spends, meet, reserve, sums, principalDay } = openDay()
    meet('sent twice')
    const marks = await reserve(40)
    await spends.settle(account, { reserved: 40, spent: 7, marks }, used(7))
    const { principal_day, deployment_day } = await sums()
    expect(principal_day).toEqual({ held: 7, reserved: 0 })
    expect(principalDay()).toMatchObject({ model_planner_calls: 1, model_planner_micros: 7 })
    expect(deployment_day.held).toBeGreaterThanOrEqual(7)
    expect(deployment_day.reserved).toBeGreaterThanOrEqual(0)
  })

  it('is refused by one cap without a trace on the other', async () => {
    const { spends, reserve, sums, principalDay } = openDay()
    for (const principal of ['user_2', 'user_3']) await reserve(90, { ...account, principal })
    expect(await spends.reserve(account, [50], caps)).toEqual({ full: 'deployment_day' })
    expect(await sums()).toMatchObject({
      principal_day: { held: 0, reserved: 0 },
      deployment_day: { held: 180, reserved: 180 },
    })
    const marks = Object.keys(principalDay() ?? {}).filter((name) => name.startsWith('hold_'))
    expect(marks).toEqual([])
    const own = await reserve(20)
    expect(await spends.reserve(account, [90], caps)).toEqual({ full: 'principal_day' })
    await spends.settle(account, { reserved: 20, spent: 0, marks: own }, [])
    expect(await sums()).toMatchObject({ deployment_day: { held: 180, reserved: 180 } })
  })

  it('is given back when its answer was lost', async () => {
    const { spends, meet, sums } = openDay()
    meet('answer lost')
    await expect(spends.reserve(account, [40], caps)).rejects.toThrow('broke off')
    meet('answered')
    expect(await sums()).toMatchObject({
      principal_day: { held: 0, reserved: 0 },
      deployment_day: { held: 0, reserved: 0 },
    })
  })

  it('that its worker dies of is held to the end of the day', async () => {
    const { spends, meet, reserve, sums } = openDay()
    const marks = await reserve(40)
    meet('never arrives')
    const settlement = spends.settle(account, { reserved: 40, spent: 7, marks }, used(7))
    await expect(settlement).rejects.toThrow('broke off')
    meet('answered')
    expect(await sums()).toMatchObject({ principal_day: { held: 40, reserved: 40 } })
  })
})

describe('what calls of a run reserve', () => {
  const ofRun = { ...account, runId: 'run_1' }
  const begin = async () => {
    const table = createMemoryTable()
    let next: RequestOutcome = 'answered'
    const network = { pass: async () => {}, outcome: () => next }
    const store = createSimulatedStore(table, clock, network)
    const spends = createSpendRepository(store)
    await store.write([spends.openRun(ofRun.runId, clock.now())])
    return {
      ...{ table, store, spends },
      meet: (outcome: RequestOutcome) => {
        next = outcome
      },
      runItem: () => table.get({ PK: 'RUN#run_1', SK: 'SPEND' }),
    }
  }

  it('is settled once for all of them, though every request arrives twice', async () => {
    const { spends, meet, runItem } = await begin()
    meet('sent twice')
    const reserved = await spends.reserve(ofRun, [30, 20], caps)
    if (typeof reserved === 'string' || 'full' in reserved) throw new Error('There was no room.')
    expect(runItem()).toMatchObject({ held: 50, reserved: 50 })
    const all = [...used(7), ...used(4)]
    await spends.settle(ofRun, { reserved: 50, spent: 11, marks: reserved.marks }, all)
    const sums = await spends.sums(ofRun)
    expect(sums.run).toEqual({ held: 11, reserved: 0 })
    expect(sums.principal_day).toEqual({ held: 11, reserved: 0 })
    expect(sums.deployment_day.held).toBeGreaterThanOrEqual(11)
    expect(Object.keys(runItem() ?? {}).filter((name) => name.startsWith('hold_'))).toEqual([])
  })

  it('leaves no trace when the deployment has no room, or what belongs to it is refused', async () => {
    const { spends } = await begin()
    let counted = 0
    const beside = (isTaken: boolean) => ({
      async take() {
        counted += Number(isTaken)
        return isTaken
      },
      async giveBack() {
        counted -= 1
      },
    })
    expect(await spends.reserve(ofRun, [40], caps, beside(false))).toBe('refused')
    for (const principal of ['user_2', 'user_3']) {
      await spends.reserve({ ...account, principal }, [90], caps)
    }
    const full = await spends.reserve(ofRun, [40], caps, beside(true))
    expect(full).toEqual({ full: 'deployment_day' })
    expect(counted).toBe(0)
    const nothing = { held: 0, reserved: 0 }
    expect(await spends.sums(ofRun)).toEqual({
      ...{ run: nothing, principal_day: nothing },
      deployment_day: { held: 180, reserved: 180 },
    })
  })

  it('takes nothing of the deployment’s when the run has no room', async () => {
    const { table, store } = await begin()
    const writes: string[] = []
    const seen = createSpendRepository({
      ...store,
      attempt: (update, isOnce) => {
        writes.push(update.update.PK)
        return store.attempt(update, isOnce)
      },
    })
    await store.write([{ update: { PK: 'RUN#run_1', SK: 'SPEND' }, add: { held: 80 } }])
    expect(await seen.reserve(ofRun, [40], caps)).toEqual({ full: 'run' })
    expect(writes).not.toContain('SPENDDAY#2026-11-22')
    expect(table.items().find(({ PK }) => PK === 'SPEND#user_1')).toMatchObject({ held: 0 })
  })

  it('is taken under all caps at once while the deployment has room, and given back under all', async () => {
    const { table, store } = await begin()
    const pending = new Set<string>()
    let atOnce = 0
    const watched = createSpendRepository(
      {
        ...store,
        async attempt(update, isOnce) {
          pending.add(update.update.PK)
          atOnce = Math.max(atOnce, pending.size)
          const answer = await store.attempt(update, isOnce)
          pending.delete(update.update.PK)
          return answer
        },
      },
      new Map([[account.day, 0]]),
    )
    const first = await watched.reserve(ofRun, [40], caps)
    expect(first).toMatchObject({ marks: [expect.stringContaining('hold_')] })
    expect(atOnce).toBe(3)
    expect(await watched.reserve(ofRun, [70], caps)).toEqual({ full: 'run' })
    const held = { held: 40, reserved: 40 }
    expect(await watched.sums(ofRun)).toEqual({
      run: held,
      principal_day: held,
      deployment_day: held,
    })
    const marks = (item: object): string[] =>
      Object.keys(item).filter((name) => name.startsWith('hold_'))
    expect(table.items().flatMap(marks)).toHaveLength(2)
  })

  it('brings nothing of an erased run back', async () => {
    const { table, spends, runItem } = await begin()
    const reserved = await spends.reserve(ofRun, [40], caps)
    if (typeof reserved === 'string' || 'full' in reserved) throw new Error('There was no room.')
    table.erase([{ PK: 'RUN#run_1', SK: 'SPEND' }])
    expect(await spends.reserve(ofRun, [40], caps)).toBe('refused')
    await spends.settle(ofRun, { reserved: 40, spent: 7, marks: reserved.marks }, used(7))
    expect(runItem()).toBeUndefined()
    expect((await spends.sums(ofRun)).principal_day).toEqual({ held: 7, reserved: 0 })
  })
})
