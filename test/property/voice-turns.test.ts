import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { MediaStore } from '../../shared/clients/media-store.ts'
import type { Transcriber, Transcription } from '../../shared/clients/transcription/transcriber.ts'
import { StudioError } from '../../shared/contracts/errors.ts'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import type { ModelOutcome } from '../support/simulation/simulated-agents.ts'
import { createSimulatedMachine } from '../support/simulation/simulated-machine.ts'
import { servicesOn } from '../support/simulation/simulated-services.ts'
import { misfortune, type Simulation, simulate } from '../support/simulation/simulation.ts'

const owner = 'user_1'
const text = '안녕하세요'

/** Everybody who may come upon the words of one spoken turn, and who may end it without. */
const deed = fc.oneof(
  { weight: 4, arbitrary: fc.constant('event' as const) },
  { weight: 2, arbitrary: fc.constant('schedule' as const) },
  { weight: 1, arbitrary: fc.constantFrom('stop', 'kill', 'message' as const) },
)
type Deed = 'event' | 'schedule' | 'stop' | 'kill' | 'message'

/** What the provider makes of the recording, after so many looks. */
const provider = fc.record({
  looks: fc.integer({ min: 0, max: 4 }),
  /** A synchronous provider answers to the start, and knows nothing afterwards. */
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

const createProvider = (
  world: Simulation,
  { looks, synchronous, ending }: { looks: number; synchronous: boolean; ending: Transcription },
) => {
  let started = false
  let looked = 0
  const progress = (): Transcription => (looked++ < looks ? { status: 'pending' } : ending)
  return (turn: Simulation['turn']): Transcriber => ({
    provider: 'simulated',
    async start() {
      await turn('provider starts')
      started = true
      return synchronous ? ending : progress()
    },
    async look() {
      await world.turn('provider looks')
      return started && !synchronous ? progress() : { status: 'unknown' }
    },
  })
}

it('is taken once, or ends once with a reason, whoever comes upon its words and whatever is lost', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      misfortune,
      provider,
      fc.array(deed, { maxLength: 6 }),
      async (scheduler, bad, speech, deeds) => {
        let log: StudioEvent[] = []
        let spokenLeft = 0
        let leased: unknown
        await simulate(scheduler, bad, async (world) => {
          const providerFor = createProvider(world, speech)
          const machine = createSimulatedMachine(
            world.turn,
            () => {},
            () => {},
          )
          const serve = () => {
            const process = world.process()
            const services = servicesOn(process, {
              machine,
              outcome: (): ModelOutcome => 'answers',
              voice: {
                media: async () => recordings,
                transcriber: async () => providerFor(process.turn),
                inspectAudio: async () => ({ format: 'wav', seconds: 2 }),
              },
            })
            return { process, ...services }
          }
          const calmly = serve()
          const { session } = await world.calm(() =>
            calmly.conversations.create(owner, { locale: 'ko-KR', mode: 'standard' }),
          )
          const sessionId = session.session_id
          const holder = serve()
          const holding = async (): Promise<void> => {
            const now = holder.process.clock.now()
            const source = { audio: new Uint8Array() }
            const patience = { transcriptBy: now + 15_000, answerBy: now + 25_000 }
            await holder.voices.take({ sessionId, principal: owner, source }, patience)
          }
          const does = async (what: Deed): Promise<void> => {
            const { transcriptions, turns } = serve()
            if (what === 'event') return transcriptions.finish(sessionId, 1)
            if (what === 'schedule') return transcriptions.sweep()
            if (what === 'kill') return holder.process.kill()
            if (what === 'stop') await turns.stop(sessionId, owner)
            else await turns.run({ sessionId, principal: owner, message: '글로요', input: 'text' })
          }
          const heard = (error: unknown): void => {
            if (!(error instanceof StudioError))
              expect(error).toHaveProperty('name', 'ConnectionLost')
          }
          await Promise.all([
            Promise.race([holding(), holder.process.killed]).catch(heard),
            ...deeds.map(async (what) => {
              await world.turn(what)
              await does(what).catch(heard)
            }),
          ])
          // Minutes later, after both schedules came by.
          for (let minute = 0; minute < 7; minute += 1) {
            await world.pass(60_000)
            const { transcriptions, turnRecovery } = serve()
            await transcriptions.sweep().catch(() => {})
            await turnRecovery.sweep().catch(() => {})
          }
          log = (await calmly.events.read(sessionId, 0, 1000)).events
          leased = (await calmly.sessions.get(sessionId))?.lease
          spokenLeft = world.table.items().filter(({ SK }) => SK.startsWith('SPEECH#')).length
        })

        expect(leased, 'the session is free').toBeUndefined()
        expect(spokenLeft, 'nothing waits for words').toBe(0)
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
      },
    ),
    { numRuns: 1000 },
  )
})
