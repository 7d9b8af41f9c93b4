import { createRecognizer, speak } from '../../support/audio/voice-turns.ts'
import { answers } from '../../support/model-server/answers.ts'
import { sampleCreative, sampleStrategy } from '../../support/model-server/samples.ts'
import { startSession } from '../../support/studio/client.ts'
import { plannerAnswer } from '../../support/studio/studio.ts'
import type { Drill } from '../drill.ts'
import { goodRun, modelOf, runEnd, say, startRuns, times } from './work.ts'

const failingModel: Drill = {
  name: 'failing-model',
  condition: "The model's server answers 503 to every message.",
  mending: 'The server answers again.',
  alarms: ['AlarmsTurnFailures', 'AlarmsAgentFailures'],
  async inject(studio) {
    modelOf(studio, { planner: answers.status(503) })
    await say(studio, 20)
  },
  async recover(studio) {
    modelOf(studio)
    await say(studio, 20)
  },
}

const failingStages: Drill = {
  name: 'failing-stages',
  condition: 'The model refuses every strategy.',
  mending: 'It writes strategies again, and a run goes through.',
  alarms: ['AlarmsStageFailures', 'PipelineExecutionsFailed'],
  async inject(studio) {
    modelOf(studio, { strategy: answers.refusal() })
    await Promise.all((await startRuns(studio, 4)).map(runEnd))
  },
  recover: async (studio) => void (await goodRun(studio)),
}

/** What is more than three quarters of the 198 s that a strategy has by default. */
const slowMs = 165_000

const slowStages: Drill = {
  name: 'slow-stages',
  condition:
    "Strategies take 165 s: the workers' clocks jump while the model thinks, so that no drill waits.",
  mending: 'The model answers as usual.',
  alarms: ['AlarmsStageLatency'],
  async inject(studio) {
    const count = 5
    // Of the period before.
    studio.control({ ahead: {} })
    const thinking = Promise.withResolvers<void>()
    let asked = 0
    modelOf(studio, {
      strategy: async () => {
        asked += 1
        if (asked === count) {
          studio.control({ ahead: { StageWorker: slowMs } })
          thinking.resolve()
        }
        await thinking.promise
        return answers.json(sampleStrategy)
      },
    })
    await Promise.all((await startRuns(studio, count)).map(runEnd))
  },
  recover: async (studio) => void (await goodRun(studio)),
}

const silentSearch: Drill = {
  name: 'search-timeouts',
  condition: 'The web search takes every question and never answers.',
  mending: 'It answers again.',
  alarms: ['AlarmsResearchTimeouts', 'AlarmsResearchFailures'],
  async inject(studio) {
    modelOf(studio, { search: answers.silence() })
    await Promise.all((await startRuns(studio, 5)).map(runEnd))
  },
  async recover(studio) {
    studio.model.hangUp()
    await goodRun(studio)
  },
}

const failingSearch: Drill = {
  name: 'failing-search',
  condition: 'The web search answers 401: its key has expired.',
  mending: 'The key is renewed.',
  alarms: ['AlarmsResearchFailures'],
  async inject(studio) {
    modelOf(studio, { search: answers.status(401) })
    await Promise.all((await startRuns(studio, 5)).map(runEnd))
  },
  recover: async (studio) => void (await goodRun(studio)),
}

const deafTranscriber: Drill = {
  name: 'deaf-transcriber',
  condition: 'The transcriber answers 400 to every recording.',
  mending: 'It writes down what it hears again.',
  alarms: ['AlarmsVoiceTurnFailures'],
  async inject(studio) {
    modelOf(studio)
    const audio = await createRecognizer(studio.model).say('들리세요?')
    studio.model.transcription.script(...Array.from({ length: 12 }, () => answers.status(400)))
    await times(5, async () => {
      const { client, sessionId } = await startSession(studio.origin)
      await speak(client, sessionId, audio)
    })
  },
  async recover(studio) {
    studio.model.respond(() => plannerAnswer([]))
    const audio = await createRecognizer(studio.model).say('들리세요?')
    await times(5, async () => {
      const { client, sessionId } = await startSession(studio.origin)
      await speak(client, sessionId, audio)
    })
  },
}

const unlawful = '100% 완치! 세계 최고 1위'
const [sampleCopy] = sampleCreative.ad_copies

/** As many lawful copies as a stage needs, and six that may not go out. */
const carelessCreative = {
  ...sampleCreative,
  ad_copies: [
    ...sampleCreative.ad_copies,
    ...Array.from({ length: 6 }, (_, index) => ({
      ...sampleCopy,
      id: `u${index}`,
      text: `${unlawful} ${index}`,
    })),
  ],
}

const carelessCopy: Drill = {
  name: 'careless-copy',
  condition:
    'The model writes six advertisements of each run that the law forbids, and again when told.',
  mending: 'A careful model.',
  alarms: ['AlarmsCopyRejected'],
  async inject(studio) {
    const careless = answers.json(carelessCreative)
    modelOf(studio, { creative: careless, creative_repair: careless })
    await Promise.all((await startRuns(studio, 5)).map(runEnd))
  },
  recover: async (studio) => void (await goodRun(studio)),
}

const overspending: Drill = {
  name: 'overspending',
  condition: 'Messages cost eight dollars each: a price or an answer that is far from usual.',
  mending: 'Messages cost what they usually do.',
  alarms: ['AlarmsSpendPerHour'],
  async inject(studio) {
    const usage = { input_tokens: 8_000_000, output_tokens: 50 }
    modelOf(studio, { planner: { ...plannerAnswer([]), usage } })
    await say(studio, 3)
  },
  async recover(studio) {
    modelOf(studio)
    await say(studio, 1)
  },
}

/** Models, searches and vendors of speech that fail, are slow, careless or dear. */
export const modelDrills = [
  failingModel,
  failingStages,
  slowStages,
  silentSearch,
  failingSearch,
  deafTranscriber,
  carelessCopy,
  overspending,
]
