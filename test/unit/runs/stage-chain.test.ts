import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Write } from '../../../shared/clients/store.ts'
import { type Positioning, stageNames } from '../../../shared/contracts/agents.ts'
import { StudioError } from '../../../shared/contracts/errors.ts'
import type { StageTask } from '../../../shared/contracts/pipeline.ts'
import type { ModeDurations } from '../../../shared/repositories/stage-duration-repository.ts'
import { stageDurationsKey } from '../../../shared/repositories/table-keys.ts'
import { sampleStrategy } from '../../support/model-server/samples.ts'
import { type Change, createMemoryTable } from '../../support/simulation/memory-table.ts'
import { type ModelOutcome, messages } from '../../support/simulation/simulated-agents.ts'
import { createSimulatedMachine } from '../../support/simulation/simulated-machine.ts'
import { processOn, servicesOn } from '../../support/simulation/simulated-services.ts'
import { writeUnits } from '../../support/simulation/write-units.ts'

const owner = 'user_1'
const clock = { now: () => Date.now() }
const quarterHour = 900_000

beforeEach(() => {
  vi.useFakeTimers({
    now: Date.UTC(2026, 10, 22),
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
  })
})
afterEach(() => {
  vi.useRealTimers()
})

interface ModelCall {
  stage: string
  answer(outcome: ModelOutcome): void
  /** Ends it with an error of the worker's own. */
  throws(error: Error): void
}

/** A run that waits for its research, with workers whose model answers when the test says so. */
const setUp = async () => {
  const written: Change[][] = []
  const table = createMemoryTable((changes) => written.push(changes))
  const tasks: StageTask[] = []
  const heartbeats: string[] = []
  const reports: string[] = []
  const simulated = createSimulatedMachine({
    turn: async () => {},
    send: (task) => tasks.push(task),
  })
  const machine: typeof simulated = {
    ...simulated,
    async heartbeat(token) {
      heartbeats.push(token)
      return simulated.heartbeat(token)
    },
    async fail(token, error, cause) {
      reports.push(error)
      return simulated.fail(token, error, cause)
    },
  }
  const calls: ModelCall[] = []
  let outcome: ModelOutcome = 'answers'
  let beginsVoice = false
  let positioning: Positioning | undefined
  /** What a write waits for on its way; nothing when it returns undefined. */
  let onWrite = (_: Write[]): Promise<void> | undefined => undefined
  const outside = processOn(table, clock)
  const store: typeof outside.store = {
    ...outside.store,
    async write(writes) {
      await onWrite(writes)
      return outside.store.write(writes)
    },
  }
  const services = servicesOn(
    { ...outside, store },
    {
      machine,
      outcome: () => outcome,
      beginsVoice: () => beginsVoice,
      positioning: () => positioning,
      before: (stage) =>
        new Promise((resolve, reject) => {
          calls.push({
            stage,
            answer(next) {
              outcome = next
              resolve()
            },
            throws: reject,
          })
        }),
    },
  )
  const { session } = await services.conversations.create(owner, {
    locale: 'ko-KR',
    mode: 'standard',
  })
  const { session_id: sessionId } = session
  await services.turns.run({ sessionId, principal: owner, message: messages.fill, input: 'text' })
  const { run_id: runId } = await services.launches.start(sessionId, owner)
  return {
    ...services,
    heartbeats,
    reports,
    written,
    machine,
    tasks,
    calls,
    runId,
    meetWrites: (meet: typeof onWrite) => {
      onWrite = meet
    },
    /** Begins voice beside creative from now on. */
    beginVoice: () => {
      beginsVoice = true
    },
    /** Strategy tells of a positioning from now on. */
    tellPositioning: (next: Positioning) => {
      positioning = next
    },
    /** The call of a stage that waits for its answer. */
    async asked(stage: string): Promise<ModelCall> {
      await vi.waitFor(() => expect(calls.map((call) => call.stage)).toContain(stage))
      return calls.findLast((call) => call.stage === stage) as ModelCall
    },
    async sent(number: number): Promise<StageTask> {
      await vi.waitFor(() => expect(tasks.length).toBeGreaterThan(number))
      return tasks[number] as StageTask
    },
    work: (task: StageTask, milliseconds = quarterHour) =>
      services.stages.run(task, clock.now() + milliseconds),
    run: () => table.get({ PK: `RUN#${runId}`, SK: 'RUN' }),
    durations: () => table.get(stageDurationsKey)?.durations as ModeDurations | undefined,
    spent: () => table.get({ PK: `RUN#${runId}`, SK: 'SPEND' }),
    stage: (stage: string) => table.get({ PK: `RUN#${runId}`, SK: `STAGE#${stage}` }),
    log: async () => (await services.events.read(sessionId, 0, 1000)).events,
  }
}

