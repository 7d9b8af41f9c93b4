import type { Client } from '../test/support/studio/client.ts'
import { startSession } from '../test/support/studio/client.ts'
import { openEvents } from '../test/support/studio/event-reader.ts'
import { now } from './clock.ts'
import { type Floor, put, roundTrip } from './floor.ts'
import { type Listener, openListener } from './listener.ts'
import { processorTimeOf } from './process-trees.ts'
import type { EngineProcess, ModelProcess, RawClient } from './processes.ts'
import {
  type Calm,
  type Contestant,
  type Figure,
  figureOf,
  measureRounds,
  processor,
  type RoundPlan,
  type Rounds,
  type Sample,
  shared,
} from './rounds.ts'
import { instant, natural, shortTurn } from './scripts.ts'
import { aimedAt, atMost, headline, type Limit, type Row, roundsRowOf } from './statistics.ts'

const message = '동백 핸드크림을 팔고 있어요.'

/** How the message is sent. The reply comes over the socket, or with `sse` as the answer's stream. */
const transports = ['socket', 'sse', 'http'] as const
type Transport = (typeof transports)[number]

/** A raw client's wait for the model's server varies by this much on a machine that does nothing else. */
export const calmRaw: Calm = { contestant: 'raw', measurement: 'asked', bound: 0.5 }

const askedAfter = async (model: ModelProcess, sentAt: number): Promise<number> =>
  (await model.nextCall()).receivedAt - sentAt

/** A turn over a session that was opened before. */
const overListener = (model: ModelProcess, transport: 'socket' | 'http') => {
  return async (listener: Listener): Promise<Sample> => {
    const sentAt = now()
    const asked = askedAfter(model, sentAt)
    const answered =
      transport === 'http'
        ? listener.post(`/api/chat/session/${listener.sessionId}/message`, { message })
        : listener.send({ action: 'message', message })
    const first = await listener.until(({ type }) => type === 'planner.delta')
    const last = await listener.until(({ type }) => type === 'turn.completed')
    await answered
    return { asked: await asked, first: first.at - sentAt, wall: last.at - sentAt }
  }
}

const overStream = (model: ModelProcess) => {
  return async ({ client, sessionId }: { client: Client; sessionId: string }): Promise<Sample> => {
    const sentAt = now()
    const asked = askedAfter(model, sentAt)
    const path = `/api/chat/session/${sessionId}/message/stream`
    const reader = await openEvents(client, path, { post: { message } })
    await reader.until(() => reader.messages.some(({ event }) => event === 'planner.delta'))
    const first = now() - sentAt
    await reader.ended
    return { asked: await asked, first, wall: now() - sentAt }
  }
}

/** A contestant whose measurements each take a session of their own, opened before the round. */
const withSessions = <T>(
  { name, open, close }: { name: string; open(): Promise<T>; close?(one: T): Promise<void> },
  measure: (one: T) => Promise<Sample>,
): Contestant => {
  let opened: T[] = []
  let used: T[] = []
  return {
    name,
    async prepare(count) {
      for (const one of used) await close?.(one)
      used = []
      while (opened.length < count) opened = [...opened, await open()]
    },
    async measure() {
      const one = opened.pop()
      if (one === undefined) throw new Error('No session is open.')
      used.push(one)
      return measure(one)
    },
  }
}

export const studio = (
  engine: EngineProcess,
  model: ModelProcess,
  transport: Transport,
): Contestant => ({
  ...(transport === 'sse'
    ? withSessions({ name: transport, open: () => startSession(engine.origin) }, overStream(model))
    : withSessions(
        {
          name: transport,
          open: () => openListener(engine.origin),
          close: (listener) => listener.close(),
        },
        overListener(model, transport),
      )),
  processorTime: async () => processorTimeOf(engine.pid),
})

/** The planner's request as the studio sends it, through the raw client. */
export const rawTurn = (raw: RawClient, model: ModelProcess, request: object): Contestant => ({
  name: 'raw',
  processorTime: async () => processorTimeOf(raw.pid),
  async measure() {
    const received = model.nextCall()
    const [times] = await raw.ask([request])
    if (!times) throw new Error('The raw client has no times.')
    return {
      asked: (await received).receivedAt - times.sentAt,
      first: times.firstAt - times.sentAt,
      wall: times.completedAt - times.sentAt,
    }
  },
})

