import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { MediaStore } from '../../shared/clients/media-store.ts'
import type { Transcriber, Transcription } from '../../shared/clients/transcription/transcriber.ts'
import { StudioError } from '../../shared/contracts/errors.ts'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import type { StageTask } from '../../shared/contracts/pipeline.ts'
import { endRunOf } from '../../shared/services/runs/run-failure-service.ts'
import { isFullLength } from '../support/limits/run-length.ts'
import { type Accident, createAccidents } from '../support/simulation/accidents.ts'
import { createMemoryTable } from '../support/simulation/memory-table.ts'
import { type ModelOutcome, messages } from '../support/simulation/simulated-agents.ts'
import { createSimulatedMachine } from '../support/simulation/simulated-machine.ts'
import { processOn, servicesOn } from '../support/simulation/simulated-services.ts'

/**
 * Walks through every call that a worker makes of table, state machine and transcriber, and lets it
 * meet a mistake there once, before or after the call took effect. Whatever it was, what the worker was
 * doing has ended within a minute, in one way, and without a sweeper.
 */

const owner = 'user_1'
const clock = { now: () => Date.now() }
/** Milliseconds in which everything has to have ended. */
const bound = 60_000
const step = 250

beforeEach(() => {
  vi.useFakeTimers({
    now: Date.UTC(2026, 10, 22),
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
  })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Lets time pass until the work has settled and what it left behind has ended, a minute at most. */
const passUntil = async (work: Promise<unknown>, ended: () => boolean): Promise<void> => {
  let settled = false
  void work.finally(() => {
    settled = true
  })
  for (let passed = 0; passed < bound && !(settled && ended()); passed += step) {
    await vi.advanceTimersByTimeAsync(step)
  }
  expect(settled, 'the worker has returned').toBe(true)
}

/** One mistake and, at full length, three calls in a row that meet one. */
const streaks = isFullLength ? [1, 3] : [1]

const accidentsAt = (calls: readonly string[]): (Accident & { name: string })[] =>
  calls.flatMap((name, at) =>
    (['before', 'after'] as const).flatMap((when) =>
      streaks.map((length) => ({ at, when, calls: length, name: `${when} ${name}, ${length}` })),
    ),
  )

const named = ({ at, name }: { at: number; name: string }): string => `call ${at}, ${name}`

type Play = (accident?: Accident) => Promise<{ calls: string[]; log: StudioEvent[] }>

/** Of a long list of calls the last so many are walked through: the end, and what leads to it. */
const maxCalls = 24

/** Plays once as it should go, and then with an accident at each call of that. */
const playAll = async (play: Play): Promise<void> => {
  const { calls } = await play()
  expect(calls.length).toBeGreaterThan(3)
  for (const accident of accidentsAt(calls).slice(-2 * streaks.length * maxCalls)) {
    try {
      await play(accident)
    } catch (error) {
      throw new Error(`It did not end well with a mistake at ${named(accident)}.`, { cause: error })
    }
  }
}

const begin = async (outcome: ModelOutcome, accident: Accident | undefined) => {
  const table = createMemoryTable()
  const tasks: StageTask[] = []
  const ends: Promise<unknown>[] = []
  const machine = createSimulatedMachine({
    turn: async () => {},
    send: (task) => void tasks.push(task),
    onEnd: (detail) => void ends.push(endRunOf(calm.failures, detail)),
  })
  const calm = servicesOn(processOn(table, clock), { machine, outcome: () => 'answers' })
  const accidents = createAccidents(accident)
  const healthy = processOn(table, clock)
  const process = { ...healthy, store: accidents.around('store', healthy.store) }
  const { session } = await calm.conversations.create(owner, { locale: 'ko-KR', mode: 'standard' })
  const { session_id: sessionId } = session
  return {
    table,
    tasks,
    ends,
    machine,
    calm,
    accidents,
    sessionId,
    worker: (voice: Parameters<typeof servicesOn>[1]['voice']) =>
      servicesOn(process, {
        machine: accidents.around('machine', machine),
        outcome: () => outcome,
        ...(voice ? { voice } : {}),
      }),
    sessionItem: () => table.get({ PK: `SESSION#${sessionId}`, SK: 'SESSION' }),
    log: async () => (await calm.events.read(sessionId, 0, 5000)).events,
  }
}

/** Every turn that began or was held has one end, and the next message is answered. */
const expectTurnsEnded = async (world: Awaited<ReturnType<typeof begin>>): Promise<void> => {
  expect(world.sessionItem()?.lease_id, 'the lease').toBeUndefined()
  const log = await world.log()
  const ends = log.flatMap(({ type, data }) =>
    (type === 'turn.completed' || type === 'error') && 'turn' in data ? [data.turn] : [],
  )
  expect(ends.length).toBe(new Set(ends).size)
  for (const event of log) {
    if (event.type === 'turn.started') expect(ends).toContain(event.data.turn)
  }
  expect(world.sessionItem()?.state).not.toBe('FAILED')
  const { sessionId } = world
  const next = { sessionId, principal: owner, message: messages.chat, input: 'text' } as const
  const answered = world.calm.turns.run(next)
  await passUntil(answered, () => true)
  expect(await answered).toMatchObject({ assistant_message: { author: 'planner' } })
}

describe('a typed turn', () => {
  it.each(['answers', 'refuses', 'is not understood'] as const)(
    'whose model %s ends once, whatever happens on the way',
    async (outcome) => {
      await playAll(async (accident) => {
        const world = await begin(outcome, accident)
        const { turns } = world.worker(undefined)
        world.accidents.begin()
        const { sessionId } = world
        const message = { message: messages.fill, input: 'text' } as const
        const answer = turns.run({ sessionId, principal: owner, ...message }).catch(() => {})
        await passUntil(answer, () => world.sessionItem()?.lease_id === undefined)
        const calls = [...world.accidents.seen]
        await expectTurnsEnded(world)
        return { calls, log: await world.log() }
      })
    },
  )
})

const recordings = {
  put: async () => true,
  get: async () => new Uint8Array(),
} as unknown as MediaStore

describe('a voice turn', () => {
  const transcripts: [string, () => Promise<Transcription>][] = [
    ['is understood', async () => ({ status: 'done', text: messages.fill })],
    ['is half a character', async () => ({ status: 'done', text: '안녕 \ud83d 하세요' })],
    ['is empty', async () => ({ status: 'done', text: ' ' })],
    [
      'failed',
      async () => ({
        status: 'failed',
        failure: new StudioError('UPSTREAM_ERROR', 'x'.repeat(1e6)),
      }),
    ],
    ['meets a mistake', () => Promise.reject(new RangeError('This was not foreseen.'))],
  ]
  it.each(transcripts)('whose transcript %s ends once, and is paid once', async (_, transcribe) => {
    await playAll(async (accident) => {
      const world = await begin('answers', accident)
      let paid = 0
      const transcriber: Transcriber = {
        provider: 'simulated',
        async start() {
          paid += 1
          return transcribe()
        },
        look: async () => ({ status: 'unknown' }),
      }
      const { voices } = world.worker({
        media: async () => recordings,
        transcriber: async () => world.accidents.around('transcriber', transcriber),
        inspectAudio: async (bare) => ({ format: 'wav', seconds: 2, bare }),
      })
      world.accidents.begin()
      const { sessionId } = world
      const source = { audio: new Uint8Array() }
      const now = clock.now()
      const deadlines = { transcriptBy: now + 15_000, answerBy: now + 25_000 }
      const answer = voices.take({ sessionId, principal: owner, source }, deadlines).catch(() => {})
      await passUntil(answer, () => world.sessionItem()?.lease_id === undefined)
      const calls = [...world.accidents.seen]
      await expectTurnsEnded(world)
      expect(paid).toBeLessThanOrEqual(1)
      const waiting = world.table.items().filter(({ SK }) => SK.startsWith('SPEECH#'))
      expect(waiting).toEqual([])
      return { calls, log: await world.log() }
    })
  })
})

describe('the function that finishes a voice turn', () => {
  it.each([
    ['is there', { status: 'done', text: messages.fill }],
    ['is half a character', { status: 'done', text: '\ud83d 하세요' }],
    ['is unknown to the provider', { status: 'unknown' }],
  ] as [string, Transcription][])('whose transcript %s ends it once', async (_, found) => {
    await playAll(async (accident) => {
      const world = await begin('answers', accident)
      let paid = 0
      const transcriber: Transcriber = {
        provider: 'simulated',
        async start() {
          paid += 1
          return paid === 1 ? { status: 'pending' } : { status: 'done', text: messages.fill }
        },
        look: async () => (paid === 0 ? { status: 'pending' } : found),
      }
      const worker = world.worker({
        media: async () => recordings,
        transcriber: async () => world.accidents.around('transcriber', transcriber),
        inspectAudio: async (bare) => ({ format: 'wav', seconds: 2, bare }),
      })
      const { sessionId } = world
      const now = clock.now()
      const deadlines = { transcriptBy: now + 500, answerBy: now + 1_000 }
      const source = { audio: new Uint8Array() }
      const late = worker.voices.take({ sessionId, principal: owner, source }, deadlines)
      await passUntil(late, () => true)
      expect(await late).toMatchObject({ answered: false })
      world.accidents.begin()
      const finished = worker.transcriptions.finish(sessionId, 1).catch(() => {})
      await passUntil(finished, () => world.sessionItem()?.lease_id === undefined)
      const calls = [...world.accidents.seen]
      await expectTurnsEnded(world)
      expect(paid).toBeLessThanOrEqual(2)
      return { calls, log: await world.log() }
    })
  })
})

/** A run that waits for its research, and the worker that takes it. */
const beginStage = async (outcome: ModelOutcome, accident: Accident | undefined) => {
  const world = await begin(outcome, accident)
  const { sessionId, calm } = world
  const brief = { sessionId, principal: owner, message: messages.fill, input: 'text' } as const
  const briefed = calm.turns.run(brief)
  await passUntil(briefed, () => true)
  const starting = calm.launches.start(sessionId, owner)
  await passUntil(starting, () => true)
  const { run_id: runId } = await starting
  const runItem = () => world.table.get({ PK: `RUN#${runId}`, SK: 'RUN' })
  const isOver = () => runItem()?.stage !== 'research' || runItem()?.state === 'FAILED'
  return { ...world, runId, runItem, isOver }
}

const expectRunEndedOnce = async (
  { log, runItem, ends }: Awaited<ReturnType<typeof beginStage>>,
  outcome: ModelOutcome,
): Promise<void> => {
  await Promise.all(ends)
  const errors = (await log()).filter(({ type }) => type === 'error')
  const isFailed = runItem()?.state === 'FAILED'
  expect(errors).toHaveLength(isFailed ? 1 : 0)
  if (outcome !== 'answers') expect(isFailed).toBe(true)
}

describe("a stage's worker", () => {
  const outcomes = [
    'answers',
    'refuses',
    'is not understood',
    'overflows',
    'writes too much at once',
  ] as const
  it.each(outcomes)('whose model %s ends its attempt once', async (outcome) => {
    await playAll(async (accident) => {
      const world = await beginStage(outcome, accident)
      const { stages } = world.worker(undefined)
      world.accidents.begin()
      const work = Promise.all(world.tasks.map((task) => stages.run(task))).catch(() => {})
      await passUntil(work, world.isOver)
      expect(world.isOver(), 'the stage is over').toBe(true)
      await expectRunEndedOnce(world, outcome)
      return { calls: [...world.accidents.seen], log: await world.log() }
    })
  })

  it('that can do nothing any more is made up for by the missing heartbeats', async () => {
    const { calls } = await playStage()
    for (const [at, name] of calls.entries()) {
      const accident = { at, when: 'before', calls: Number.POSITIVE_INFINITY } as const
      const { isOver } = await playStage(accident)
      expect(isOver(), named({ at, name })).toBe(true)
    }
  })
})

describe('what ends a run whose worker is gone', () => {
  const enders = {
    'the finalizer': (world: Awaited<ReturnType<typeof beginStage>>) =>
      endRunOf(world.worker(undefined).failures, {
        name: `${world.runId}-1`,
        status: 'FAILED',
        error: 'States.HeartbeatTimeout',
      }),
    'the dead-letter consumer': (world: Awaited<ReturnType<typeof beginStage>>) =>
      world.worker(undefined).recovery.undeliverable(world.tasks[0] as StageTask),
  }
  it.each(Object.entries(enders))('%s ends it once', async (_, end) => {
    await playAll(async (accident) => {
      const world = await beginStage('answers', accident)
      world.accidents.begin()
      await passUntil(
        end(world).catch(() => {}),
        world.isOver,
      )
      expect(world.isOver(), 'the run is over').toBe(true)
      await expectRunEndedOnce(world, 'refuses')
      return { calls: [...world.accidents.seen], log: await world.log() }
    })
  })
})

/** A worker that refuses to work, and the machine that waits for it half a minute, twice. */
const playStage = async (accident?: Accident) => {
  const world = await beginStage('refuses', accident)
  const { stages } = world.worker(undefined)
  world.accidents.begin()
  const serve = (task: StageTask) => stages.run(task).catch(() => {})
  for (let sent = 0; sent < world.tasks.length; sent += 1) {
    await passUntil(serve(world.tasks[sent] as StageTask), () => true)
    if (world.isOver()) break
    // No sign of life since the task was sent, nor since the minute before.
    world.machine.passMinute()
    world.machine.passMinute()
    await vi.advanceTimersByTimeAsync(30_000)
  }
  await expectRunEndedOnce(world, 'refuses')
  return { calls: [...world.accidents.seen], isOver: world.isOver }
}
