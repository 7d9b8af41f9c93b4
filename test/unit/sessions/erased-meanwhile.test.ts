import { afterEach, expect, it, vi } from 'vitest'
import { erasureService } from '../../../functions/erasure-composition.ts'
import { limitService } from '../../../functions/limit-composition.ts'
import { messageRepository } from '../../../functions/repositories.ts'
import { spendService } from '../../../functions/spend-composition.ts'
import { stageService } from '../../../functions/stage-composition.ts'
import { turnService } from '../../../functions/turn-composition.ts'
import type { ModelClient, ModelEvent } from '../../../shared/clients/openai/model-client.ts'
import type { StageTask } from '../../../shared/contracts/pipeline.ts'
import { createRunOutputRepository } from '../../../shared/repositories/run-output-repository.ts'
import { turnMs } from '../../../shared/rules/time-budgets.ts'
import { createSpeechService } from '../../../shared/services/speech/speech-service.ts'
import { silence } from '../../support/audio/recordings.ts'
import { createMemoryBucket } from '../../support/media/simulated-media.ts'
import { samplePlanner } from '../../support/model-server/samples.ts'
import { createMemoryTable } from '../../support/simulation/memory-table.ts'
import { createSimulatedAgents, messages } from '../../support/simulation/simulated-agents.ts'
import { createSimulatedMachine } from '../../support/simulation/simulated-machine.ts'
import { clientsOn, processOn, servicesOn } from '../../support/simulation/simulated-services.ts'

const owner = 'user_1'
const clock = { now: () => Date.now() }
const gone = { code: 'SESSION_NOT_FOUND' }

afterEach(() => {
  vi.useRealTimers()
})

/** A session whose erasure may come at any point of the work on it. */
const setUp = async () => {
  const table = createMemoryTable()
  const process = processOn(table, clock)
  const tasks: StageTask[] = []
  const machine = createSimulatedMachine({ turn: process.turn, send: (task) => tasks.push(task) })
  const services = servicesOn(process, { machine, outcome: () => 'answers' })
  const { session, greeting } = await services.conversations.create(owner, {
    locale: 'ko-KR',
    mode: 'standard',
  })
  const { session_id: sessionId } = session
  const { objects, on } = createMemoryBucket()
  const bucket = on(async () => {})
  const clients = { clock, store: process.store, machine, media: async () => bucket }
  return {
    ...services,
    tasks,
    clients,
    objects,
    sessionId,
    greeting: greeting.text,
    message: { sessionId, principal: owner, message: messages.chat, input: 'text' } as const,
    erase: () => erasureService(clientsOn(clients)).eraseSession(sessionId, owner),
    events: (type: string) =>
      table.items().filter((item) => item.SK.startsWith('EVENT#') && item.type === type),
    /** What was spent stays spent; an end and the durations hold nothing of a session. */
    left: () =>
      table
        .items()
        .map(({ PK, SK }) => `${PK} ${SK}`)
        .filter((key) => !/^(?:SPEND|ENDED|DURATIONS)/.test(key)),
  }
}

/** A planner that writes its reply in two pieces, and waits for what a test does between and after them. */
const plannerThat = (between: () => Promise<void>, after: () => Promise<void>): ModelClient => ({
  async stream() {
    const text = JSON.stringify({ ...samplePlanner, slot_updates: [] })
    const cuts = ['손에 닿는', '이름이에요'].map((words) => text.indexOf(words))
    const [first = 0, second = 0] = cuts
    const answer = async function* (): AsyncGenerator<ModelEvent> {
      yield { type: 'text', text: text.slice(0, first) }
      await between()
      yield { type: 'text', text: text.slice(first, second) }
      await after()
      yield { type: 'text', text: text.slice(second) }
      yield { type: 'usage', usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 } }
      yield { type: 'end', id: 'resp_1', model: 'scripted', reason: 'complete' }
    }
    return answer()
  },
})

