import { setTimeout as sleep } from 'node:timers/promises'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import { createClient } from '../../test/support/studio/client.ts'
import type { BenchContext } from '../bench-context.ts'
import { now } from '../clock.ts'
import { openListener } from '../listener.ts'
import { killTreeOf } from '../process-trees.ts'
import type { EngineProcess, ModelProcess } from '../processes.ts'
import { fullBriefTurn, instant, type Pace, wholeRun } from '../scripts.ts'
import type { Peer, PeerPlace } from './peers.ts'

/** What a kill in the middle of the third of seven calls came to. */
export interface Crash {
  contestant: string
  /** Seconds from the kill until it served again. */
  servingAfter: number
  /** Whether the run came to its end by itself. */
  finished: boolean
  /** Calls of the model that were answered to their end; seven would do. */
  calls: number
  /** Characters that a reader had seen before the kill. */
  seen: number
  /** Characters of those that the stream does not hold any more, and characters that it holds twice. */
  lost: number
  duplicate: number
  note: string
}

/** A stage that takes seconds, so that a kill meets it in the middle. */
const slow: Pace = { name: 'slow', first: 200, between: 20, characters: 8 }
/** Milliseconds from the second answer to the kill: the third is being streamed. */
const intoThirdMs = 1_500
/** Milliseconds that a run has to come to its end after the kill. */
const endDeadlineMs = 180_000

const script = async (model: ModelProcess): Promise<void> =>
  model.answer({ ...fullBriefTurn(instant), ...wholeRun(slow) })

const untilThird = async (model: ModelProcess): Promise<void> => {
  for (;;) {
    const { asker } = await model.nextCall()
    if (asker === 'research') return sleep(intoThirdMs)
  }
}

const commonPrefix = (one: string, other: string): number => {
  let length = 0
  while (length < one.length && one[length] === other[length]) length += 1
  return length
}

const within = async <T>(work: Promise<T>): Promise<T | undefined> => {
  const stop = new AbortController()
  const late = sleep(endDeadlineMs, undefined, { signal: stop.signal })
  late.catch(() => {})
  try {
    return await Promise.race([work, late])
  } catch {
    return undefined
  } finally {
    stop.abort()
  }
}

/** @param expected the text of all seven answers, one behind the other */
export const crashPeer = async (
  peer: Peer,
  place: PeerPlace,
  model: ModelProcess,
  expected: string,
): Promise<Crash | undefined> => {
  await script(model)
  const running = await peer.start(place)
  if (!running.startRun) {
    await running.kill()
    return undefined
  }
  const recorded = model.record()
  const begun = await within(Promise.all([running.startRun(), untilThird(model)]))
  if (!begun) throw new Error('The run did not come to its third call.')
  const [run] = begun
  await running.kill()
  await run.seen.ended
  const seen = run.seen.text()
  const killedAt = now()
  const restarted = await peer.start(place)
  const servingAfter = (now() - killedAt) / 1000
  const whole = await within(run.whole(restarted))
  const calls = recorded().length
  await restarted.kill()
  const held = whole ?? ''
  const kept = commonPrefix(seen, held)
  const finished = held.length >= expected.length
  return {
    contestant: peer.name,
    servingAfter,
    finished,
    calls,
    seen: seen.length,
    lost: seen.length - kept,
    duplicate: Math.max(0, held.length - expected.length),
    note: finished ? '' : `the stream held ${held.length} of ${expected.length} characters`,
  }
}

const eventsOf = async (origin: string, token: string, sessionId: string) => {
  const client = createClient(origin, token)
  const events: StudioEvent[] = []
  for (let after = 0; ; ) {
    const { body } = await client.get(
      `/api/chat/session/${sessionId}/events?after=${after}&limit=1000`,
    )
    if (body.events.length === 0) return events
    events.push(...body.events)
    after = body.next_after
  }
}

const textOf = ({ data }: StudioEvent): string => JSON.stringify(data)

/** Elements that stand in the log twice under one try, and events that were read twice. */
const elementsTwice = (log: readonly StudioEvent[]): number => {
  const said = log.flatMap(({ seq, type, data }) =>
    'kind' in data && 'item' in data
      ? [JSON.stringify([type, data.kind, data.item, 'try' in data ? data.try : 1])]
      : [`event ${seq}`],
  )
  return said.length - new Set(said).size
}

/** The studio's own: what a socket had shown has to be in the log, once, and the run has to end. */
export const crashStudio = async (
  { startEngine }: Pick<BenchContext, 'startEngine'>,
  model: ModelProcess,
): Promise<Crash> => {
  let engine: EngineProcess = await startEngine({})
  const { dataDirectory } = engine
  await script(model)
  const listener = await openListener(engine.origin)
  listener.send({ action: 'message', message: '전부 알려 드릴게요.' })
  await listener.until(({ type }) => type === 'turn.completed')
  const recorded = model.record()
  const third = untilThird(model)
  await listener.post(`/api/runs/${listener.sessionId}/generate`)
  await third
  killTreeOf(engine.pid)
  const seen = listener.received.map(({ event }) => event)
  const killedAt = now()
  engine = await startEngine({}, dataDirectory)
  const servingAfter = (now() - killedAt) / 1000
  let log: StudioEvent[] = []
  const deadline = now() + endDeadlineMs
  const over = (): boolean => log.some(({ type }) => type === 'run.completed') || now() > deadline
  while (!over()) {
    await sleep(500)
    log = await eventsOf(engine.origin, listener.token, listener.sessionId)
  }
  const calls = recorded().filter(({ asker }) => asker !== 'planner').length
  await engine.stop()
  const bySeq = new Map(log.map((event) => [event.seq, event]))
  const lost = seen.filter((event) => {
    const kept = bySeq.get(event.seq)
    return kept === undefined || textOf(kept) !== textOf(event)
  })
  const characters = (events: readonly StudioEvent[]): number =>
    events.reduce((sum, event) => sum + textOf(event).length, 0)
  return {
    contestant: 'studio',
    servingAfter,
    finished: log.some(({ type }) => type === 'run.completed'),
    calls,
    seen: characters(seen),
    lost: characters(lost),
    duplicate: elementsTwice(log),
    note: 'events of the log; a stage that begins again says so, and its readers begin it again',
  }
}
