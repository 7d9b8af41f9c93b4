import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PlacementId } from '../../../shared/contracts/assets.ts'
import { wavFile } from '../../../shared/platform/audio/wav.ts'
import type { RunWithStages } from '../../../shared/repositories/run-output-repository.ts'
import type {
  Bought,
  MakingOrder,
  ProductPicture,
  Purchase,
  SourceFile,
  Workshop,
} from '../../../shared/services/media/asset-maker.ts'
import type { BackgroundSource } from '../../../shared/services/media/posters/background.ts'
import { purchaseDigest } from '../../../shared/services/media/purchase-digest.ts'
import { sampleBrief, sampleCreative, sampleVoice } from '../model-server/samples.ts'
import { drawnBackgroundFile, moods } from '../posters/drawn-backgrounds.ts'
import { tone } from './sound.ts'

const source = (role: SourceFile['role'], bytes: Uint8Array, contentType: string): SourceFile => ({
  role,
  name: role,
  content_type: contentType,
  bytes: bytes.length,
  sha256: '0'.repeat(64),
  ...{
    width: null,
    height: null,
    duration_ms: null,
    placement: null,
    posterSpecId: null,
    note: null,
  },
  read: async () => bytes,
  path: async () => {
    throw new Error('Films read their sources.')
  },
})

/** A narration that hums, as a WAV file. */
export const narration = (seconds: number, level = 0.3): SourceFile => {
  const [samples = new Float32Array()] = tone({ seconds, level }).channels
  const pcm = Int16Array.from(samples, (sample) => Math.round(sample * 32_767))
  const file = wavFile(new Uint8Array(pcm.buffer), { rate: 48_000, channels: 1, bits: 16 })
  return source('narration', file, 'audio/wav')
}

export const subtitles = (vtt: string): SourceFile => source('vtt', Buffer.from(vtt), 'text/vtt')

/** Three captions of a film of eight seconds. */
export const sampleVtt = [
  'WEBVTT\n',
  '1\n00:00:00.200 --> 00:00:02.300\n매일 쓰는 선크림,\n끈적임이 싫으셨죠?\n',
  '2\n00:00:02.400 --> 00:00:05.200\n산뜻하게 스며드는\n가벼운 수분 선크림이에요\n',
  '3\n00:00:05.300 --> 00:00:07.600\n지금 만나 보세요\n',
].join('\n')

export interface OrderOptions {
  placement: PlacementId
  sources?: SourceFile[]
  creative?: Partial<typeof sampleCreative>
  vendorJob?: string | null
  note?: string | null
}

/** An order of a film of a finished run. */
export const filmOrder = (options: OrderOptions): MakingOrder => ({
  run: {
    run: {
      run_id: 'run_0',
      session_id: 'session_0',
      locale: 'ko-KR',
      brief: { ...sampleBrief, 'product.price_band': '29,000원' },
    },
    stages: {
      creative: { output: { ...sampleCreative, ...options.creative } },
      voice: { output: sampleVoice },
    },
    usage: [],
  } as unknown as RunWithStages,
  placement: options.placement,
  posterSpecId: null,
  note: options.note ?? null,
  voice: { preset: null, pace: null, recording: null },
  captions: true,
  vendorJob: options.vendorJob ?? null,
  sources: options.sources ?? [narration(7.6), subtitles(sampleVtt)],
})

export interface OpenWorkshop extends Workshop {
  /** What was paid for, in order. */
  charged: Purchase[]
  close(): Promise<void>
}

/** What of a session's purchases outlives a worker. */
export interface Shelf {
  files: Map<string, Uint8Array>
  jobs: Map<string, string>
}

export const shelf = (): Shelf => ({ files: new Map(), jobs: new Map() })

/** A workshop of one worker, whose purchases lie on a shelf. */
export const openWorkshop = (
  { files, jobs }: Shelf = shelf(),
  {
    picture = null,
    signal = new AbortController().signal,
  }: {
    picture?: ProductPicture | null
    signal?: AbortSignal
  } = {},
): OpenWorkshop => {
  const folders: string[] = []
  const charged: Purchase[] = []
  const boughtOf = (purchase: Purchase, bytes: Uint8Array): Bought => ({
    digest: purchaseDigest(purchase),
    bytes,
    contentType: purchase.contentType,
  })
  const kept = async (purchase: Purchase, make: () => Promise<Uint8Array>): Promise<Bought> => {
    const digest = purchaseDigest(purchase)
    const bytes = files.get(digest) ?? (await make())
    files.set(digest, bytes)
    return boughtOf(purchase, bytes)
  }
  return {
    charged,
    signal,
    report() {},
    buy: (purchase, call) =>
      kept(purchase, () => {
        charged.push(purchase)
        return call(signal, purchaseDigest(purchase))
      }),
    async start(purchase, call) {
      const digest = purchaseDigest(purchase)
      if (files.has(digest)) return digest
      const known = jobs.get(digest)
      if (known !== undefined) return known
      charged.push(purchase)
      const job = await call(signal, digest)
      jobs.set(digest, job)
      return job
    },
    collect: (purchase, fetch) => kept(purchase, () => fetch(signal)),
    productPicture: async () => picture,
    async folder() {
      const folder = await mkdtemp(join(tmpdir(), 'film-'))
      folders.push(folder)
      return folder
    },
    async close() {
      for (const folder of folders) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Backgrounds drawn by code, in the place of a vendor's. */
export const drawnBackgrounds = (): BackgroundSource => {
  let made = 0
  return {
    offer: ({ prompt, shape }) => ({
      ...{ kind: 'image', provider: 'rehearsal', model: 'drawn', contentType: 'image/png' },
      ...{ parameters: { prompt, shape }, micros: 0, priceTable: null },
    }),
    make({ shape }) {
      made += 1
      return drawnBackgroundFile(moods[made % moods.length] ?? 'light', shape)
    },
  }
}
