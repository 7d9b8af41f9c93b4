import { beforeAll, describe, expect, inject, it } from 'vitest'
import { type ChaosResult, type FaultRates, runChaos } from '../support/chaos/chaos.ts'
import { mildFaults, noFaults, onlyMistakes } from '../support/chaos/fault-rates.ts'
import { type Summary, summarize } from '../support/chaos/report.ts'
import { deadline, limit } from '../support/limits/machine-speed.ts'
import { isFullLength } from '../support/limits/run-length.ts'

const common = {
  // Not drawn anew each time: a test that fails should fail again.
  seed: 'short',
  // The state machine waits 10 s for a sign of life instead of 30.
  speed: 3,
  freezeMs: 12_000,
  deadlineMs: deadline(8_000),
  boundMs: limit(50_000),
  assetRate: 0.5,
}

const nothing = {
  lost: 0,
  duplicated: 0,
  gap: 0,
  changed: 0,
  stuck: 0,
  overcalled: 0,
  overcharged: 0,
  error: 0,
  invented: 0,
}

interface Form {
  name: string
  rates: FaultRates
  sessions: number
  minDone: number
  minFaults: number
}

const forms: Form[] = isFullLength
  ? [
      { name: 'without faults', rates: noFaults, sessions: 4, minDone: 0.95, minFaults: 0 },
      { name: 'with faults', rates: mildFaults, sessions: 12, minDone: 0.5, minFaults: 20 },
      {
        name: 'with mistakes and no death',
        rates: onlyMistakes,
        sessions: 12,
        minDone: 0.25,
        minFaults: 10,
      },
    ]
  : [{ name: 'with faults', rates: mildFaults, sessions: 4, minDone: 0.25, minFaults: 3 }]

describe.each<Form>(forms)('launches $name', ({ rates, sessions, minDone, minFaults }) => {
  let result: ChaosResult
  let summary: Summary
  beforeAll(async () => {
    const synthesis = inject('synthesis')
    result = await runChaos({
      ...common,
      synthesis,
      rates,
      sessions,
      parallel: sessions,
    })
    summary = summarize(result)
  }, limit(150_000))

  it('lose nothing, repeat nothing, invent nothing, and all end', () => {
    expect(result.violations).toEqual([])
    expect(summary).toMatchObject({ sessions, runs: sessions, broken: nothing })
  })

  it('come to DONE, most of them', () => {
    expect(summary.doneShare).toBeGreaterThanOrEqual(minDone)
    expect(summary.faultsInAll).toBeGreaterThanOrEqual(minFaults)
  })
})
