import { beforeEach, describe, expect, it } from 'vitest'
import { limitService } from '../../../functions/limit-composition.ts'
import type { Store } from '../../../shared/clients/store.ts'
import { StudioError } from '../../../shared/contracts/errors.ts'
import type { Caller, Quota } from '../../../shared/rules/caller.ts'
import { limitsWith } from '../../../shared/rules/limit-settings.ts'
import { defaultLimits, type LimitName, limitNames } from '../../../shared/rules/limits.ts'
import type { Amounts } from '../../../shared/services/limits/limit-service.ts'
import { openPageAllowance } from '../../../shared/services/limits/page-allowance.ts'
import { createMemoryTable, type MemoryTable } from '../../support/simulation/memory-table.ts'
import { createSimulatedStore } from '../../support/simulation/simulated-store.ts'

const start = Date.parse('2026-11-26T00:00:00.000Z')
const clock = { time: start, now: () => clock.time }
let table: MemoryTable
let writes: number
beforeEach(() => {
  clock.time = start
  table = createMemoryTable()
  writes = 0
})

/** The service of one process; several share the table. */
const service = (setting = '') => {
  const store = createSimulatedStore(table, clock)
  const counting: Store = {
    ...store,
    attempt(update) {
      writes += 1
      return store.attempt(update)
    },
  }
  return limitService({ store: counting, clock, limits: limitsWith(defaultLimits, setting) })
}

const caller: Caller = { principal: 'user_1', address: 'office' }
const isRefused = (limits: ReturnType<typeof service>, by: Caller, amounts: Amounts) =>
  limits.admit(by, amounts).then(
    () => undefined,
    (error) => (error instanceof StudioError ? error : Promise.reject(error)),
  )

const only = (setting: string): string =>
  [
    ...limitNames.flatMap((name) =>
      Object.keys(defaultLimits.rates[name]).map((scope) => `${name}.${scope}=off`),
    ),
    setting,
  ].join(',')