let world: Awaited<ReturnType<typeof setUp>>
beforeEach(async () => {
  world = await setUp()
})

/** Lets one worker go through the run up to a stage's call. */
const chainTo = async (stage: string) => {
  const worker = world.work(await world.sent(0))
  for (const name of stageNames.slice(0, stageNames.indexOf(stage as 'voice'))) {
    ;(await world.asked(name)).answer('answers')
  }
  const call = await world.asked(stage)
  return { worker, call }
}

it('one worker does a whole run, and the messages of its stages only bring their tokens', async () => {
  const worker = world.work(await world.sent(0))
  for (const [number, stage] of stageNames.entries()) {
    const call = await world.asked(stage)
    const task = await world.sent(number)
    if (number > 0) await world.work(task)
    call.answer('answers')
  }
  await worker
  expect(world.calls.map(({ stage }) => stage)).toEqual(stageNames)
  expect(world.run()).toMatchObject({ state: 'DONE' })
  expect(await world.machine.describe(world.runId, 1)).toEqual({ status: 'SUCCEEDED' })
  const types = (await world.log()).map(({ type }) => type)
  expect(types.filter((type) => type === 'run.completed')).toHaveLength(1)
})

it('a whole run is written with few units, and each stage with one transaction', async () => {
  world.written.length = 0
  const worker = world.work(await world.sent(0))
  for (const [number, stage] of stageNames.entries()) {
    const call = await world.asked(stage)
    const task = await world.sent(number)
    if (number > 0) await world.work(task)
    call.answer('answers')
  }
  await worker
  const ofStages = world.written.filter((changes) =>
    changes.some(({ after }) => after?.SK.startsWith('STAGE#')),
  )
  expect(ofStages.filter((changes) => changes.length > 1)).toHaveLength(stageNames.length)
  // The first claim, and three tokens that are handed over.
  expect(ofStages.filter((changes) => changes.length === 1)).toHaveLength(4)
  const units = world.written.map(writeUnits).reduce((sum, each) => sum + each, 0)
  expect(units).toBeLessThan(80)
})

it('a call that its claim has counted is made without another write', async () => {
  const worker = world.work(await world.sent(0))
  ;(await world.asked('research')).answer('answers')
  await world.asked('strategy')
  const ofStrategy = world.written.filter((changes) =>
    changes.some(({ after }) => after?.SK === 'STAGE#strategy'),
  )
  expect(ofStrategy).toHaveLength(1)
  expect(world.stage('strategy')).toMatchObject({ calls_1: 1 })
  ;(await world.asked('strategy')).answer('breaks off')
  await vi.waitFor(() => expect(world.stage('strategy')).toMatchObject({ calls_1: 2 }))
  await vi.waitFor(() => expect(world.calls).toHaveLength(3))
  world.calls.at(-1)?.answer('refuses')
  await worker
})

it('a worker without time for the next stage leaves it to its message', async () => {
  const worker = world.work(await world.sent(0), 30_000)
  ;(await world.asked('research')).answer('answers')
  await worker
  expect(world.stage('strategy')).toBeUndefined()
  expect(world.run()).toMatchObject({ stage: 'strategy' })
})

it('keeps the token alive that a message has brought', async () => {
  const { worker, call } = await chainTo('strategy')
  const task = await world.sent(1)
  await world.work(task)
  expect(world.stage('strategy')).toMatchObject({ task_token: task.task_token })
  world.heartbeats.length = 0
  await vi.advanceTimersByTimeAsync(40_000)
  expect(world.heartbeats.filter((token) => token === task.task_token).length).toBeGreaterThan(10)
  call.answer('refuses')
  await worker
  expect(world.reports).toEqual(['MODEL_REFUSED'])
})

it('a worker that does not reach the table gives no sign of life', async () => {
  const { worker, call } = await chainTo('strategy')
  await world.work(await world.sent(1))
  world.meetWrites(() => new Promise(() => {}))
  await vi.advanceTimersByTimeAsync(4_000)
  world.heartbeats.length = 0
  await vi.advanceTimersByTimeAsync(20_000)
  expect(world.heartbeats).toEqual([])
  world.meetWrites(() => undefined)
  call.answer('refuses')
  await worker
})

