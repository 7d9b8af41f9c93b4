import { expect, it } from 'vitest'
import { erasureService, launchErasure } from '../../../functions/erasure-composition.ts'
import { connectionRepository } from '../../../functions/repositories.ts'
import type { MediaStore } from '../../../shared/clients/media-store.ts'
import type { Sockets } from '../../../shared/clients/sockets.ts'
import type { Store } from '../../../shared/clients/store.ts'
import { StudioError } from '../../../shared/contracts/errors.ts'
import type { Run } from '../../../shared/repositories/run-output-repository.ts'
import { eraseLaunch } from '../../../shared/services/launches/launch-service.ts'
import { type Accident, createAccidents } from '../../support/simulation/accidents.ts'
import { createMemoryTable } from '../../support/simulation/memory-table.ts'
import { messages } from '../../support/simulation/simulated-agents.ts'
import { createSimulatedMachine } from '../../support/simulation/simulated-machine.ts'
import { clientsOn, processOn, servicesOn } from '../../support/simulation/simulated-services.ts'

const owner = 'user_1'
const clock = { now: () => Date.UTC(2026, 10, 22) }
const launch = {
  product_name: '동백 핸드크림',
  product_category: '핸드크림',
  target_audience: '직장인',
  price_band: '1만 9천 원',
  core_kpi: '구매 전환율',
  channel_focus: ['인스타그램'],
}

/** A bucket that holds one object of each kind. */
const createBucket = (sessionId: () => string) => {
  const objects = new Set<string>()
  return {
    objects,
    fill: () => {
      for (const kind of ['sessions', 'uploads', 'transcripts']) {
        objects.add(`${kind}/${sessionId()}/1`)
      }
    },
    store: {
      async erase(prefix: string) {
        for (const key of objects) if (key.startsWith(prefix)) objects.delete(key)
      },
    } as MediaStore,
  }
}

/** What a session loses first when its time is over: the last changes of its parts are not of one day. */
type Expired = 'SESSION' | 'RUN'

/** Starts another run of the session. */
type Start = () => Promise<Pick<Run, 'run_id' | 'job_id'>>

/**
 * A session with a run, a job, an asset and media, of which some may be past their time, and how it is erased
 * while an accident happens.
 * @param around the table as the erasure meets it
 */
const setUp = async (
  accident?: Accident,
  expired: readonly Expired[] = [],
  around = (store: Store, _start: Start): Store => store,
) => {
  const process = processOn(createMemoryTable(), clock)
  const table = createMemoryTable()
  const healthy = processOn(table, clock)
  const machine = createSimulatedMachine({ turn: process.turn, send: () => {} })
  const services = servicesOn(healthy, { machine, outcome: () => 'answers' })
  const { session } = await services.conversations.create(owner, {
    locale: 'ko-KR',
    mode: 'standard',
  })
  const { session_id: sessionId } = session
  await services.turns.run({ sessionId, principal: owner, message: messages.fill, input: 'text' })
  const { run_id: runId } = await services.launches.start(sessionId, owner, {
    withJob: true,
    launch,
  })
  const connections = connectionRepository(healthy)
  const ticket = crypto.randomUUID()
  await connections.createTicket(ticket, { session_id: sessionId, owner, locale: 'ko-KR' })
  await connections.open(ticket, { connection_id: 'socket-1', frames: 'event' })
  const closed = new Set<string>()
  const sockets: Sockets = {
    post: async () => 'sent',
    async close(connectionId) {
      closed.add(connectionId)
    },
  }
  const bucket = createBucket(() => sessionId)
  bucket.fill()
  const partitions = { SESSION: `SESSION#${sessionId}`, RUN: `RUN#${runId}` }
  await healthy.store.write([{ put: { PK: partitions.RUN, SK: 'ASSET#asset_1' } }])
  table.erase(expired.map((SK) => ({ PK: partitions[SK], SK })))
  const accidents = createAccidents(accident)
  const start: Start = () => services.launches.start(sessionId, owner, { withJob: true, launch })
  const clients = clientsOn({
    clock,
    store: accidents.around('store', around(healthy.store, start)),
    machine: accidents.around('machine', machine),
    sockets: accidents.around('sockets', sockets),
    media: async () => accidents.around('bucket', bucket.store),
  })
  accidents.begin()
  return {
    calls: accidents.seen,
    closed,
    left: () => [
      ...table
        .items()
        .map(({ PK, SK }) => `${PK} ${SK}`)
        // What was spent today stays spent; an end holds ids alone, and is gone once it is announced.
        .filter((key) => !/^(?:SPEND|ENDED)/.test(key)),
      ...bucket.objects,
    ],
    view: () => services.conversations.view(sessionId, owner),
    deleteSession: (principal = owner) =>
      erasureService(clients).eraseSession(sessionId, principal),
    deleteLaunch: () => eraseLaunch(launchErasure(clients), runId, owner),
  }
}

