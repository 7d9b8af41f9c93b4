import type { CreativeOutput } from '../../../shared/contracts/agents.ts'
import type { PlacementId } from '../../../shared/contracts/assets.ts'
import type { Brief, SlotPath, SlotSource } from '../../../shared/contracts/brief.ts'
import type { Locale } from '../../../shared/contracts/session.ts'
import type {
  Bought,
  MakingOrder,
  ProductPicture,
  Purchase,
  Workshop,
} from '../../../shared/services/media/asset-maker.ts'
import type {
  BackgroundOrder,
  BackgroundSource,
} from '../../../shared/services/media/posters/background.ts'
import { sampleBrief, sampleCreative, sampleStrategy } from '../model-server/samples.ts'
import { drawnBackgroundFile, type Mood } from './drawn-backgrounds.ts'

type Spec = CreativeOutput['poster_specs'][number]

export interface OrderOptions {
  placement: PlacementId
  spec?: Partial<Spec>
  brief?: Partial<Brief>
  sources?: Partial<Record<SlotPath, SlotSource>>
  locale?: Locale
  note?: string | null
}

/** What a worker hands a maker of posters, from a run with one poster. */
export const posterOrder = ({
  placement,
  spec,
  brief,
  sources,
  ...rest
}: OrderOptions): MakingOrder => {
  const creative: CreativeOutput = {
    ...structuredClone(sampleCreative),
    poster_specs: sampleCreative.poster_specs.map((each) => ({ ...each, ...spec })),
  }
  const run = {
    run: {
      brief: { ...sampleBrief, ...brief },
      brief_sources: sources,
      locale: rest.locale ?? 'ko-KR',
    },
    stages: { creative: { output: creative }, strategy: { output: sampleStrategy } },
    usage: [],
  } as unknown as MakingOrder['run']
  return {
    run,
    placement,
    posterSpecId: creative.poster_specs[0]?.id ?? null,
    note: rest.note ?? null,
    voice: { preset: null, pace: null, recording: null },
    captions: true,
    vendorJob: null,
    sources: [],
  }
}

/** A workshop that remembers what was bought, and makes the same purchase once. */
export const openTestWorkshop = (
  productPicture: ProductPicture | null = null,
): Workshop & { bought: Purchase[]; reported: string[] } => {
  const kept = new Map<string, Bought>()
  const bought: Purchase[] = []
  const reported: string[] = []
  const refuse = () => Promise.reject(new Error('A poster does not ask for this.'))
  return {
    bought,
    reported,
    signal: new AbortController().signal,
    report: (stage) => reported.push(stage),
    async buy(purchase, call) {
      const digest = JSON.stringify([purchase.provider, purchase.model, purchase.parameters])
      const known = kept.get(digest)
      if (known) return known
      bought.push(purchase)
      const bytes = await call(new AbortController().signal, digest)
      const made = { digest, bytes, contentType: purchase.contentType }
      kept.set(digest, made)
      return made
    },
    start: refuse,
    collect: refuse,
    folder: refuse,
    productPicture: async () => productPicture,
  }
}

/** Backgrounds drawn by code in the place of a model's, or these bytes. */
export const drawnSource = (
  mood: Mood,
  bytes?: Uint8Array,
): BackgroundSource & { orders: BackgroundOrder[] } => {
  const orders: BackgroundOrder[] = []
  return {
    orders,
    offer: ({ prompt, shape, reference }) => ({
      kind: 'image',
      provider: 'drawn',
      model: mood,
      parameters: { prompt, shape, reference: reference?.sha256 ?? null },
      contentType: 'image/png',
      micros: 0,
    }),
    async make(order) {
      orders.push(order)
      return bytes ?? drawnBackgroundFile(mood, order.shape)
    },
  }
}