it('a message that comes behind the end returns its token by what the table says', async () => {
  const { worker, call } = await chainTo('strategy')
  call.answer('refuses')
  await worker
  expect(world.run()).toMatchObject({ state: 'FAILED', stage: 'strategy' })
  await world.work(await world.sent(1))
  expect(await world.machine.describe(world.runId, 1)).toMatchObject({ error: 'MODEL_REFUSED' })
})

it('a message that comes when its run was resumed ends its execution', async () => {
  const { worker, call } = await chainTo('strategy')
  call.answer('refuses')
  await worker
  const late = await world.sent(1)
  await world.launches.resume(world.runId, owner)
  await world.work(late)
  expect(await world.machine.describe(world.runId, 1)).toMatchObject({ error: 'CANCELLED' })
  expect(await world.machine.describe(world.runId, 2)).toEqual({ status: 'RUNNING' })
})

it("a retry's message brings its token too, where the first one never came", async () => {
  const { worker, call } = await chainTo('strategy')
  await world.sent(1)
  world.machine.timeOut(world.runId)
  await world.work(await world.sent(2))
  call.answer('answers')
  await world.asked('creative')
  expect(world.calls.filter(({ stage }) => stage === 'strategy')).toHaveLength(1)
  ;(await world.asked('creative')).answer('refuses')
  await worker
})

it('a stage whose holder has died is taken by its message', async () => {
  const { call } = await chainTo('strategy')
  // The worker is frozen: its heartbeats stay away.
  vi.setSystemTime(clock.now() + 20_000)
  const other = world.work(await world.sent(1))
  await vi.waitFor(() =>
    expect(world.calls.filter(({ stage }) => stage === 'strategy')).toHaveLength(2),
  )
  ;(await world.asked('strategy')).answer('answers')
  ;(await world.asked('creative')).answer('refuses')
  await other
  call.answer('answers')
  expect(world.run()).toMatchObject({ state: 'FAILED', stage: 'creative' })
})

const broken = () => Object.assign(new Error('The connection broke.'), { code: 'ECONNRESET' })

it('a stage whose worker lost its connection is free for its message at once', async () => {
  const { worker, call } = await chainTo('strategy')
  call.throws(broken())
  await worker
  expect(world.run()).toMatchObject({ state: 'GEN_STRATEGY' })
  const next = world.work(await world.sent(1), 0)
  await vi.waitFor(() =>
    expect(world.calls.filter(({ stage }) => stage === 'strategy')).toHaveLength(2),
  )
  ;(await world.asked('strategy')).answer('answers')
  await next
  expect(world.run()).toMatchObject({ stage: 'creative' })
})

it('a stage whose worker lost its connection is sent again when its token had come', async () => {
  const { worker, call } = await chainTo('strategy')
  await world.work(await world.sent(1))
  call.throws(broken())
  await worker
  expect(world.reports).toEqual(['WORKER_INTERRUPTED'])
  expect(await world.sent(2)).toMatchObject({ stage: 'strategy', retry: 1 })
})

it.each([
  ['voice', 'creative'],
  ['creative', 'voice'],
] as const)('completes once when %s is committed before %s', async (first, last) => {
  world.beginVoice()
  const { worker } = await chainTo('creative')
  await world.asked('voice')
  ;(await world.asked(first)).answer('answers')
  await vi.waitFor(() => expect(world.stage(first)).toMatchObject({ status: 'committed' }))
  expect(world.run()).toMatchObject({
    state: 'GEN_CREATIVES',
    stage: first === 'voice' ? 'creative' : 'voice',
  })
  ;(await world.asked(last)).answer('answers')
  await worker
  expect(world.run()).toMatchObject({ state: 'DONE', stage: 'voice' })
  expect(world.calls.map(({ stage }) => stage)).toEqual([...stageNames])
  const types = (await world.log()).map(({ type }) => type)
  expect(types.filter((type) => type === 'run.completed')).toHaveLength(1)
  for (const task of world.tasks) await world.work(task)
  for (let number = 1; number < 4; number += 1) await world.work(await world.sent(number))
  expect(await world.machine.describe(world.runId, 1)).toEqual({ status: 'SUCCEEDED' })
})

