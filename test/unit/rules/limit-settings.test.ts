import { describe, expect, it } from 'vitest'
import { assertWorkerLeft, limitEntries, limitsWith } from '../../../shared/rules/limit-settings.ts'
import { defaultLimits, largestRequest, limitNames } from '../../../shared/rules/limits.ts'
import { generousLimits } from '../../support/limits/generous-limits.ts'

const withSetting = (setting: string) => limitsWith(defaultLimits, setting)

describe('the setting LIMITS', () => {
  it('replaces the rates of the entries that it names, and no others', () => {
    const limits = withSetting(
      ' turns.principal=100/3600, runs.address=20/60+200/86400 ,sessions.deployment=off,runs_at_once.principal=5,',
    )
    expect(limits.rates.turns.principal).toEqual([{ max: 100, seconds: 3600 }])
    expect(limits.rates.turns.address).toEqual(defaultLimits.rates.turns.address)
    expect(limits.rates.runs.address).toEqual([
      { max: 20, seconds: 60 },
      { max: 200, seconds: 86_400 },
    ])
    expect(limits.rates.sessions.deployment).toEqual([])
    expect(limits.runsAtOnce).toEqual({ ...defaultLimits.runsAtOnce, principal: 5 })
    expect(limits.rates.uploads).toEqual(defaultLimits.rates.uploads)
  })

  it('is nothing when it is empty, and the last of two entries holds', () => {
    expect(withSetting('')).toEqual(defaultLimits)
    expect(withSetting(' , ')).toEqual(defaultLimits)
    const twice = withSetting('turns.principal=1/60,turns.principal=2/60')
    expect(twice.rates.turns.principal).toEqual([{ max: 2, seconds: 60 }])
    expect(withSetting('runs_at_once.deployment=off').runsAtOnce).toEqual({
      principal: defaultLimits.runsAtOnce.principal,
    })
  })

  it.each([
    ['turns', 'an entry is'],
    ['turns.principal', 'an entry is'],
    ['turns.principal=', 'an entry is'],
    ['turn.principal=1/60', 'there is no such limit; there are principals, sessions, turns'],
    ['toString.principal=1/60', 'there is no such limit'],
    ['turns.everybody=1/60', 'turns is counted for principal, address, deployment'],
    ['principals.principal=1/60', 'principals is counted for address, deployment'],
    ['pages.address=100/60', 'pages is counted for principal, deployment'],
    ['turns.principal=60', 'a rate is <maximum>/<seconds>'],
    ['turns.principal=0/60', 'a rate is <maximum>/<seconds>'],
    ['turns.principal=-1/60', 'a rate is <maximum>/<seconds>'],
    ['turns.principal=1e3/60', 'a rate is <maximum>/<seconds>'],
    ['turns.principal=1/60+', 'a rate is <maximum>/<seconds>'],
    ['turns.principal=1/0', 'a rate is <maximum>/<seconds>'],
    ['turns.principal=1/86401', 'a rate spans 86400'],
    ['turns.principal=60001/60', 'a thousand a second'],
    ['transcription.principal=60/60', 'one request may take 61'],
    ['synthesis.address=100/60', 'one request may take 1200'],
    ['pages.principal=15/60', 'one request may take 16'],
    ['runs_at_once.address=3', 'runs_at_once is for principal and deployment'],
    ['runs_at_once.principal=0', 'a whole number of at least 1'],
    ['runs_at_once.principal=3/60', 'a whole number of at least 1'],
  ])('refuses %s and names it', (entry, why) => {
    const setting = `uploads.principal=5/60,${entry}`
    expect(() => withSetting(setting)).toThrow(`LIMITS holds ${JSON.stringify(entry)}`)
    expect(() => withSetting(setting)).toThrow(why)
  })

  it('stands behind what follows from the capacity, so that it has the last word', () => {
    expect(limitEntries(4, undefined)).toBe('')
    expect(limitEntries(400, undefined)).toBe('runs_at_once.deployment=399')
    expect(withSetting(limitEntries(400, 'runs_at_once.deployment=9')).runsAtOnce.deployment).toBe(
      9,
    )
    expect(() => limitEntries(4, 'nonsense')).toThrow('LIMITS holds "nonsense"')
  })

  it.each([
    ['runs_at_once.deployment=4', 'LIMITS holds "runs_at_once.deployment=4"'],
    ['runs_at_once.deployment=off', 'LIMITS holds "runs_at_once.deployment=off"'],
  ])('keeps a deployment from giving all of its stage workers to runs: %s', (entry, why) => {
    const entries = limitEntries(4, entry)
    expect(() => assertWorkerLeft(4, entries)).toThrow(why)
    expect(() => assertWorkerLeft(4, entries)).toThrow('it is 3 at most')
    expect(() => assertWorkerLeft(4, limitEntries(4, 'runs_at_once.deployment=3'))).not.toThrow()
    expect(() => assertWorkerLeft(400, limitEntries(400, undefined))).not.toThrow()
  })

  it('of the tests names every limit', () => {
    const limits = withSetting(generousLimits)
    for (const name of limitNames) {
      for (const rates of Object.values(limits.rates[name])) {
        expect(rates).toEqual([{ max: 1_000_000, seconds: 1_000 }])
      }
    }
  })
})

describe('the table', () => {
  it('lets through what one request may take, in every rate', () => {
    for (const name of limitNames) {
      for (const rates of Object.values(defaultLimits.rates[name])) {
        for (const { max, seconds } of rates) {
          expect(max).toBeGreaterThanOrEqual(largestRequest[name] ?? 1)
          expect(max).toBeLessThanOrEqual(seconds * 1_000)
        }
      }
    }
  })

  it('gives an address no less than a caller, and everyone no less than an address', () => {
    for (const name of limitNames) {
      const { principal, address, deployment } = defaultLimits.rates[name] as Partial<
        Record<string, readonly { max: number; seconds: number }[]>
      >
      const aDay = (rates: typeof principal) =>
        Math.min(...(rates ?? []).map(({ max, seconds }) => (max / seconds) * 86_400))
      const days = [principal, address, deployment].filter((rates) => rates).map(aDay)
      expect(days).toEqual(days.toSorted((one, other) => one - other))
    }
  })
})
