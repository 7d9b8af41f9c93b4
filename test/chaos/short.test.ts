import { beforeAll, describe, expect, inject, it } from 'vitest'
import { type ChaosResult, runChaos } from '../support/chaos/chaos.ts'
import { type Summary, summarize } from '../support/chaos/report.ts'
import { fairWeather, shortStorm } from '../support/chaos/weather.ts'

const common = {
  // Not drawn anew each time: a test that fails should fail again.
  seed: 'short',
  // The state machine waits 10 s for a sign of life instead of 30.
  speed: 3,
  freezeMs: 12_000,
  deadlineMs: 8_000,
  boundMs: 100_000,
}

const nothing = {
  lost: 0,
  duplicated: 0,
  gap: 0,
  changed: 0,
  stuck: 0,
  overcalled: 0,
  error: 0,
  invented: 0,
}

describe.each([
  { name: 'without faults', weather: fairWeather, sessions: 4, least: 0.95, faults: 0 },
  { name: 'in a storm', weather: shortStorm, sessions: 12, least: 0.5, faults: 20 },
])('launches $name', ({ weather, sessions, least, faults }) => {
  let result: ChaosResult
  let summary: Summary
  beforeAll(async () => {
    const synthesis = inject('synthesis')
    result = await runChaos({ ...common, synthesis, weather, sessions, parallel: sessions })
    summary = summarize(result)
  }, 240_000)

  it('lose nothing, repeat nothing, invent nothing, and all end', () => {
    expect(result.violations).toEqual([])
    expect(summary).toMatchObject({ sessions, runs: sessions, broken: nothing })
  })

  it('come to DONE, most of them', () => {
    expect(summary.doneShare).toBeGreaterThanOrEqual(least)
    expect(summary.faultsInAll).toBeGreaterThanOrEqual(faults)
  })
})