it.each([
  ['voice', 'creative'],
  ['creative', 'voice'],
] as const)('the failure of %s ends the attempt and stops %s', async (failing, other) => {
  world.beginVoice()
  const { worker } = await chainTo('creative')
  await world.asked('voice')
  ;(await world.asked(failing)).answer('refuses')
  await worker
  expect(world.run()).toMatchObject({ state: 'FAILED', stage: 'creative' })
  expect(world.stage(other)).toMatchObject({ status: 'working' })
  const errors = (await world.log()).flatMap((event) =>
    event.type === 'error' ? [event.data] : [],
  )
  expect(errors).toMatchObject([{ stage: failing, resume_from: 'creative' }])
})

it('a resumed run goes past a voice that was committed before creative failed', async () => {
  world.beginVoice()
  const { worker } = await chainTo('creative')
  ;(await world.asked('voice')).answer('answers')
  await vi.waitFor(() => expect(world.stage('voice')).toMatchObject({ status: 'committed' }))
  ;(await world.asked('creative')).answer('refuses')
  await worker
  await world.launches.resume(world.runId, owner)
  const before = world.calls.length
  const again = world.work(world.tasks.at(-1) as StageTask)
  await vi.waitFor(() => expect(world.calls.length).toBeGreaterThan(before))
  ;(await world.asked('creative')).answer('answers')
  await again
  expect(world.run()).toMatchObject({ state: 'DONE', attempt: 2 })
  expect(world.calls.filter(({ stage }) => stage === 'voice')).toHaveLength(1)
})

it('a token that cannot be returned ends no stage that is at work behind it', async () => {
  const unhandled = vi.fn()
  process.on('unhandledRejection', unhandled)
  const { succeed, fail } = world.machine
  try {
    world.machine.succeed = () => Promise.reject(broken())
    world.machine.fail = () => Promise.reject(broken())
    const { worker, call } = await chainTo('strategy')
    const ended = expect(worker).rejects.toThrow('The connection broke.')
    await vi.advanceTimersByTimeAsync(5_000)
    Object.assign(world.machine, { succeed, fail })
    await new Promise(setImmediate)
    expect(unhandled).not.toHaveBeenCalled()
    call.answer('answers')
    ;(await world.asked('creative')).answer('refuses')
    await ended
    expect(world.stage('strategy')).toMatchObject({ status: 'committed' })
  } finally {
    process.off('unhandledRejection', unhandled)
  }
})

it('voice goes on beside a creative stage that another worker has taken over', async () => {
  world.beginVoice()
  const { worker, call } = await chainTo('creative')
  await world.work(await world.sent(1))
  await world.work(await world.sent(2))
  const voice = await world.asked('voice')
  world.machine.timeOut(world.runId)
  const other = world.work(await world.sent(3))
  await vi.waitFor(() =>
    expect(world.calls.filter(({ stage }) => stage === 'creative')).toHaveLength(2),
  )
  ;(await world.asked('creative')).answer('answers')
  await other
  expect(world.run()).toMatchObject({ stage: 'voice' })
  voice.answer('answers')
  await vi.waitFor(() => expect(world.run()).toMatchObject({ state: 'DONE' }))
  call.answer('answers')
  await worker
  expect(world.calls.filter(({ stage }) => stage === 'voice')).toHaveLength(1)
})

/** Voice was asked for in vain beside creative, and is done when its message comes. */
const endByMessage = async (): Promise<void> => {
  expect(world.run()).toMatchObject({ stage: 'voice' })
  for (let number = 1; number < 3; number += 1) await world.work(await world.sent(number))
  const last = world.work(await world.sent(3))
  await vi.waitFor(() =>
    expect(world.calls.filter(({ stage }) => stage === 'voice')).toHaveLength(2),
  )
  ;(await world.asked('voice')).answer('answers')
  await last
  expect(world.run()).toMatchObject({ state: 'DONE' })
}

it('a stage begun ahead that the run cannot afford beside another waits for its message', async () => {
  world.beginVoice()
  const { worker, call } = await chainTo('creative')
  ;(await world.asked('voice')).throws(new StudioError('BUDGET_EXCEEDED', 'No room.'))
  await vi.waitFor(() => expect(world.stage('voice')).toMatchObject({ lease_until: 0 }))
  call.answer('answers')
  await worker
  await endByMessage()
})

it('a heartbeat that arrives late brings no claim back that was given up', async () => {
  const { worker, call } = await chainTo('strategy')
  const lease = String(world.stage('strategy')?.lease_id)
  expect(await world.runs.giveUp(world.runId, 'strategy', lease)).toBe(true)
  expect(await world.runs.extend(world.runId, 'strategy', lease, clock.now() + 10_000)).toBe(false)
  call.answer('refuses')
  await worker
})

