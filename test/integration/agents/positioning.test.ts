import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CopyFilter } from '../../../shared/agents/copy/copy-filter.ts'
import { strategize } from '../../../shared/agents/strategy-agent.ts'
import type { Positioning } from '../../../shared/contracts/agents.ts'
import type { CopyFinding } from '../../../shared/contracts/copy-safety.ts'
import { agentsOn, elementListener } from '../../support/model-server/agents.ts'
import { answers } from '../../support/model-server/answers.ts'
import { rulesFor } from '../../support/model-server/copy-filter.ts'
import { type ModelServer, startModelServer } from '../../support/model-server/model-server.ts'
import {
  sampleBrief as brief,
  sampleResearched as research,
  sampleStrategy,
} from '../../support/model-server/samples.ts'

let server: ModelServer
beforeAll(async () => {
  server = await startModelServer()
})
beforeEach(() => server.reset())
afterAll(() => server.stop())

const { market_assessment, positioning_options, weekly_plan, ...rest } = sampleStrategy
const [first, second] = positioning_options
const inPieces = (value: unknown) => answers.json(value, { chunkCharacters: 9 })

const flagged = { id: 'p3', title: '겨울', message: '겨울을 이기는 손.' }
const finding: CopyFinding = {
  rule: 'moderation.violence',
  severity: 'block',
  law: '정책',
  match: '',
  explanation: '',
  allowed_by: null,
}

/** Runs the agent; each telling of a positioning with the kinds of what was shown before it. */
const run = async (copyFilter: CopyFilter = rulesFor()) => {
  const told: { positioning: Positioning; shown: Set<string>; calls: number }[] = []
  const listener = elementListener()
  const work = strategize(
    agentsOn(server, { copyFilter }),
    { locale: 'ko-KR', brief, research },
    {
      ...listener,
      onPositioning(positioning) {
        const shown = new Set(listener.elements.map(({ kind }) => kind))
        told.push({ positioning, shown, calls: server.calls.length })
      },
    },
  )
  const { output } = await work
  return { told, output: output.value }
}

test('a strategy tells of its positioning once, when that is shown and its plan is not', async () => {
  server.script('strategy', inPieces(sampleStrategy))
  const { told } = await run()
  expect(told).toEqual([
    {
      positioning: { market_assessment, positioning_options },
      shown: new Set(['market_assessment', 'positioning_options']),
      calls: 1,
    },
  ])
})

test('an answer in another order tells of it when all of it is there', async () => {
  server.script(
    'strategy',
    inPieces({ ...rest, positioning_options, weekly_plan, market_assessment }),
  )
  const { told } = await run()
  expect(told).toMatchObject([{ positioning: { market_assessment, positioning_options } }])
})

test('a positioning with a text that is blocked is not told of, and neither is the repaired one', async () => {
  const unlawful = { ...second, message: '바르면 아토피가 완치돼요.' }
  server.script('strategy', inPieces({ ...sampleStrategy, positioning_options: [first, unlawful] }))
  const entries = [{ ref: 'r1', item: second }]
  const repaired = { schema_version: 'v1', agent: 'strategy', positioning_options: entries }
  server.script('strategy_repair', answers.json(repaired))
  const { told, output } = await run()
  expect(told).toEqual([])
  expect(output.positioning_options).toEqual(positioning_options)
})

test('one that breaks a rule is not told of, but that of the answer that takes its place', async () => {
  const same = positioning_options.map((option) => ({ ...option, id: 'p1' }))
  server.script('strategy', inPieces({ ...sampleStrategy, positioning_options: same }))
  server.script('strategy', inPieces(sampleStrategy))
  const { told } = await run()
  expect(told).toMatchObject([{ positioning: { positioning_options }, calls: 2 }])
})

test('where moderation judges, it is told of once that has', async () => {
  const batches: string[][] = []
  server.script('strategy', inPieces(sampleStrategy))
  const { told } = await run({
    ...rulesFor(),
    async moderate(batch) {
      batches.push([...batch])
      return batch.map(() => [])
    },
  })
  expect(batches.flat()).toContain(`${second?.title}\n${second?.message}`)
  expect(told).toHaveLength(1)
})

test('where moderation finds something in it, it is not told of', async () => {
  server.script(
    'strategy',
    inPieces({ ...sampleStrategy, positioning_options: [first, flagged, second] }),
  )
  server.script('strategy_repair', answers.refusal())
  const { told, output } = await run({
    ...rulesFor(),
    moderate: async (batch) =>
      batch.map((text) => (text.includes(flagged.message) ? [finding] : [])),
  })
  expect(output.positioning_options).toEqual(positioning_options)
  expect(told).toEqual([])
})