/** The planner's request of a session's first turn. */
export const requestOfTurn = async (origin: string, model: ModelProcess): Promise<object> => {
  await model.answer(shortTurn(instant))
  const listener = await openListener(origin)
  listener.send({ action: 'message', message })
  await listener.until(({ type }) => type === 'turn.completed')
  await listener.close()
  const { planner } = await model.requests()
  if (!planner) throw new Error('The planner was not asked.')
  return planner
}

const later =
  (transport: Transport, measurement: string) =>
  (rounds: Rounds): ReturnType<typeof figureOf> =>
    figureOf(
      rounds,
      [transport, measurement],
      (of) => of(transport, measurement) - of('raw', measurement),
    )

const rowsOfTransport = (rounds: Rounds, transport: Transport): Row[] => [
  headline(
    `first \`planner.delta\` after the raw client's first text, over ${transport === 'socket' ? 'the socket' : transport === 'sse' ? 'SSE' : 'HTTP and the socket'}`,
    roundsRowOf(
      `first planner.delta after the raw client's text, over ${transport}, in floors`,
      figureOf(
        rounds,
        [transport, 'first'],
        (of) =>
          (of(transport, 'first') - of('raw', 'first')) / (of(roundTrip, 'wall') + of(put, 'wall')),
      ),
      '×',
      aimedAt(atMost(2, '×'), atMost(6, '×')),
    ),
  ),
  roundsRowOf('  in milliseconds', later(transport, 'first')(rounds), 'ms'),
  roundsRowOf('  of it until the model has the request', later(transport, 'asked')(rounds), 'ms'),
]

interface TurnsAt {
  engine: EngineProcess
  model: ModelProcess
  raw: RawClient
  floor: Floor
}

/** How much later than at the raw client the first text arrives, beside the floor of the same rounds. */
export const measureFirstText = async (
  { engine, model, raw, floor }: TurnsAt,
  plan: RoundPlan,
): Promise<Row[]> => {
  const request = await requestOfTurn(engine.origin, model)
  await model.answer(shortTurn(natural))
  const rounds = await measureRounds(
    [
      floor.roundTrip,
      floor.put,
      rawTurn(raw, model, request),
      ...transports.map((transport) => studio(engine, model, transport)),
    ],
    plan,
    { calm: calmRaw },
  )
  return [
    roundsRowOf(
      'floor: one round trip through a bare Node server',
      figureOf(rounds, [roundTrip, 'wall'], (of) => of(roundTrip, 'wall')),
      'ms',
    ),
    roundsRowOf(
      'floor: one conditional put on the bare table engine',
      figureOf(rounds, [put, 'wall'], (of) => of(put, 'wall')),
      'ms',
    ),
    ...transports.flatMap((transport) => rowsOfTransport(rounds, transport)),
  ]
}

/**
 * Time and processor time of a whole turn, where the model takes none. All processes that take part count: the caller's,
 * the model's, and the raw client's or the studio's with its table engine.
 */
export const measureInstantTurns = async (
  { engine, model, raw }: TurnsAt,
  plan: RoundPlan,
): Promise<Row[]> => {
  const request = await requestOfTurn(engine.origin, model)
  await model.answer(shortTurn(instant))
  const rounds = await measureRounds(
    [rawTurn(raw, model, request), studio(engine, model, 'socket')],
    plan,
    { calm: calmRaw, sharedTime: () => model.usedWithCaller() },
  )
  const row = (what: string, figure: Figure, unit = 'ms', limit?: Limit): Row =>
    roundsRowOf(what, figureOf(rounds, ['socket', 'wall'], figure), unit, limit)
  const all =
    (who: 'raw' | 'socket'): Figure =>
    (of) =>
      of(who, processor) + of(who, shared)
  return [
    row('floor: one request of the bare client, instant model', (of) => of('raw', 'wall')),
    row('  its processor time', all('raw')),
    row('  of it the client alone', (of) => of('raw', processor)),
    row('a streamed turn, instant model', (of) => of('socket', 'wall')),
    row('  its processor time', all('socket')),
    row('  of it the studio alone', (of) => of('socket', processor)),
    headline(
      "processor time of a streamed turn, beside the raw client's",
      row(
        "  beside the raw client's",
        (of) => all('socket')(of) / all('raw')(of),
        '×',
        aimedAt(atMost(2, '×'), atMost(8, '×')),
      ),
    ),
  ]
}