/** Whether writes claim a stage. */
const claims = (writes: Write[], stage: string): boolean =>
  writes.some((write) => 'update' in write && write.update.SK === `STAGE#${stage}`)

/** Whether writes put elements of a stage into the log. */
const shows = (writes: Write[], stage: string): boolean =>
  JSON.stringify(writes).includes(`${stage}.delta`)

/** Holds back what is written of a stage, until that is resolved or rejected. */
const heldBack = (
  isMeant: typeof claims,
  stage: string,
): Pick<PromiseWithResolvers<void>, 'resolve' | 'reject'> => {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  world.meetWrites((writes) => (isMeant(writes, stage) ? promise : undefined))
  return { resolve, reject }
}

/** What the log has of a stage. */
const seenOf = async (stage: string): Promise<string[]> =>
  (await world.log()).flatMap(({ type, data }) =>
    type === `${stage}.delta` || (type === 'stage.changed' && data.stage === stage) ? [type] : [],
  )

it('asks the model for the next stage while the stage before is committed, and shows its answer behind it', async () => {
  const commit = heldBack(claims, 'strategy')
  const reserved = () => world.spent()?.reserved
  const worker = world.work(await world.sent(0))
  const research = await world.asked('research')
  const before = Number(reserved())
  research.answer('answers')
  const strategy = await world.asked('strategy')
  expect(reserved()).toBeGreaterThan(before)
  strategy.answer('answers')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(world.stage('strategy')).toBeUndefined()
  expect(await seenOf('strategy')).toEqual([])
  commit.resolve()
  ;(await world.asked('creative')).answer('refuses')
  await worker
  expect(await seenOf('strategy')).toEqual(['stage.changed', 'strategy.delta', 'strategy.delta'])
  expect(world.stage('strategy')).toMatchObject({ status: 'committed', calls_1: 1 })
})

it('takes no failure of a stage that its commit has not begun', async () => {
  const commit = heldBack(claims, 'strategy')
  const worker = world.work(await world.sent(0))
  ;(await world.asked('research')).answer('answers')
  ;(await world.asked('strategy')).answer('refuses')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(world.run()).toMatchObject({ state: 'RUN_RESEARCH' })
  commit.resolve()
  await worker
  expect(world.run()).toMatchObject({ state: 'FAILED', stage: 'strategy' })
})

it('asks the model for the next stage while the last elements of the one before go into the log', async () => {
  const shown = heldBack(shows, 'research')
  const worker = world.work(await world.sent(0))
  ;(await world.asked('research')).answer('answers')
  ;(await world.asked('strategy')).answer('answers')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(world.stage('research')).toMatchObject({ status: 'working' })
  expect(world.stage('strategy')).toBeUndefined()
  shown.resolve()
  ;(await world.asked('creative')).answer('refuses')
  await worker
  expect(world.stage('strategy')).toMatchObject({ status: 'committed', calls_1: 1 })
})

it('shows nothing of the next stage when elements of the one before do not come into the log', async () => {
  const shown = heldBack(shows, 'research')
  const worker = world.work(await world.sent(0))
  ;(await world.asked('research')).answer('answers')
  ;(await world.asked('strategy')).answer('answers')
  shown.reject(new Error('The table refuses it.'))
  await worker
  expect(world.run()).toMatchObject({ state: 'FAILED', stage: 'research' })
  expect(await seenOf('strategy')).toEqual([])
  expect(world.spent()).toMatchObject({ reserved: 0 })
})

it('counts what the call of a stage may have cost that its commit did not begin, and reports nothing of it', async () => {
  const commit = heldBack(claims, 'strategy')
  const worker = world.work(await world.sent(0))
  ;(await world.asked('research')).answer('answers')
  await world.asked('strategy')
  await world.launches.cancel(world.runId, owner)
  commit.resolve()
  await worker
  expect(world.calls.map(({ stage }) => stage)).toEqual(['research', 'strategy'])
  expect(world.stage('strategy')).toBeUndefined()
  expect(await seenOf('strategy')).toEqual([])
  expect(world.spent()).toMatchObject({ reserved: 0 })
  expect(world.run()).toMatchObject({ state: 'CANCELLED' })
})

