import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { MediaStore } from '../../shared/clients/media-store.ts'
import type { Transcriber, Transcription } from '../../shared/clients/transcription/transcriber.ts'
import { StudioError } from '../../shared/contracts/errors.ts'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import { transcriptionLimit } from '../../shared/rules/model-limits.ts'
import { holds, propertyLimit } from '../support/limits/properties.ts'
import { createSimulatedMachine } from '../support/simulation/simulated-machine.ts'
import { servicesOn } from '../support/simulation/simulated-services.ts'
import { faults, type Simulation, simulate } from '../support/simulation/simulation.ts'

const owner = 'user_1'
const text = '안녕하세요'

/** What may bring the transcript of one voice turn, or end the turn without. */
type Action = 'event' | 'schedule' | 'stop' | 'kill' | 'message'
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 4, arbitrary: fc.constant('event' as const) },
  { weight: 2, arbitrary: fc.constant('schedule' as const) },
  { weight: 1, arbitrary: fc.constantFrom('stop', 'kill', 'message' as const) },
)

/** What the provider makes of the recording. */
interface Provision {
  /** Looks before it ends. */
  looks: number
  /** A synchronous provider answers to the start, and knows nothing afterwards. */
  synchronous: boolean
  ending: Transcription
}
const provision: fc.Arbitrary<Provision> = fc.record({
  looks: fc.integer({ min: 0, max: 4 }),
  synchronous: fc.boolean(),
  ending: fc.oneof(
    { weight: 4, arbitrary: fc.constant<Transcription>({ status: 'done', text }) },
    { weight: 1, arbitrary: fc.constant<Transcription>({ status: 'done', text: ' ' }) },
    {
      weight: 1,
      arbitrary: fc.constant<Transcription>({
        status: 'failed',
        failure: new StudioError('TRANSCRIPTION_FAILED', 'It failed.'),
      }),
    },
  ),
})

/** A bucket that takes what it is given. */
const recordings = {
  put: async () => true,
  get: async () => new Uint8Array(),
} as unknown as MediaStore

const createProvider = (world: Simulation, { looks, synchronous, ending }: Provision) => {
  let started = false
  let looked = 0
  let starts = 0
  const progress = (): Transcription => (looked++ < looks ? { status: 'pending' } : ending)
  const transcriber = (turn: Simulation['turn']): Transcriber => ({
    provider: 'simulated',
    async start() {
      starts += 1
      await turn('provider starts')
      started = true
      return synchronous ? ending : progress()
    },
    async look() {
      await world.turn('provider looks')
      return started && !synchronous ? progress() : { status: 'unknown' }
    },
  })
  return { transcriber, starts: () => starts }
}

/** The services in a process of their own, on one provider. */
const serverOf = (world: Simulation, drawn: Provision) => {
  const provider = createProvider(world, drawn)
  const machine = createSimulatedMachine({ turn: world.turn, send: () => {} })
  const serve = () => {
    const process = world.process()
    const services = servicesOn(process, {
      machine,
      outcome: () => 'answers',
      voice: {
        media: async () => recordings,
        transcriber: async () => provider.transcriber(process.turn),
        inspectAudio: async (bare) => ({ format: 'wav', seconds: 2, bare }),
      },
    })
    return { process, ...services }
  }
  return { serve, starts: provider.starts }
}

const ignoreRefusal = (error: unknown): void => {
  if (!(error instanceof StudioError)) expect(error).toHaveProperty('name', 'ConnectionLost')
}

/** One request takes a voice turn, others come in between, and then both schedules come by. */
const play = async (world: Simulation, drawn: Provision, actions: Action[]) => {
  const { serve, starts } = serverOf(world, drawn)
  const { conversations, events, sessions } = serve()
  const { session } = await world.calm(() =>
    conversations.create(owner, { locale: 'ko-KR', mode: 'standard' }),
  )
  const sessionId = session.session_id
  const holder = serve()
  const hold = async (): Promise<void> => {
    const now = holder.process.clock.now()
    const source = { audio: new Uint8Array() }
    const deadlines = { transcriptBy: now + 15_000, answerBy: now + 25_000 }
    await holder.voices.take({ sessionId, principal: owner, source }, deadlines)
  }
  const act = async (what: Action): Promise<void> => {
    await world.turn(what)
    const { transcriptions, turns } = serve()
    if (what === 'event') return transcriptions.finish(sessionId, 1)
    if (what === 'schedule') return transcriptions.sweep()
    if (what === 'kill') return holder.process.kill()
    if (what === 'stop') await turns.stop(sessionId, owner)
    else await turns.run({ sessionId, principal: owner, message: '글로요', input: 'text' })
  }
  await Promise.all([
    Promise.race([hold(), holder.process.killed]).catch(ignoreRefusal),
    ...actions.map((what) => act(what).catch(ignoreRefusal)),
  ])
  for (let minute = 0; minute < 7; minute += 1) {
    await world.pass(60_000)
    const { transcriptions, turnRecovery } = serve()
    // A sweep that lost its connection is made up for by the next.
    await transcriptions.sweep().catch(() => {})
    await turnRecovery.sweep().catch(() => {})
  }
  return {
    log: (await events.read(sessionId, 0, 1000)).events,
    lease: (await sessions.get(sessionId))?.lease,
    starts: starts(),
    waiting: world.table.items().filter(({ SK }) => SK.startsWith('SPEECH#')),
  }
}

const expectTakenOnce = (log: StudioEvent[]): void => {
  const transcripts = log.filter(({ type }) => type === 'voice.delta')
  const started = log.filter(
    (event) => event.type === 'turn.started' && event.data.input === 'voice',
  )
  expect(transcripts.length).toBeLessThanOrEqual(1)
  expect(started).toHaveLength(transcripts.length)
  // Every turn that was begun or held ends exactly once.
  const ends = log.flatMap(({ type, data }) =>
    (type === 'turn.completed' || type === 'error') && 'turn' in data ? [data.turn] : [],
  )
  expect(new Set(ends).size).toBe(ends.length)
  for (const event of log) {
    if (event.type === 'turn.started') expect(ends).toContain(event.data.turn)
  }
}

it('a voice turn is taken once, or ends once with a reason, whatever is lost on the way', {
  timeout: propertyLimit(),
}, async () => {
  await holds(
    fc.asyncProperty(
      fc.scheduler(),
      faults,
      provision,
      fc.array(action, { maxLength: 6 }),
      async (scheduler, bad, drawn, actions) => {
        const { log, lease, waiting, starts } = await simulate(scheduler, bad, (world) =>
          play(world, drawn, actions),
        )
        expect(lease, 'the session is free').toBeUndefined()
        expect(waiting, 'nothing waits for a transcript').toEqual([])
        expect(starts, 'calls that are paid for').toBeLessThanOrEqual(transcriptionLimit.maxCalls)
        expectTakenOnce(log)
      },
    ),
    { short: 120, full: 1000 },
  )
})
