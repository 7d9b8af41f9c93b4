import { expect, it, vi } from 'vitest'
import type { StageTask } from '../../../shared/contracts/pipeline.ts'
import { createMemoryTable } from '../../support/simulation/memory-table.ts'
import { messages } from '../../support/simulation/simulated-agents.ts'
import { createSimulatedMachine } from '../../support/simulation/simulated-machine.ts'
import { processOn, servicesOn } from '../../support/simulation/simulated-services.ts'

const owner = 'user_1'
const clock = { now: () => Date.now() }

/** A run that waits for its research, and what happens from then on. */
const setUp = async () => {
  const happened: string[] = []
  const tasks: StageTask[] = []
  const strategy = Promise.withResolvers<void>()
  const table = createMemoryTable((changes) => {
    for (const { after } of changes) {
      if (after?.SK.startsWith('STAGE#')) happened.push(`wrote ${after.SK}`)
    }
  })
  const services = servicesOn(processOn(table, clock), {
    machine: createSimulatedMachine({
      turn: async () => {},
      send: (task) => tasks.push(task),
    }),
    outcome: () => 'answers',
    onPrepare: () => happened.push('prepared'),
    before: async (stage) => {
      happened.push(`asked for ${stage}`)
      if (stage === 'strategy') await strategy.promise
    },
  })
  const { session } = await services.conversations.create(owner, {
    locale: 'ko-KR',
    mode: 'standard',
  })
  const { session_id: sessionId } = session
  await services.turns.run({ sessionId, principal: owner, message: messages.fill, input: 'text' })
  await services.launches.start(sessionId, owner)
  happened.length = 0
  const task = (number: number) => vi.waitUntil(() => tasks[number])
  return { happened, task, stages: services.stages, answerStrategy: strategy.resolve }
}

it('a worker prepares the model before it claims the stage of a message, and asks it behind that', async () => {
  const { happened, task, stages } = await setUp()
  await stages.run(await task(0))
  expect(happened.slice(0, 3)).toEqual(['prepared', 'wrote STAGE#research', 'asked for research'])
  expect(happened.filter((what) => what === 'prepared')).toHaveLength(1)
})

it('a worker asks the model of the stage that follows before it commits the one that it has', async () => {
  const { happened, task, stages, answerStrategy } = await setUp()
  const worker = stages.run(await task(0), clock.now() + 900_000)
  await vi.waitFor(() => expect(happened).toContain('wrote STAGE#strategy'))
  expect(happened.indexOf('asked for strategy')).toBeLessThan(
    happened.indexOf('wrote STAGE#strategy'),
  )
  answerStrategy()
  await worker
})

it('a message that only brings a token prepares nothing', async () => {
  const { happened, task, stages, answerStrategy } = await setUp()
  const worker = stages.run(await task(0), clock.now() + 900_000)
  await vi.waitFor(() => expect(happened).toContain('asked for strategy'))
  await stages.run(await task(1))
  expect(happened.filter((what) => what === 'prepared')).toHaveLength(1)
  answerStrategy()
  await worker
})