it('a turn whose session is erased while its reply is written says so, and leaves none of it', async () => {
  const { clients, message, erase, events, left } = await setUp()
  const model = plannerThat(
    async () => {
      await vi.waitFor(() => expect(events('planner.delta')).toHaveLength(1))
      await erase()
      expect(left()).toEqual([])
    },
    // The text behind it was put into the log of a session that is gone.
    () => vi.waitFor(() => expect(events('planner.delta')).toHaveLength(1)),
  )
  await expect(turnService(clientsOn({ ...clients, model })).run(message)).rejects.toMatchObject(
    gone,
  )
  expect(left()).toEqual([])
})

it('a turn that waits for its model ends soon when its session is erased', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const { clients, message, erase, left } = await setUp()
  const asked = Promise.withResolvers<void>()
  const model: ModelClient = {
    stream: (_, signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
        asked.resolve()
      }),
  }
  const answered = turnService(clientsOn({ ...clients, model })).run(message)
  const ended = expect(answered).rejects.toMatchObject(gone)
  await asked.promise
  await vi.waitFor(() => expect(left().join()).toContain('MESSAGE#000001'))
  await erase()
  await vi.advanceTimersByTimeAsync(turnMs.erased)
  await ended
  expect(left()).toEqual([])
})

it('a turn whose session is erased before it holds its lease says so', async () => {
  const { clients, message, erase, left } = await setUp()
  const { store } = clients
  let isErased = false
  const late: typeof store = {
    ...store,
    async write(writes) {
      const takesLease = writes.some(
        (write) => 'update' in write && 'lease_id' in (write.set ?? {}),
      )
      if (takesLease && !isErased) {
        isErased = true
        await erase()
      }
      return store.write(writes)
    },
  }
  const model: ModelClient = { stream: () => new Promise(() => {}) }
  const turns = turnService(clientsOn({ ...clients, store: late, model }))
  await expect(turns.run(message)).rejects.toMatchObject(gone)
  expect(isErased).toBe(true)
  expect(left()).toEqual([])
})

it('a stage at work whose session is erased leaves none of what it goes on to show', async () => {
  const world = await setUp()
  const { clients, message, turns, launches, erase, events, left } = world
  await turns.run({ ...message, message: messages.fill })
  await launches.start(world.sessionId, owner)
  const runs = createRunOutputRepository(clients.store, clock)
  let isErased = false
  const agents = createSimulatedAgents({
    turn: async (what) => {
      if (what !== 'research element' || isErased) return
      isErased = true
      await erase()
      expect(left()).toEqual([])
    },
    clock,
    runs,
    outcome: () => 'answers',
  })
  const shown: unknown[] = []
  const { store } = clients
  const seen: typeof store = {
    ...store,
    async write(writes) {
      await store.write(writes)
      shown.push(...events('research.delta'))
    },
  }
  const [task] = world.tasks
  if (!task) throw new Error('The run sent no task.')
  await stageService(clientsOn({ ...clients, store: seen }), agents).run(task)
  expect(shown).not.toEqual([])
  expect(left()).toEqual([])
})

it.each([
  ['is erased meanwhile', true],
  ['is there', false],
])('a voice that is made for a session that %s is kept only where that is', async (_, isErased) => {
  const world = await setUp()
  const { sessions, sessionId, greeting, objects, erase } = world
  const clients = clientsOn(world.clients)
  const audio = await silence(1)
  const speech = createSpeechService({
    clock,
    sessions,
    limits: limitService(clients),
    messages: messageRepository(clients),
    media: clients.media,
    spend: spendService(clients),
    speaker: () => ({
      provider: 'scripted',
      voiceName: (preset) => preset,
      async speak() {
        if (isErased) await erase()
        return { audio, marks: [] }
      },
    }),
  })
  const said = speech.speak(sessionId, owner, { text: greeting, preset: 'calm_ko', format: 'wav' })
  if (isErased) await expect(said).rejects.toMatchObject(gone)
  else await expect(said).resolves.toMatchObject({ duration_ms: 1000 })
  expect([...objects.keys()]).toHaveLength(isErased ? 0 : 2)
})