describe('a limit', () => {
  it('admits its maximum, says what was reached, and goes on when it said', async () => {
    const limits = service(only('turns.principal=3/60'))
    const left: number[] = []
    const by = {
      ...caller,
      onQuotas: (quotas: Quota[]) => left.push(...quotas.map(({ remaining }) => remaining)),
    }
    for (let turn = 0; turn < 3; turn += 1) await limits.admit(by, { turns: 1 })
    expect(left).toEqual([2, 1, 0])
    clock.time += 4_500
    const refused = await isRefused(limits, by, { turns: 1 })
    expect(refused).toMatchObject({
      code: 'RATE_LIMITED',
      retryable: true,
      retryAfter: 16,
      limit: { name: 'turns', scope: 'principal', max: 3, window_seconds: 60 },
    })
    clock.time += 15_400
    expect(await isRefused(limits, by, { turns: 1 })).toBeDefined()
    clock.time += 101
    expect(await isRefused(limits, by, { turns: 1 })).toBeUndefined()
    expect(await isRefused(limits, by, { turns: 1 })).toBeDefined()
  })

  it('is each caller’s own, and each address’s', async () => {
    const limits = service(only('turns.principal=1/60,turns.address=2/60'))
    await limits.admit(caller, { turns: 1 })
    expect(await isRefused(limits, caller, { turns: 1 })).toMatchObject({
      limit: { scope: 'principal' },
    })
    await limits.admit({ ...caller, principal: 'user_2' }, { turns: 1 })
    expect(await isRefused(limits, { ...caller, principal: 'user_3' }, { turns: 1 })).toMatchObject(
      {
        limit: { scope: 'address' },
      },
    )
    // What the address refused was given back to the caller.
    await limits.admit({ principal: 'user_3', address: 'home' }, { turns: 1 })
  })

  it('of everyone refuses everyone, and tells no one how much is left', async () => {
    const limits = service(only('turns.deployment=1/60'))
    const told: Quota[] = []
    const by = { ...caller, onQuotas: (quotas: Quota[]) => told.push(...quotas) }
    await limits.admit(by, { turns: 1 })
    expect(told).toEqual([])
    expect(await isRefused(limits, { principal: 'user_2' }, { turns: 1 })).toMatchObject({
      limit: { scope: 'deployment' },
    })
  })

  it('is not kept by a process: another one counts on from there', async () => {
    const setting = only('turns.principal=2/86400')
    await service(setting).admit(caller, { turns: 1 })
    await service(setting).admit(caller, { turns: 1 })
    expect(await isRefused(service(setting), caller, { turns: 1 })).toBeDefined()
  })

  it('takes several at once or nothing', async () => {
    const limits = service(only('sessions.address=5/60,principals.address=1/60'))
    const fresh = { principal: undefined, address: 'office' }
    await limits.admit(fresh, { sessions: 1, principals: 1 })
    for (let time = 0; time < 9; time += 1) {
      expect(await isRefused(limits, fresh, { sessions: 1, principals: 1 })).toMatchObject({
        limit: { name: 'principals' },
      })
    }
    for (let time = 0; time < 4; time += 1) await limits.admit(caller, { sessions: 1 })
    expect(await isRefused(limits, caller, { sessions: 1 })).toBeDefined()
  })

  it('that is hardly used refuses nothing, however fast it fills and is taken from', async () => {
    const setting = only('turns.principal=1000000/1000')
    const plain = createSimulatedStore(table, clock)
    const other = limitService({
      store: plain,
      clock,
      limits: limitsWith(defaultLimits, setting),
    })
    // Others take before a try that expects it full, and it fills before one that does not.
    const restless: Store = {
      ...plain,
      async attempt(update) {
        if (Object.keys(update.set ?? {}).some((name) => name.startsWith('full_at')))
          await other.admit(caller, { turns: 3 })
        const answer = await plain.attempt(update)
        clock.time += 10
        return answer
      },
    }
    const limits = limitService({
      store: restless,
      clock,
      limits: limitsWith(defaultLimits, setting),
    })
    for (let time = 0; time < 20; time += 1) await limits.admit(caller, { turns: 1 })
  })

  it('gets back what came to nothing, in part too', async () => {
    const limits = service(only('transcription.principal=61/3600'))
    const admission = await limits.admit(caller, { transcription: 60 })
    expect(await isRefused(limits, caller, { transcription: 30 })).toBeDefined()
    await admission.giveBack({ transcription: 40 })
    clock.time += 10_000
    await limits.admit(caller, { transcription: 30 })
  })
})

describe('what a caller costs the table', () => {
  it('a write for each scope, at once, and for the deployment one in ten', async () => {
    const limits = service()
    await limits.admit(caller, { turns: 1 })
    clock.time += 30_000
    writes = 0
    for (let turn = 0; turn < 10; turn += 1) await limits.admit(caller, { turns: 1 })
    expect(writes).toBe(10 + 10 + 1)
  })

  it('units of the deployment that one process has left over no longer than the rate takes to bring them back', async () => {
    const limits = service(only('turns.deployment=4000/60'))
    const taking = async (turns: number) => {
      writes = 0
      for (let turn = 0; turn < turns; turn += 1) await limits.admit(caller, { turns: 1 })
      return writes
    }
    // One alone, then two at once.
    expect(await taking(2)).toBe(2)
    clock.time += 59_000
    expect(await taking(1)).toBe(0)
    expect(await taking(1)).toBe(1)
    clock.time += 60_001
    expect(await taking(1)).toBe(1)
  })

  it('nothing at all once it was refused, until it would be admitted', async () => {
    const limits = service(only('turns.principal=1/60'))
    await limits.admit(caller, { turns: 1 })
    writes = 0
    for (let time = 0; time < 1_000; time += 1) await isRefused(limits, caller, { turns: 1 })
    expect(writes).toBe(1)
    clock.time += 5_000
    expect(await isRefused(limits, caller, { turns: 1 })).toMatchObject({ retryAfter: 55 })
    expect(writes).toBe(1)
    clock.time += 55_000
    expect(await isRefused(limits, caller, { turns: 1 })).toBeUndefined()
  })

  it('nothing where nothing is limited', async () => {
    await service(only('turns.principal=1/60')).admit(caller, { sessions: 1, transcription: 0 })
    expect(writes).toBe(0)
  })
})