it('asks the model for a stage beside another while that is claimed', async () => {
  world.beginVoice()
  const claim = heldBack(claims, 'voice')
  const { worker } = await chainTo('creative')
  const voice = await world.asked('voice')
  voice.answer('answers')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(world.stage('voice')).toBeUndefined()
  expect(await seenOf('voice')).toEqual([])
  claim.resolve()
  await vi.waitFor(() => expect(world.stage('voice')).toMatchObject({ status: 'committed' }))
  ;(await world.asked('creative')).answer('answers')
  await worker
  expect(world.run()).toMatchObject({ state: 'DONE' })
  expect(world.calls.map(({ stage }) => stage)).toEqual([...stageNames])
})

it('leaves a stage that could not be claimed beside another to its message', async () => {
  world.beginVoice()
  const claim = heldBack(claims, 'voice')
  const { worker } = await chainTo('creative')
  await world.asked('voice')
  claim.reject(broken())
  world.meetWrites(() => undefined)
  ;(await world.asked('creative')).answer('answers')
  await worker
  expect(await seenOf('voice')).toEqual(['stage.changed'])
  await endByMessage()
})

it('counts of a stage what its run waited for it: nothing of a voice that was done beside creative', async () => {
  world.beginVoice()
  const { worker } = await chainTo('creative')
  const voice = await world.asked('voice')
  vi.setSystemTime(clock.now() + 4_000)
  voice.answer('answers')
  await vi.waitFor(() => expect(world.stage('voice')).toMatchObject({ status: 'committed' }))
  vi.setSystemTime(clock.now() + 2_000)
  ;(await world.asked('creative')).answer('answers')
  await worker
  const { standard, fast } = world.durations() ?? {}
  expect(standard?.voice).toEqual([0])
  expect(standard?.creative?.[0]).toBeGreaterThanOrEqual(6)
  expect(fast).toEqual({})
})

const otherPositioning: Positioning = {
  ...sampleStrategy,
  positioning_options: sampleStrategy.positioning_options.toReversed(),
}

it('asks for the creatives while the plan of the week is written, and shows them behind it', async () => {
  world.tellPositioning(sampleStrategy)
  const { worker, call } = await chainTo('strategy')
  const creative = await world.asked('creative')
  creative.answer('answers')
  await vi.advanceTimersByTimeAsync(25_000)
  expect(world.run()).toMatchObject({ stage: 'strategy' })
  expect(world.stage('creative')).toBeUndefined()
  expect(await seenOf('creative')).toEqual([])
  call.answer('answers')
  ;(await world.asked('voice')).answer('answers')
  await worker
  expect(world.run()).toMatchObject({ state: 'DONE' })
  expect(world.calls.map(({ stage }) => stage)).toEqual([...stageNames])
  expect(await seenOf('creative')).toEqual(['stage.changed', 'creative.delta', 'creative.delta'])
})

it('a claim that is written long after its stage was begun counts from when it is written', async () => {
  world.tellPositioning(sampleStrategy)
  const { worker, call } = await chainTo('strategy')
  const creative = await world.asked('creative')
  await vi.advanceTimersByTimeAsync(25_000)
  call.answer('answers')
  await vi.waitFor(() => expect(world.stage('strategy')).toMatchObject({ status: 'committed' }))
  expect(Number(world.stage('creative')?.lease_until)).toBeGreaterThan(clock.now() + 5_000)
  creative.answer('refuses')
  await worker
})

it('asks anew where the strategy has another positioning in the end', async () => {
  world.tellPositioning(otherPositioning)
  const { worker, call } = await chainTo('strategy')
  ;(await world.asked('creative')).answer('answers')
  call.answer('answers')
  await vi.waitFor(() =>
    expect(world.calls.filter(({ stage }) => stage === 'creative')).toHaveLength(2),
  )
  expect(await seenOf('creative')).toEqual(['stage.changed'])
  ;(await world.asked('creative')).answer('answers')
  ;(await world.asked('voice')).answer('answers')
  await worker
  expect(world.run()).toMatchObject({ state: 'DONE' })
  expect(await seenOf('creative')).toEqual(['stage.changed', 'creative.delta', 'creative.delta'])
})

it('creatives whose strategy fails are ended, leave nothing and report nothing', async () => {
  world.tellPositioning(sampleStrategy)
  const { worker, call } = await chainTo('strategy')
  const creative = await world.asked('creative')
  call.answer('refuses')
  await worker
  creative.answer('is not understood')
  expect(world.run()).toMatchObject({ state: 'FAILED', stage: 'strategy' })
  expect(world.stage('creative')).toBeUndefined()
  expect(await seenOf('creative')).toEqual([])
  expect(world.spent()).toMatchObject({ reserved: 0 })
})
