import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { StudioError } from '../../../shared/contracts/errors.ts'
import type { StudioEvent } from '../../../shared/contracts/events.ts'
import type { SessionState } from '../../../shared/contracts/session.ts'
import type { ServeOnce } from '../../../shared/platform/http-handler.ts'
import type { TurnListener, TurnResult } from '../../../shared/services/turns/turn.ts'
import {
  createDeliveries,
  type DeliveryOptions,
  jobId,
  owner,
  runId,
  sessionId,
} from '../../support/simulation/simulated-deliveries.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const minute = 60_000

const stage = (state: SessionState) => ({
  type: 'stage.changed',
  run_id: runId,
  data: { from: 'BRIEF_READY', to: state, state },
})
const completed = { type: 'run.completed', run_id: runId, data: { run_id: runId, state: 'DONE' } }
const failed = { type: 'error', run_id: runId, data: { code: 'STAGE_TIMEOUT', stage: 'voice' } }
const job = (status: string, id = jobId) => ({
  type: 'job.updated',
  data: { job_id: id, type: 'generate', status, progress: 50, eta_seconds: null },
})

/** Reads a delivery on its own; `over` says whether that has ended. */
const reading = (events: AsyncIterable<StudioEvent[]>) => {
  const reader = { seqs: [] as number[], over: false }
  const read = async (): Promise<void> => {
    for await (const batch of events) reader.seqs.push(...batch.map(({ seq }) => seq))
    reader.over = true
  }
  void read()
  return reader
}
/** A delivery that has something left to read. */
const opened = async <T>(delivery: Promise<T | undefined>): Promise<T> => {
  const found = await delivery
  if (found === undefined) throw new Error('There is nothing left to read.')
  return found
}
const field = 'after'
/** Serves a turn without a key. */
const direct: ServeOnce = (serve) => serve()
const pass = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds)

describe('the delivery of a session', () => {
  it('has what others append within half a second, by one read of the log each 250 ms or less', async () => {
    const { log, deliveries } = createDeliveries()
    log.append({}, {}, {})
    const delivery = await opened(
      deliveries.session(sessionId, owner, { after: 1, field, remainingMs: minute }),
    )
    const opening = log.reads()
    const reads = () => log.reads() - opening
    const reader = reading(delivery.events)
    await pass()
    expect(reader.seqs).toEqual([2, 3])
    expect(reads()).toBe(1)
    await pass(10_000)
    expect(reads()).toBeGreaterThanOrEqual(1 + 40)
    expect(reads()).toBeLessThanOrEqual(1 + 50)
    log.append({})
    await pass(250)
    expect(reader.seqs).toEqual([2, 3, 4])
  })

  it('ends when nothing happened for half a minute', async () => {
    const { log, deliveries } = createDeliveries()
    const delivery = await opened(
      deliveries.session(sessionId, owner, { after: 0, field, remainingMs: 3 * minute }),
    )
    const reader = reading(delivery.events)
    await pass(29_000)
    log.append({})
    await pass(29_000)
    expect(reader).toEqual({ seqs: [1], over: false })
    await pass(2000)
    expect(reader.over).toBe(true)
  })

  it('ends cleanly before its function does', async () => {
    const { log, deliveries } = createDeliveries()
    const delivery = await opened(
      deliveries.session(sessionId, owner, { after: 0, field, remainingMs: minute }),
    )
    const reader = reading(delivery.events)
    await pass(28_000)
    log.append({})
    await pass(26_000)
    expect(reader.over).toBe(false)
    await pass(2000)
    expect(reader.over).toBe(true)
  })

  it('reads no further while its reader is busy', async () => {
    const { log, deliveries } = createDeliveries()
    log.append(...Array.from({ length: 2000 }, () => ({})))
    const delivery = await opened(
      deliveries.session(sessionId, owner, { after: 0, field, remainingMs: minute }),
    )
    const opening = log.reads()
    const events = delivery.events[Symbol.asyncIterator]()
    await events.next()
    await pass(10_000)
    // A page of items that hold one event each takes two requests.
    expect(log.reads() - opening).toBe(2)
  })
})

