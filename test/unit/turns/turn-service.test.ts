import { expect, it, vi } from 'vitest'
import { turnService } from '../../../functions/turn-composition.ts'
import { replyText } from '../../../shared/agents/reply-text.ts'
import type { ModelClient, ModelEvent } from '../../../shared/clients/openai/model-client.ts'
import { StudioError } from '../../../shared/contracts/errors.ts'
import { log } from '../../../shared/platform/telemetry.ts'
import { asEvents } from '../../../shared/repositories/event-items.ts'
import { samplePlanner } from '../../support/model-server/samples.ts'
import { createMemoryTable } from '../../support/simulation/memory-table.ts'
import { type ModelOutcome, messages } from '../../support/simulation/simulated-agents.ts'
import { createSimulatedMachine } from '../../support/simulation/simulated-machine.ts'
import {
  clientsOn,
  processOn,
  type ServiceOptions,
  servicesOn,
} from '../../support/simulation/simulated-services.ts'

const owner = 'user_1'

/** A session, and what its turns do when the records of answered messages are as `once` says. */
const setUp = async () => {
  const clock = { now: () => Date.parse('2026-11-22T00:00:00.000Z') }
  const table = createMemoryTable()
  const process = processOn(table, clock)
  const machine = createSimulatedMachine({ turn: process.turn, send: () => {} })
  let calls = 0
  const serve = (
    once?: ServiceOptions['once'],
    outcome: ModelOutcome = 'answers',
    mistake?: Error,
  ) =>
    servicesOn(process, {
      machine,
      outcome: () => outcome,
      onTurnCall: () => {
        calls += 1
        if (mistake) throw mistake
      },
      ...(once ? { once } : {}),
    })
  const { conversations, events } = serve()
  const { session } = await conversations.create(owner, { locale: 'ko-KR', mode: 'standard' })
  const { session_id: sessionId } = session
  const message = (text: string) =>
    ({ sessionId, principal: owner, message: text, input: 'text', clientMessageId: 'm1' }) as const
  return {
    clock,
    serve,
    message,
    calls: () => calls,
    table,
    events: async () => (await events.read(sessionId, 0, 1000)).events,
    started: async () => {
      const page = await events.read(sessionId, 0, 1000)
      return page.events.filter(({ type }) => type === 'turn.started').length
    },
  }
}

const inFlight: ServiceOptions['once'] = async () => {
  throw new StudioError('REQUEST_IN_FLIGHT', 'A request with this key is being served.')
}

it.each([
  ['is forgotten', undefined],
  ['says that it is still being served', inFlight],
] as const)(
  'a message whose worker died after the commit gets its answer when the record %s',
  async (_, once) => {
    const { serve, message, calls, started } = await setUp()
    const first = await serve().turns.run(message(messages.fill))
    expect(first.slot_updates).not.toHaveLength(0)
    const { clientMessageId: _named, ...other } = message(messages.chat)
    const later = await serve().turns.run(other)

    const again = await serve(once).turns.run(message(messages.fill))
    expect(again).toEqual({ ...first, brief_slots: later.brief_slots })
    expect(calls()).toBe(2)
    expect(await started()).toBe(2)
    await expect(serve(once).turns.run(message('다른 말'))).rejects.toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    })
  },
)

it('a message whose turn failed is served anew', async () => {
  const { serve, message, started } = await setUp()
  const failed = serve(undefined, 'refuses').turns.run(message(messages.fill))
  await expect(failed).rejects.toMatchObject({ code: 'MODEL_REFUSED' })
  expect(await serve().turns.run(message(messages.fill))).toMatchObject({ turn: 2 })
  expect(await started()).toBe(2)
  // And then it is answered.
  expect(await serve().turns.run(message(messages.fill))).toMatchObject({ turn: 2 })
  expect(await started()).toBe(2)
})

