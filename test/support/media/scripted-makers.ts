import { StudioError } from '../../../shared/contracts/errors.ts'
import type {
  AssetMaker,
  AssetPlanner,
  MadeAsset,
  MadeFile,
  Makers,
  MakingOrder,
  Planners,
  Purchase,
} from '../../../shared/services/media/asset-maker.ts'
import { vendorUrlName } from './vendor-setting.ts'

const vendorUrl = (): string => {
  const url = process.env[vendorUrlName]
  if (url) return url
  throw new StudioError('CAPABILITY_NOT_CONFIGURED', `${vendorUrlName} is not set.`)
}

/** One request to the scripted vendor, as a client of a vendor makes it. */
const ask = async (
  path: string,
  body: unknown,
  signal: AbortSignal,
  key?: string,
): Promise<Response> => {
  const response = await fetch(`${vendorUrl()}${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    signal,
    headers: key === undefined ? {} : { 'idempotency-key': key },
  })
  if (response.ok) return response
  const message = await response.text()
  const vendor = {
    service: 'scripted',
    status: response.status,
    code: null,
    message,
    request_id: null,
  }
  if (message === 'moderation_blocked') {
    throw new StudioError('MODEL_REFUSED', 'The vendor refuses it.', { vendor, unserved: true })
  }
  throw new StudioError('UPSTREAM_ERROR', 'The vendor failed.', { vendor })
}

const bytesOf = async (response: Response): Promise<Uint8Array> =>
  new Uint8Array(await response.arrayBuffer())

const imagePurchase = ({ placement, posterSpecId, note }: Order): Purchase => ({
  kind: 'image',
  provider: 'scripted',
  model: 'pictures-1',
  parameters: { placement, posterSpecId, note },
  contentType: 'image/png',
  micros: 40_000,
})

const speechPurchase = ({ run, voice }: Order): Purchase => ({
  kind: 'speech',
  provider: 'scripted',
  model: 'voices-1',
  parameters: {
    text: run.stages.voice?.output?.voiceover_script_short ?? '',
    preset: voice.preset,
    pace: voice.pace,
  },
  contentType: 'audio/mpeg',
  micros: 1_500,
})

const filmPurchase = ({ run, placement }: Order): Purchase => ({
  kind: 'film',
  provider: 'scripted',
  model: 'films-1',
  parameters: { prompt: run.stages.creative?.output?.video_prompt_package.prompt ?? '', placement },
  contentType: 'video/mp4',
  micros: 500_000,
})

type Order = Omit<MakingOrder, 'vendorJob'>

const plan = (...purchases: ((order: Order) => Purchase)[]): AssetPlanner => ({
  plan: async (order) => {
    vendorUrl()
    return purchases.map((purchase) => purchase(order))
  },
})

const made = (files: MadeFile[], digitalSourceType: string): MadeAsset => ({
  files,
  provenance: {
    origin: 'generated',
    provider: 'scripted',
    model: 'scripted-1',
    purchases: [],
    adjusted: [],
    digital_source_type: digitalSourceType,
  },
  checks: [{ check: 'decodes', passed: true, detail: null }],
})

const generated = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia'
const plain = { width: null, height: null, duration_ms: null }

const poster: AssetMaker = {
  async make(order, workshop) {
    workshop.report('buying', 0.1)
    const { bytes } = await workshop.buy(imagePurchase(order), async (signal, key) =>
      bytesOf(await ask('/image', { spec: order.posterSpecId, note: order.note }, signal, key)),
    )
    workshop.report('drawing', 0.6)
    await ask('/render', {}, workshop.signal)
    const size = { width: 1080, height: 1350, duration_ms: null }
    const file = {
      role: 'poster',
      contentType: 'image/png',
      extension: 'png',
      body: bytes,
    } as const
    return made([{ ...file, ...size }], generated)
  },
}

const narration: AssetMaker = {
  async make(order, workshop) {
    const { bytes } = await workshop.buy(speechPurchase(order), async (signal, key) =>
      bytesOf(await ask('/speech', {}, signal, key)),
    )
    await ask('/render', {}, workshop.signal)
    const file = { role: 'narration', contentType: 'audio/mpeg', extension: 'mp3' } as const
    return made([{ ...file, ...plain, duration_ms: 4_000, body: bytes }], generated)
  },
}

const subtitles: AssetMaker = {
  async make({ run, sources }) {
    const [spoken] = sources
    if (spoken) await spoken.read()
    const lines = run.stages.voice?.output?.subtitle_lines ?? []
    const body = new TextEncoder().encode(
      lines
        .map(({ text }, index) => `${index + 1}\n00:00:00,000 --> 00:00:01,000\n${text}\n`)
        .join('\n'),
    )
    return made(
      [{ role: 'srt', contentType: 'application/x-subrip', extension: 'srt', ...plain, body }],
      'http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia',
    )
  },
}

const video: AssetMaker = {
  async make(order, workshop) {
    const film = filmPurchase(order)
    const job = await workshop.start(film, async (signal, key) =>
      (await ask('/film', {}, signal, key)).text(),
    )
    const looked = await ask(`/film/${job}`, {}, workshop.signal)
    if (looked.status === 202) {
      return { vendorJob: job, lookAfterMs: 1_000, deadline: Date.now() + 60_000 }
    }
    const { bytes } = await workshop.collect(film, async () => bytesOf(looked))
    // A file on disk, as renderers leave them.
    const { writeFile } = await import('node:fs/promises')
    const path = `${await workshop.folder()}/clean.mp4`
    await writeFile(path, bytes)
    const size = { width: 1080, height: 1920, duration_ms: 8_000 }
    return made(
      [
        {
          role: 'clean_video',
          contentType: 'video/mp4',
          extension: 'mp4',
          ...size,
          body: { path },
        },
      ],
      generated,
    )
  },
}

/** Makers of all kinds over the scripted vendor. They do as little as a maker may, and draw nothing. */
export const scriptedMakers: Makers = {
  poster: async () => poster,
  narration: async () => narration,
  subtitles: async () => subtitles,
  video: async () => video,
}

export const scriptedPlanners: Planners = {
  poster: async () => plan(imagePurchase),
  narration: async () => plan(speechPurchase),
  subtitles: async () => plan(),
  video: async () => plan(filmPurchase),
}
