import { randomUUID } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Clients } from '../../functions/clients.ts'
import { streamService } from '../../functions/log-composition.ts'
import { connectionRepository } from '../../functions/repositories.ts'
import { socketService } from '../../functions/voice-composition.ts'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import { type FrameForm, frameForms } from '../../shared/contracts/socket.ts'
import {
  createEventRepository,
  type EventRepository,
} from '../../shared/repositories/event-repository.ts'
import { holds, propertyLimit } from '../support/limits/properties.ts'
import { clientsOn } from '../support/simulation/simulated-services.ts'
import { faults, type Simulation, simulate } from '../support/simulation/simulation.ts'
import { createLogAssembler, type LogAssembler } from '../support/studio/log-assembler.ts'

const sessionId = 'sess_00000000000000000000000000'
const owner = 'user_1'

/** What becomes of one frame, in either direction. */
type Delivery = 'dropped' | 'once' | 'twice'
const delivery: fc.Arbitrary<Delivery> = fc.oneof(
  { weight: 5, arbitrary: fc.constant('once' as const) },
  { weight: 3, arbitrary: fc.constantFrom('dropped', 'twice' as const) },
)
const copies = { dropped: 0, once: 1, twice: 2 }

/** Events that are appended together, of so many bytes each. */
interface Batch {
  events: number
  bytes: number
}
const writers: fc.Arbitrary<Batch[][]> = fc.array(
  fc.array(
    fc.record({ events: fc.integer({ min: 1, max: 3 }), bytes: fc.constantFrom(1, 9_000) }),
    { minLength: 1, maxLength: 5 },
  ),
  { minLength: 1, maxLength: 3 },
)
type Action = 'ask' | 'reconnect'

/** The way between one client and the socket service; the client's connections come one after another. */
interface Wire {
  world: Simulation
  deliveries: Iterator<Delivery>
  /** The number of the client's connection. */
  connected: number
  /** How the client takes events. */
  form: FrameForm
}

const connectionId = ({ connected }: Wire): string => `connection-${connected}`

/** Each frame travels for itself: the scheduler puts them in any order. */
const travel = ({ world, deliveries }: Wire, what: string, arrive: () => unknown): void => {
  const becomes: Delivery = deliveries.next().value ?? 'once'
  for (let copy = 0; copy < copies[becomes]; copy += 1) {
    world.spawn(world.turn(what).then(arrive))
  }
}

/** A client takes a frame; what it knows of the log has no gap. */
const takeFrame = (assembler: LogAssembler, text: string): void => {
  const frame = JSON.parse(text)
  if (frame.type === 'replay') assembler.takeReplay(frame)
  else if (frame.type === 'events') for (const event of frame.events) assembler.take(event)
  else if (typeof frame.seq === 'number') assembler.take(frame)
  const known = assembler.events()
  expect(known.map(({ seq }) => seq)).toEqual(known.map((_, index) => index + 1))
}

/** What the product's services have at the other end of the wire. */
const clientsAt = (wire: Wire, toClient: (text: string) => void): Clients =>
  clientsOn({
    store: wire.world.store,
    clock: wire.world.clock,
    sockets: {
      async post(id, text) {
        await wire.world.turn('post')
        if (id !== connectionId(wire)) return 'gone'
        travel(wire, 'server frame', () => toClient(text))
        return 'sent'
      },
      async close() {},
    },
  })

/** Opens the client's connection, however often it takes until an answer comes through. */
const connect = async (wire: Wire, clients: Clients): Promise<void> => {
  const connections = connectionRepository(clients)
  const holder = { session_id: sessionId, owner, locale: 'ko-KR' as const }
  for (let opened = false; !opened; ) {
    const ticket = randomUUID()
    await connections.createTicket(ticket, holder).catch(() => {})
    const asked = { connection_id: connectionId(wire), frames: wire.form }
    const connection = await connections.open(ticket, asked).catch(() => undefined)
    opened = connection !== undefined
  }
}

const write = async (clients: Clients, batches: Batch[]): Promise<void> => {
  const stream = streamService(clients).open(sessionId)
  for (const { events, bytes } of batches) {
    const data = { text: '말'.repeat(bytes / 3), turn: 1, try: 1 }
    const draft = { type: 'planner.delta' as const, data }
    // What was lost is not in the log: the client is compared with what is.
    await stream.emit(Array(events).fill(draft)).catch(() => {})
  }
  await stream.settled()
}

const storedLog = async (events: EventRepository): Promise<StudioEvent[]> => {
  const stored: StudioEvent[] = []
  for (let complete = false; !complete; ) {
    const page = await events
      .read(sessionId, stored.length, 500)
      .catch(() => ({ events: [], complete: false }))
    stored.push(...page.events)
    complete = page.complete
  }
  return stored
}

/** A client that is quiet asks now and then, until an answer comes through. */
const catchUp = async (world: Simulation, assembler: LogAssembler, length: number) => {
  for (let tries = 0; assembler.events().length < length; tries += 1) {
    expect(tries, 'the client never catches up').toBeLessThan(100)
    assembler.ask()
    for (let moment = 0; moment < 12; moment += 1) await world.turn('moment')
  }
}

const asTexts = (events: readonly StudioEvent[]) => events.map((event) => JSON.stringify(event))

interface Case {
  form: FrameForm
  writers: Batch[][]
  deliveries: Delivery[]
  actions: Action[]
}

const play = async (world: Simulation, drawn: Case): Promise<void> => {
  const wire: Wire = {
    world,
    deliveries: drawn.deliveries.values(),
    connected: 1,
    form: drawn.form,
  }
  const clients = clientsAt(wire, (text) => takeFrame(assembler, text))
  const service = socketService(clients)
  const assembler = createLogAssembler(sessionId, (after_seq) => {
    const frame = JSON.stringify({ action: 'resume', after_seq })
    const from = connectionId(wire)
    // What is lost on the way to the table is a frame without an answer.
    travel(wire, 'client frame', () => service.receive(from, frame).catch(() => {}))
  })
  const act = async (action: Action): Promise<void> => {
    await world.turn(action)
    if (action === 'reconnect') {
      wire.connected += 1
      await connect(wire, clients)
    }
    assembler.ask()
  }
  const behave = async (): Promise<void> => {
    await connect(wire, clients)
    assembler.ask()
    for (const action of drawn.actions) await act(action)
  }
  await Promise.all([behave(), ...drawn.writers.map((batches) => write(clients, batches))])
  const stored = await storedLog(createEventRepository(world.store, world.clock))
  await catchUp(world, assembler, stored.length)
  expect(asTexts(assembler.events().slice(0, stored.length))).toEqual(asTexts(stored))
}

it('a client gets the stored log, byte for byte, whatever happens to its frames', {
  timeout: propertyLimit(),
}, async () => {
  await holds(
    fc.asyncProperty(
      fc.scheduler(),
      faults,
      writers,
      fc.array(delivery, { maxLength: 60 }),
      fc.array(fc.constantFrom<Action>('ask', 'reconnect'), { maxLength: 4 }),
      fc.constantFrom(...frameForms),
      async (scheduler, bad, batches, deliveries, actions, form) => {
        const drawn = { form, writers: batches, deliveries, actions }
        await simulate(scheduler, bad, (world) => play(world, drawn))
      },
    ),
    { short: 150, full: 1000 },
  )
})
