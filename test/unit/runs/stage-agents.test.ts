import { expect, it } from 'vitest'
import type { RunWithStages } from '../../../shared/repositories/run-output-repository.ts'
import { createStageAgents } from '../../../shared/services/runs/stage-agents.ts'
import type { StageHooks } from '../../../shared/services/runs/stage-hooks.ts'
import { rulesFor } from '../../support/model-server/copy-filter.ts'
import { sampleBrief, sampleResearched } from '../../support/model-server/samples.ts'

const found = {
  run: { run_id: 'run_1', locale: 'ko-KR', mode: 'fast', brief: sampleBrief },
  stages: { research: { output: sampleResearched } },
} as unknown as RunWithStages

it('prepares the rules for the texts of a run once the model was asked', async () => {
  const happened: string[] = []
  const { promise: prepared, resolve } = Promise.withResolvers<void>()
  const given = {
    clock: { now: () => Date.now() },
    model: {
      stream: () => {
        happened.push('asked')
        return new Promise(() => {})
      },
    },
    copySafety: {
      forRun: async () => rulesFor(['cosmetics']),
      prepare: async () => {
        happened.push('prepared')
        resolve()
      },
    },
  }
  const stop = new AbortController()
  const hooks: StageHooks = {
    signal: stop.signal,
    leaseId: 'lease_1',
    onElement: () => {},
    countTry: async () => {},
    countCall: async () => undefined,
    aside: () => {},
    reserveSearches: async () => () => {},
  }
  const agents = createStageAgents(given as unknown as Parameters<typeof createStageAgents>[0])
  const work = agents.strategy(found, hooks)
  await prepared
  expect(happened).toEqual(['asked', 'prepared'])
  stop.abort(new Error('That is enough.'))
  await expect(work).rejects.toThrow('That is enough.')
})
