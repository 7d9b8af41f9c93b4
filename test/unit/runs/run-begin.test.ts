import { beforeEach, expect, it } from 'vitest'
import { stageDurationsKey } from '../../../shared/repositories/table-keys.ts'
import { createMemoryTable } from '../../support/simulation/memory-table.ts'
import { messages } from '../../support/simulation/simulated-agents.ts'
import { createSimulatedMachine } from '../../support/simulation/simulated-machine.ts'
import { processOn, servicesOn } from '../../support/simulation/simulated-services.ts'

const owner = 'user_1'
const clock = { now: () => Date.UTC(2026, 10, 28) }

/** A session whose brief is ready, on a table of which past durations are read as the test says. */
const setUp = async () => {
  const outside = processOn(createMemoryTable(), clock)
  let readDurations: () => Promise<undefined> = async () => undefined
  const services = servicesOn(
    {
      ...outside,
      store: {
        ...outside.store,
        get: (key, ...rest) =>
          key.PK === stageDurationsKey.PK && key.SK === stageDurationsKey.SK
            ? readDurations()
            : outside.store.get(key, ...rest),
      },
    },
    {
      machine: createSimulatedMachine({ turn: async () => {}, send: () => {} }),
      outcome: () => 'answers',
    },
  )
  const { session } = await services.conversations.create(owner, {
    locale: 'ko-KR',
    mode: 'standard',
  })
  const sessionId = session.session_id
  await services.turns.run({ sessionId, principal: owner, message: messages.fill, input: 'text' })
  return {
    ...services,
    sessionId,
    meetDurations: (read: typeof readDurations) => {
      readDurations = read
    },
    job: async () => {
      const { events } = await services.events.read(sessionId, 0, 1000)
      return events.find(({ type }) => type === 'job.updated')?.data
    },
  }
}

let world: Awaited<ReturnType<typeof setUp>>
beforeEach(async () => {
  world = await setUp()
})

it('a run with a job begins without an estimate when past durations cannot be read', async () => {
  world.meetDurations(() => Promise.reject(new Error('The table is throttled.')))
  const { job_id } = await world.launches.start(world.sessionId, owner, { withJob: true })
  expect(job_id).toMatch(/^job_/)
  expect(await world.job()).toMatchObject({ job_id, status: 'running', eta_seconds: null })
})

it('past durations are read before it is known whether a run may begin, and only for a job', async () => {
  let reads = 0
  world.meetDurations(async () => void reads++)
  const withJob = world.launches.start(world.sessionId, owner, { withJob: true })
  expect(reads).toBe(1)
  const { run_id } = await withJob
  await world.launches.cancel(run_id, owner)
  await world.launches.start(world.sessionId, owner)
  expect(reads).toBe(1)
})
