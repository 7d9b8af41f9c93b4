import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  type Clients,
  socketService as composeSocketService,
  connectionRepository,
  streamService,
} from '../../functions/composition.ts'
import type { StateMachine } from '../../shared/clients/state-machine.ts'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import { createEventRepository } from '../../shared/repositories/event-repository.ts'
import { misfortune, simulate } from '../support/simulation/simulation.ts'
import { createLogAssembler } from '../support/studio/log-assembler.ts'

const sessionId = 'sess_00000000000000000000000000'
const owner = 'user_1'

/** What becomes of one frame, in either direction. */
const delivery = fc.oneof(
  { weight: 5, arbitrary: fc.constant('once' as const) },
  { weight: 3, arbitrary: fc.constantFrom('dropped', 'twice' as const) },
)
const writers = fc.array(
  fc.array(
    fc.record({ events: fc.integer({ min: 1, max: 3 }), bytes: fc.constantFrom(1, 9_000) }),
    {
      minLength: 1,
      maxLength: 5,
    },
  ),
  { minLength: 1, maxLength: 3 },
)

it('gives a client the stored log, byte for byte, whatever its frames suffer', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      misfortune,
      writers,
      fc.array(delivery, { maxLength: 60 }),
      fc.array(fc.constantFrom('ask', 'reconnect' as const), { maxLength: 4 }),
      async (scheduler, bad, batches, deliveries, deeds) => {
        const next = deliveries.values()
        await simulate(scheduler, bad, async (world) => {
          let connected = 1
          /** Each frame travels for itself: the scheduler puts them in any order. */
          const travel = (what: string, arrive: () => unknown): void => {
            const fate = next.next().value ?? 'once'
            for (let copy = 0; copy < { dropped: 0, once: 1, twice: 2 }[fate]; copy += 1) {
              world.spawn(world.turn(what).then(arrive))
            }
          }
          const assembler = createLogAssembler((after_seq) => {
            const frame = JSON.stringify({ action: 'resume', after_seq })
            const from = `connection-${connected}`
            // What is lost on the way to the table is a frame without an answer.
            travel('client frame', () => socketService.receive(from, frame).catch(() => {}))
          })
          const sockets = {
            async post(id: string, text: string) {
              await world.turn('post')
              if (id !== `connection-${connected}`) return 'gone' as const
              travel('server frame', () => {
                const frame = JSON.parse(text)
                if (frame.type === 'replay') assembler.takeReplay(frame)
                else if (typeof frame.seq === 'number') assembler.take(frame)
                const known = assembler.events()
                expect(known.map(({ seq }) => seq)).toEqual(known.map((_, index) => index + 1))
              })
              return 'sent' as const
            },
          }
          const refused = () => Promise.reject(new Error('Nothing but the log is asked for.'))
          const clients: Clients = {
            ...world,
            sockets,
            machine: {} as StateMachine,
            model: { stream: refused },
            once: refused,
            media: refused,
            transcriber: refused,
            inspectAudio: refused,
            stage: 'test',
          }
          const events = createEventRepository(world.store, world.clock)
          const connections = connectionRepository(clients)
          const streams = streamService(clients)
          const socketService = composeSocketService(clients)

          const connect = async (): Promise<void> => {
            const connection_id = `connection-${connected}`
            const holder = { session_id: sessionId, owner, locale: 'ko-KR' as const }
            for (let opened = false; !opened; ) {
              const ticket = `ticket-${connection_id}-${world.clock.now()}`
              await connections.createTicket(ticket, holder).catch(() => {})
              const connection = await connections
                .open(ticket, connection_id)
                .catch(() => undefined)
              opened = connection !== undefined
            }
            assembler.ask()
          }
          const write = async (batch: (typeof batches)[number]): Promise<void> => {
            const stream = streams.open(sessionId)
            for (const { events: count, bytes } of batch) {
              const data = { text: '말'.repeat(bytes / 3), turn: 1, try: 1 }
              const draft = { type: 'planner.delta' as const, data }
              await stream.emit(Array(count).fill(draft)).catch(() => {})
            }
            await stream.settled()
          }
          const behave = async (): Promise<void> => {
            await connect()
            for (const deed of deeds) {
              await world.turn(deed)
              if (deed === 'ask') assembler.ask()
              else {
                connected += 1
                await connect()
              }
            }
          }
          await Promise.all([behave(), ...batches.map(write)])

          const stored: StudioEvent[] = []
          for (let whole = false; !whole; ) {
            const page = await events
              .read(sessionId, stored.length, 500)
              .catch(() => ({ events: [], complete: false }))
            stored.push(...page.events)
            whole = page.complete
          }
          // A client that is quiet asks now and then, until an answer comes through.
          for (let tries = 0; assembler.events().length < stored.length; tries += 1) {
            expect(tries, 'the client never catches up').toBeLessThan(100)
            assembler.ask()
            for (let moment = 0; moment < 12; moment += 1) await world.turn('moment')
          }
          const known = assembler.events().slice(0, stored.length)
          expect(known.map((event) => JSON.stringify(event))).toEqual(
            stored.map((event) => JSON.stringify(event)),
          )
        })
      },
    ),
    { numRuns: 1000 },
  )
})