it('a mistake of ours while the model answers ends the turn at once, with one event', async () => {
  const { serve, message, events, calls } = await setUp()
  const lines = vi.spyOn(log, 'error')
  const mistake = new TypeError("Cannot read properties of undefined (reading 'type')")
  const failed = serve(undefined, 'answers', mistake).turns.run(message(messages.fill))
  await expect(failed).rejects.toMatchObject({ code: 'INTERNAL_ERROR', recorded: true })
  expect(calls()).toBe(1)
  expect(lines.mock.calls).toMatchObject([['turn failed', { error: { cause: mistake } }]])
  lines.mockRestore()
  expect((await events()).slice(1)).toMatchObject([
    { type: 'turn.started', data: { turn: 1 } },
    { type: 'error', data: { code: 'INTERNAL_ERROR', stage: 'turn', turn: 1, retryable: true } },
  ])
  expect(await serve().turns.run(message(messages.fill))).toMatchObject({ turn: 2 })
})

it('one that is really being served is refused, and another principal learns nothing', async () => {
  const { serve, message } = await setUp()
  const refused = { code: 'REQUEST_IN_FLIGHT' }
  await expect(serve(inFlight).turns.run(message(messages.fill))).rejects.toMatchObject(refused)
  await serve().turns.run(message(messages.fill))
  const foreign = { ...message(messages.fill), principal: 'user_2' }
  await expect(serve(inFlight).turns.run(foreign)).rejects.toMatchObject(refused)
})

it('the last words of a reply, and everything that ends its turn, are one item of the log', async () => {
  const { serve, message, events, table } = await setUp()
  await serve().turns.run(message(messages.fill))
  const logged = table.items().filter(({ SK }) => SK.startsWith('EVENT#'))
  const last = logged.toSorted((one, other) => (one.SK < other.SK ? 1 : -1))[0]
  const types = last ? asEvents(last).map(({ type }) => type) : []
  expect(types.slice(0, 2)).toEqual(['planner.delta', 'slot.updated'])
  expect(types.at(-1)).toBe('turn.completed')
  expect((await events()).map(({ type }) => type).slice(-types.length)).toEqual(types)
})

it('a turn prepares the model before its session has been read, and asks it afterwards', async () => {
  const { message, table, clock } = await setUp()
  const happened: string[] = []
  const { store } = processOn(table, clock)
  const turns = turnService(
    clientsOn({
      clock,
      store: {
        ...store,
        async query(range) {
          const page = await store.query(range)
          happened.push('read')
          return page
        },
      },
      model: {
        prepare: () => void happened.push('prepared'),
        async stream() {
          happened.push('asked')
          throw new StudioError('MODEL_REFUSED', 'No.', { retryable: false })
        },
      },
    }),
  )
  await expect(turns.run(message(messages.chat))).rejects.toMatchObject({ code: 'MODEL_REFUSED' })
  expect(happened[0]).toBe('prepared')
  expect(happened.indexOf('read')).toBeLessThan(happened.indexOf('asked'))
})

it('a reply too heavy for its bound ends its try, and the second one is the answer', async () => {
  const { message, table, clock, events } = await setUp()
  const { store } = processOn(table, clock)
  const heavy = { ...samplePlanner, response_text: '👨‍👩‍👧‍👦'.repeat(1_200) }
  const answers = [heavy, samplePlanner].map((output) =>
    JSON.stringify({ ...output, slot_updates: [] }),
  )
  const model: ModelClient = {
    async stream() {
      const text = answers.shift() ?? ''
      const end = { id: null, model: null, reason: 'complete' } as const
      return (async function* (): AsyncGenerator<ModelEvent> {
        yield { type: 'text', text: text.slice(0, -100) }
        yield { type: 'text', text: text.slice(-100) }
        yield { type: 'end', ...end }
      })()
    },
  }
  const turns = turnService(clientsOn({ clock, store, model }))
  await turns.run(message(messages.chat))
  const deltas = (await events()).flatMap((event) =>
    event.type === 'planner.delta' ? [event.data] : [],
  )
  expect(new Set(deltas.map((delta) => delta.try))).toEqual(new Set([2]))
  expect(deltas.map(({ text }) => text).join('')).toBe(replyText(samplePlanner))
})
