import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject, type ProvidedContext } from 'vitest'
import {
  assetDirectories,
  type Engine,
  type EngineOptions,
  startEngine,
} from '../../../local/engine.ts'
import type { SlotUpdate } from '../../../shared/contracts/brief.ts'
import { generousLimits } from '../limits/generous-limits.ts'
import { answers } from '../model-server/answers.ts'
import { type ModelServer, startModelServer } from '../model-server/model-server.ts'
import {
  sampleBrief,
  sampleCreative,
  sampleFindings,
  samplePlanner,
  sampleResearch,
  sampleStrategy,
  sampleVoice,
} from '../model-server/samples.ts'
import { startSession } from './client.ts'
import { canary, createLogScan, type LogScan } from './log-scan.ts'
import { withStageWorkers } from './stage-workers.ts'

export interface Studio {
  origin: string
  engine: Engine
  model: ModelServer
  /** What its functions and its engine wrote. */
  log: LogScan
  stop(): Promise<void>
}

/** The template that deploys, running on the embedded engines, with a scripted model. */
export const startStudio = (environment: Record<string, string> = {}): Promise<Studio> =>
  startStudioOn(inject('synthesis'), environment)

/**
 * The same of a given synthesis, for scripts that run outside of the tests.
 * @param keptDirectory holds the data of this start and of the next; the caller removes it
 */
export const startStudioOn = async (
  { template, outdir }: ProvidedContext['synthesis'],
  environment: Record<string, string> = {},
  keptDirectory?: string,
  folders: (asset: string) => string = assetDirectories(outdir),
  onTrace?: EngineOptions['onTrace'],
): Promise<Studio> => {
  const dataDirectory = keptDirectory ?? (await mkdtemp(join(tmpdir(), 'launch-studio-test-')))
  const model = await startModelServer()
  const log = createLogScan(join(dataDirectory, 'functions.log'))
  const engine = await startEngine({
    template: withStageWorkers(template),
    codeDirectory: folders,
    dataDirectory,
    log: log.takeEngineLine,
    onTrace,
    environment: {
      OPENAI_BASE_URL: model.url,
      OPENAI_API_KEY: `test-key-${canary}`,
      MODEL_PROVIDER: 'scripted',
      TOKEN_SIGNING_KEY: `a-key-for-tests-that-is-long-enough-${canary}`,
      WEBHOOK_SIGNING_KEY: `another-key-for-tests-that-is-long-enough-${canary}`,
      LIMITS: generousLimits,
      ...environment,
    },
  })
  return {
    engine,
    model,
    log,
    origin: engine.origin,
    async stop() {
      await engine.close()
      await model.stop()
      try {
        await log.scan()
      } finally {
        if (!keptDirectory) await rm(dataDirectory, { recursive: true, force: true })
      }
    },
  }
}

const known = { confidence: 0.9, source: 'user' } as const

/** A planner's answer that fills these slots and asks on, or closes when nothing is left to ask. */
export const plannerAnswer = (
  updates: SlotUpdate[],
  text = '네, 잘 적어 두었어요.',
  question: string | null = '다음은 무엇을 알려 주시겠어요?',
) =>
  answers.json({
    ...samplePlanner,
    slot_updates: updates,
    response_text: text,
    next_question: question,
  })

/** The slots of the sample brief, all at once. */
export const completeUpdates = Object.entries(sampleBrief).map(
  ([path, value]) => ({ path, value, ...known }) as SlotUpdate,
)

/** Scripts the five answers of a whole run. */
export const scriptRun = (
  model: ModelServer,
  options: { pace?: { first: number; between: number } } = {},
): void => {
  const { text, citations, sources } = sampleFindings
  model.script('search', answers.search(text, { citations, sources }, options))
  model.script('research', answers.json(sampleResearch, options))
  model.script('strategy', answers.json(sampleStrategy, options))
  model.script('creative', answers.json(sampleCreative, options))
  model.script('voice', answers.json(sampleVoice, options))
}

/** A session whose brief is complete. */
export const readySession = async (studio: Pick<Studio, 'origin' | 'model'>) => {
  const session = await startSession(studio.origin)
  studio.model.script('planner', plannerAnswer(completeUpdates, '다 됐어요.', null))
  const path = `/api/chat/session/${session.sessionId}/message`
  await session.client.post(path, { message: '전부 알려 드려요' })
  return session
}