describe('a delivery until the run has ended', () => {
  const until = async (session: DeliveryOptions, ...entries: object[]) => {
    const { log, deliveries } = createDeliveries(session)
    log.append(...entries)
    const options = { after: 0, field, remainingMs: minute, until: 'run' as const }
    const reader = reading((await opened(deliveries.session(sessionId, owner, options))).events)
    await pass(1000)
    return { log, reader }
  }
  const running = { hasRun: true, state: 'GEN_STRATEGY' } as const

  it.each([
    ['completes', [stage('DONE'), completed]],
    ['fails', [stage('FAILED'), failed]],
    ['is cancelled', [stage('BRIEF_READY')]],
    ['is cancelled with an open brief', [stage('CHAT_COLLECTING')]],
  ])('ends when it %s', async (_, ending) => {
    const { log, reader } = await until(running, stage('RUN_RESEARCH'))
    expect(reader.over).toBe(false)
    log.append(...ending)
    await pass(500)
    expect(reader).toEqual({ seqs: log.entries.map(({ seq }) => seq), over: true })
  })

  it('waits for the event that says why, when only its state has been seen', async () => {
    const { log, reader } = await until(running, stage('RUN_RESEARCH'), stage('FAILED'))
    expect(reader.over).toBe(false)
    log.append(failed)
    await pass(500)
    expect(reader).toEqual({ seqs: [1, 2, 3], over: true })
  })

  it('does not end with a turn that fails', async () => {
    const { reader } = await until(running, { type: 'error', data: { stage: 'turn', turn: 1 } })
    expect(reader.over).toBe(false)
  })

  it('waits for a run when there was none yet', async () => {
    const { log, reader } = await until({ state: 'BRIEF_READY' }, {})
    expect(reader.over).toBe(false)
    log.append(stage('RUN_RESEARCH'), stage('DONE'), completed)
    await pass(500)
    expect(reader.over).toBe(true)
  })

  it('ends at the end of the log when the run has ended before', async () => {
    const { reader } = await until({ hasRun: true, state: 'DONE' }, {}, {})
    expect(reader).toEqual({ seqs: [1, 2], over: true })
  })

  it('goes past the end of an earlier run, or attempt, to the current one', async () => {
    const { log, reader } = await until(
      running,
      stage('RUN_RESEARCH'),
      failed,
      stage('RUN_RESEARCH'),
    )
    expect(reader).toEqual({ seqs: [1, 2, 3], over: false })
    log.append(completed)
    await pass(500)
    expect(reader.over).toBe(true)
  })
})

describe("the delivery of a job's updates", () => {
  it("has this job's updates alone, and ends with it", async () => {
    const { log, deliveries } = createDeliveries({ state: 'GEN_STRATEGY', hasRun: true })
    log.append({}, job('running'), job('failed', 'job_other'))
    const options = { after: 0, field, remainingMs: minute }
    const reader = reading((await opened(deliveries.job(jobId, owner, options))).events)
    await pass(1000)
    expect(reader).toEqual({ seqs: [2], over: false })
    log.append({}, job('completed'), {})
    await pass(500)
    expect(reader).toEqual({ seqs: [2, 5], over: true })
  })

  it('ends at once when the job has and its reader lacks the last update', async () => {
    const { log, deliveries } = createDeliveries({ state: 'FAILED', hasRun: true })
    log.append({}, job('failed'), {})
    const delivery = await opened(
      deliveries.job(jobId, owner, { after: 1, field, remainingMs: minute }),
    )
    const reader = reading(delivery.events)
    await pass()
    expect(reader).toEqual({ seqs: [2], over: true })
  })
})

describe('a reader that has everything', () => {
  const job1 = [job('running'), job('completed'), {}]
  it.each([
    ['its last update', 2, false],
    ['what came after it too', 3, false],
    ['less than that', 1, true],
  ])('is sent away from the stream of a finished job when it has %s', async (_, after, left) => {
    const { log, deliveries } = createDeliveries({ state: 'DONE', hasRun: true })
    log.append(...job1)
    const delivery = await deliveries.job(jobId, owner, { after, field, remainingMs: minute })
    expect(delivery !== undefined).toBe(left)
  })

  it('stays while the log does not tell yet what the state does', async () => {
    const { log, deliveries } = createDeliveries({ state: 'DONE', hasRun: true })
    log.append(job('running'), stage('GEN_STRATEGY'))
    const request = { after: 2, field, remainingMs: minute }
    expect(await deliveries.job(jobId, owner, request)).toBeDefined()
    expect(await deliveries.session(sessionId, owner, { ...request, until: 'run' })).toBeDefined()
  })

  it.each([
    ['a run that has ended', 'DONE', 'run', false],
    ['a run that was cancelled', 'BRIEF_READY', 'run', false],
    ['a run that goes on', 'GEN_STRATEGY', 'run', true],
    ['a conversation, which may always go on', 'DONE', undefined, true],
  ] as const)('of %s', async (_, state, until, left) => {
    const { log, deliveries } = createDeliveries({ state, hasRun: true })
    log.append(stage('RUN_RESEARCH'), ...(state === 'DONE' ? [completed] : [stage(state)]))
    const request = { field, until, remainingMs: minute }
    const delivery = await deliveries.session(sessionId, owner, { ...request, after: 2 })
    expect(delivery !== undefined).toBe(left)
    expect(await deliveries.session(sessionId, owner, { ...request, after: 1 })).toBeDefined()
  })
})

