import { modelSettingNames as names } from '../../../shared/platform/environment-names.ts'
import { speech } from '../audio/recordings.ts'
import type { ImageAnswer } from '../image-server/image-routes.ts'
import { answers } from '../model-server/answers.ts'
import { audioAnswers } from '../model-server/audio.ts'
import type { ModelServer } from '../model-server/model-server.ts'
import { drawnBackgroundFile } from '../posters/drawn-backgrounds.ts'
import type { Random } from './random.ts'

/** What vendors of pictures and speech charged, and how often they failed. */
export interface AssetVendors {
  /** Keys that were charged, each once, of a session. */
  charged(sessionId: string): string[]
  faults(): string[]
}

const broken: readonly (readonly [string, ImageAnswer])[] = [
  ['fails', { status: 500, json: { error: { message: 'out of colours' } } }],
  ['refuses', { status: 400, json: { error: { code: 'moderation_blocked', message: 'no' } } }],
  ['sends one byte', { status: 200, bytes: Uint8Array.of(1), type: 'image/png' }],
]

/**
 * Pictures and speech of a scripted server, which goes wrong with the probability `faultRate`. One picture is enough,
 * since drawing it takes longer than everything else.
 */
export const sellAssets = async (
  model: ModelServer,
  { random, faultRate }: { random: Random; faultRate: number },
): Promise<AssetVendors> => {
  const picture = await drawnBackgroundFile('light', 'portrait')
  const charges = new Set<string>()
  const faults: string[] = []
  const charge = (key: string | undefined): void => {
    charges.add(key ?? `call ${charges.size}`)
  }
  model.images.respond(({ idempotencyKey }) => {
    if (random.chance(faultRate)) {
      const [name, answer] = random.pick(broken as [(typeof broken)[number]])
      faults.push(name)
      return answer
    }
    charge(idempotencyKey)
    const data = [{ b64_json: Buffer.from(picture).toString('base64') }]
    return { json: { created: 1_790_000_000, data } }
  })
  model.speech.respond(async ({ body, idempotencyKey }) => {
    if (random.chance(faultRate)) {
      faults.push('is silent')
      return answers.status(503)
    }
    charge(idempotencyKey)
    return audioAnswers.speech(await speech(body.input, 'mp3'))
  })
  return {
    charged: (sessionId) => [...charges].filter((key) => key.startsWith(sessionId)),
    faults: () => faults,
  }
}

/** The settings by which functions buy from that server. */
export const vendorEnvironment = {
  [names.imageModel]: 'gpt-image-scripted',
  [names.ttsProvider]: 'openai',
  [names.ttsModel]: 'a-speaking-model',
  [names.videoProvider]: 'motion',
}