it('what cannot be counted is not admitted', async () => {
  const store = createSimulatedStore(table, clock)
  const broken: Store = { ...store, attempt: () => Promise.reject(new Error('no connection')) }
  const limits = limitService({ store: broken, clock, limits: defaultLimits })
  await expect(limits.admit(caller, { turns: 1 })).rejects.toThrow('no connection')
})

describe('the pages of a research', () => {
  const page = (url: string) => ({ status: 'failed', url, reason: 'no-text' }) as const
  const pages = { read: async (url: string) => page(url) }
  const { signal } = new AbortController()

  it('are counted once, and those that were not read are given back', async () => {
    const limits = service(only('pages.principal=32/86400'))
    for (let run = 0; run < 5; run += 1) {
      await using allowance = openPageAllowance(limits, pages, caller)
      for (let read = 0; read < 4; read += 1) {
        expect(await allowance.reader.read(`https://${read}.example`, signal)).toMatchObject({
          reason: 'no-text',
        })
      }
    }
    await using last = openPageAllowance(limits, pages, caller)
    expect(await last.reader.read('https://a.example', signal)).toMatchObject({
      status: 'refused',
      reason: 'limit',
    })
  })

  it('are counted once the research is its worker’s, and not of one that never is', async () => {
    const limits = service(only('pages.principal=32/86400'))
    const claim = Promise.withResolvers<void>()
    await using waiting = openPageAllowance(limits, pages, caller, claim.promise)
    const read = waiting.reader.read('https://a.example', signal)
    expect(writes).toBe(0)
    claim.resolve()
    expect(await read).toMatchObject({ reason: 'no-text' })
    const counted = writes
    expect(counted).toBeGreaterThan(0)

    await using lost = openPageAllowance(limits, pages, caller, Promise.reject(new Error('taken')))
    expect(await lost.reader.read('https://a.example', signal)).toMatchObject({ reason: 'limit' })
    expect(writes).toBe(counted)
  })
})

/** What a person does in a working day, in minutes after its beginning. */
const workingDay = (
  limits: ReturnType<typeof service>,
  by: (person: number) => Caller,
  people: number,
) => {
  const counted: Amounts[] = []
  const work = async () => {
    for (let second = 0; second < 9 * 3_600; second += 5) {
      clock.time = start + second * 1_000
      for (let person = 0; person < people; person += 1) {
        const amounts: Partial<Record<LimitName, number>> = {}
        const at = second - person * 10
        if (at < 0) continue
        // A conversation in half an hour, each with a message in 30 s, every third of which is spoken.
        if (at % 1_800 === 0) amounts.sessions = 1
        if (at % 30 === 0) amounts.turns = 1
        if (at % 90 === 0) Object.assign(amounts, { uploads: 1, transcription: 15 })
        if (at % 60 === 0) amounts.synthesis = 180
        // A run for each conversation, and one of three is resumed.
        if (at % 1_800 === 900 || at % 5_400 === 1_200)
          Object.assign(amounts, { runs: 1, pages: 16 })
        if (at === 0) amounts.principals = 1
        if (Object.keys(amounts).length === 0) continue
        counted.push(amounts)
        const caller = by(person)
        await limits.admit(at === 0 ? { ...caller, principal: undefined } : caller, amounts)
      }
    }
    return counted.length
  }
  return work()
}

describe('an honest day meets no limit', () => {
  it('of one person who works for nine hours', async () => {
    const worked = workingDay(service(), () => caller, 1)
    await expect(worked).resolves.toBeGreaterThan(1_000)
  })

  it('of an office of twenty behind one address', async () => {
    const worked = workingDay(
      service(),
      (person) => ({ principal: `user_${person}`, address: 'office' }),
      20,
    )
    await expect(worked).resolves.toBeGreaterThan(20_000)
  })

  it('of one who writes as fast as people can, for a while', async () => {
    const limits = service()
    for (let turn = 0; turn < 100; turn += 1) {
      await limits.admit(caller, { turns: 1 })
      clock.time += 4_000
    }
  })
})