describe('a position beyond the log', () => {
  it.each([1, 1000, 999_999_999])('is refused at once, %d events behind its end', async (ahead) => {
    const { log, deliveries } = createDeliveries({ state: 'DONE', hasRun: true })
    log.append({}, {})
    const request = { after: 2 + ahead, field: 'Last-Event-ID', remainingMs: minute }
    const refusal = {
      code: 'INVALID_INPUT',
      errors: [{ path: 'Last-Event-ID', message: expect.stringContaining('at most 2') }],
    }
    await expect(deliveries.session(sessionId, owner, request)).rejects.toMatchObject(refusal)
    await expect(deliveries.job(jobId, owner, request)).rejects.toMatchObject(refusal)
  })

  it('of another owner tells nothing of the log', async () => {
    const { log, deliveries } = createDeliveries()
    log.append({})
    const request = { after: 5, field, remainingMs: minute }
    await expect(deliveries.session(sessionId, 'user_2', request)).rejects.toMatchObject({
      code: 'SESSION_NOT_FOUND',
    })
  })
})

describe('the delivery of a turn', () => {
  const started = { type: 'turn.started', data: { turn: 3 } }
  const ended = { type: 'turn.completed', data: { turn: 3 } }
  const input = { sessionId, principal: owner, message: '안녕하세요', input: 'text' as const }

  /** A turn whose events come as the test says, its own and those of other writers. */
  const turnByHand = () => {
    const done = Promise.withResolvers<never>()
    let onEvents: TurnListener['onEvents']
    const world = createDeliveries({
      turns: {
        run(_, listener = {}) {
          onEvents = listener.onEvents
          return done.promise
        },
      },
    })
    const append = (own: boolean, ...entries: object[]) =>
      onEvents?.(world.log.append(...entries), own)
    return { ...world, append, done }
  }

  it('has its events and those between, without a read of the log, to its last', async () => {
    const { log, deliveries, append, done } = turnByHand()
    log.append({}, {})
    const opening = deliveries.turn(input, direct)
    append(false, {})
    append(true, started)
    const reader = reading((await opening).events)
    append(true, {})
    append(false, {}, { type: 'turn.completed', data: { turn: 2 } })
    await pass()
    expect(reader).toEqual({ seqs: [3, 4, 5, 6, 7], over: false })
    append(true, {}, ended, {})
    await pass()
    expect(reader).toEqual({ seqs: [3, 4, 5, 6, 7, 8, 9], over: true })
    expect(log.reads()).toBe(0)
    done.reject(new Error('The turn outlives its reader.'))
  })

  it('does not begin when the turn is refused, whatever others appended', async () => {
    const { deliveries, append, done } = turnByHand()
    const opening = deliveries.turn(input, direct)
    append(false, started)
    done.reject(new StudioError('TURN_IN_PROGRESS', 'Another turn is in progress.'))
    await expect(opening).rejects.toMatchObject({ code: 'TURN_IN_PROGRESS' })
  })

  it('keeps no more under its key than its number: the log has the rest', async () => {
    const kept: unknown[] = []
    const keeping: ServeOnce = async (serve) => {
      const answer = await serve()
      kept.push(answer)
      return answer
    }
    const result = { turn: 2, assistant_message: { text: '안녕하세요' } } as TurnResult
    const { deliveries } = createDeliveries({ turns: { run: async () => result } })
    await deliveries.turn(input, keeping)
    expect(kept).toEqual([{ turn: 2 }])
  })

  it('ends when the turn does without a last event, and is finished only then', async () => {
    const { deliveries, append, done } = turnByHand()
    const opening = deliveries.turn(input, direct)
    append(true, started)
    const delivery = await opening
    let finished = false
    void delivery.finished?.then(() => {
      finished = true
    })
    const reader = reading(delivery.events)
    await pass(1000)
    expect([reader.over, finished]).toEqual([false, false])
    done.reject(new StudioError('TURN_IN_PROGRESS', 'Its lease was taken over.'))
    await pass()
    expect([reader.over, finished]).toEqual([true, true])
  })
})