const codeOf = (error: unknown) => (error instanceof StudioError ? error.code : 'unforeseen')

it.each([
  ['deleteSession', []],
  ['deleteLaunch', []],
  ['deleteSession', ['SESSION']],
  ['deleteLaunch', ['SESSION']],
  ['deleteSession', ['SESSION', 'RUN']],
] as const)(
  '%s without %j can be repeated until nothing is left, whatever failed on the way',
  async (how, expired) => {
    const first = await setUp(undefined, expired)
    await first[how]()
    const calls = [...first.calls]
    expect(first.left()).toEqual([])
    expect([...first.closed]).toEqual(['socket-1'])
    for (const [at, name] of calls.entries()) {
      for (const when of ['before', 'after'] as const) {
        const world = await setUp({ at, when, calls: 1 }, expired)
        const answer = await world[how]().then(() => 'done', codeOf)
        const again = await world[how]().then(() => 'done', codeOf)
        const hint = `${when} ${name}, call ${at}: ${answer}, then ${again}`
        expect(world.left(), hint).toEqual([])
        // What seems gone is gone: the one call that erased the last of it may have had no answer.
        if (answer === 'done') expect(again, hint).toMatch(/NOT_FOUND$/)
      }
    }
  },
)

it.each([[['SESSION']], [['SESSION', 'RUN']]] as const)(
  'what outlived %j is found by its owner alone',
  async (expired) => {
    const world = await setUp(undefined, expired)
    const left = world.left()
    await expect(world.deleteSession('user_2')).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND' })
    expect(world.left()).toEqual(left)
  },
)

it.each([
  ['tells of it', false],
  ['does not tell of it yet', true],
])('a run that begins beside an erasure is erased with it when the index %s', async (_, isLate) => {
  let begun: Awaited<ReturnType<Start>> | undefined
  const world = await setUp(undefined, [], (store, start) => ({
    ...store,
    async write(writes) {
      const begins = writes.some((write) => 'put' in write && write.put.erasing === true)
      if (begins && !begun) begun = await start()
      return store.write(writes)
    },
    async query(range) {
      const page = await store.query(range)
      const late = [`RUN#${begun?.run_id}`, `JOB#${begun?.job_id}`]
      if (!range.index || !isLate) return page
      return { ...page, items: page.items.filter(({ PK }) => !late.includes(PK)) }
    },
  }))
  await world.deleteSession()
  expect(begun?.job_id).toBeDefined()
  expect(world.left()).toEqual([])
})

it("a session whose erasure failed is found by its owner's next erasure alone", async () => {
  const { calls, deleteSession } = await setUp()
  await deleteSession()
  const at = calls.indexOf('bucket.erase')
  const world = await setUp({ at, when: 'before', calls: 1 })
  await expect(world.deleteSession()).rejects.toThrow('This was not foreseen')
  const missing = { code: 'SESSION_NOT_FOUND' }
  await expect(world.view()).rejects.toMatchObject(missing)
  const left = world.left()
  await expect(world.deleteSession('user_2')).rejects.toMatchObject(missing)
  expect(world.left()).toEqual(left)
  await world.deleteSession()
  expect(world.left()).toEqual([])
})
