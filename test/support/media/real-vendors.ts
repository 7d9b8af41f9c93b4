import { modelSettingNames as names } from '../../../shared/platform/environment-names.ts'
import { speech } from '../audio/recordings.ts'
import { type BedrockServer, startBedrock } from '../film/bedrock-server.ts'
import { plannedClip } from '../film/clips.ts'
import { type FilmServer, startFilmServer } from '../film/film-server.ts'
import { storeClip } from '../film/store-clip.ts'
import { generousLimits } from '../limits/generous-limits.ts'
import { audioAnswers } from '../model-server/audio.ts'
import { type ModelServer, startModelServer } from '../model-server/model-server.ts'
import type { EngineStorage } from '../studio/engine-process.ts'

/** Servers that the product's own makers buy from, each of which charges a key once. */
export interface RealVendors {
  model: ModelServer
  films: FilmServer
  bedrock: BedrockServer
  /** Keys of all calls that were to be paid for, of one session: one entry for each call. */
  asked(sessionId: string): string[]
  /** The same, each once: what is charged. */
  charged(sessionId: string): string[]
  /** Where Amazon Bedrock writes its clips from now on. */
  storeIn(storage: EngineStorage): void
  environment(provider: 'openai' | 'bedrock' | 'motion'): Record<string, string>
  stop(): Promise<void>
}

export const startRealVendors = async (): Promise<RealVendors> => {
  const model = await startModelServer()
  const clip = await plannedClip()
  const films = await startFilmServer(clip)
  let storage: EngineStorage | undefined
  const bedrock = await startBedrock(async (uri) => {
    if (storage) await storeClip(storage, uri, clip)
  })
  model.speech.respond(async ({ body }) => audioAnswers.speech(await speech(body.input, 'mp3')))
  const asked = (sessionId: string): string[] =>
    [
      ...[...model.images.calls, ...model.speech.calls].map(
        ({ idempotencyKey = '' }) => idempotencyKey,
      ),
      ...films.charges.keys(),
      ...bedrock.charges.keys(),
    ].filter((key) => key.startsWith(sessionId))
  return {
    model,
    films,
    bedrock,
    asked,
    charged: (sessionId) => [...new Set(asked(sessionId))],
    storeIn(to) {
      storage = to
    },
    environment: (provider) => ({
      OPENAI_BASE_URL: model.url,
      OPENAI_API_KEY: 'test-key',
      TOKEN_SIGNING_KEY: 'a-key-for-tests-that-is-long-enough',
      LIMITS: generousLimits,
      [names.imageModel]: 'gpt-image-scripted',
      [names.ttsProvider]: 'openai',
      [names.ttsModel]: 'a-speaking-model',
      [names.videoProvider]: provider,
      ...(provider !== 'motion' && { [names.videoModel]: 'a-film-model' }),
      ...(provider === 'openai' && { [names.videoBaseUrl]: films.url }),
      ...(provider === 'bedrock' && { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url }),
    }),
    async stop() {
      await Promise.all([model.stop(), films.stop(), bedrock.stop()])
    },
  }
}
