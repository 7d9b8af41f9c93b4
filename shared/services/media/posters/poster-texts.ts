import type { CreativeOutput } from '../../../contracts/agents.ts'
import type { Locale } from '../../../contracts/session.ts'
import type { Placement } from '../../../rules/placements/placement.ts'
import type { MakingOrder } from '../asset-maker.ts'
import { CheckFailed } from '../check-failed.ts'

export type PosterSpec = CreativeOutput['poster_specs'][number]

/** What is set on one poster, each text as it was written. */
export interface PosterTexts {
  /** Null only where the platform takes no type. */
  headline: string | null
  subheadline: string | null
  price: string | null
  name: string | null
  label: string
}

/** Whether the copy filter lets a text of the brief go out; those of the agents it has judged before. */
export type MayShow = (text: string) => boolean

/** The visible label of generated pictures. */
const labels: Readonly<Record<Locale, string>> = {
  'ko-KR': 'AI 생성 이미지',
  'en-US': 'AI-generated image',
}

const graphemes = new Intl.Segmenter('ko', { granularity: 'grapheme' })
const lengthOf = (text: string): number => [...graphemes.segment(text)].length

export const posterSpecOf = ({
  run,
  posterSpecId,
}: Pick<MakingOrder, 'run' | 'posterSpecId'>): PosterSpec => {
  const specs = run.stages.creative?.output?.poster_specs ?? []
  const spec = specs.find(({ id }) => id === posterSpecId)
  if (spec === undefined) throw new Error(`The run has no poster ${posterSpecId}.`)
  return spec
}

const currency = /[₩$€£¥]|원|won|krw|usd|dollars?|유로|달러|엔/i
/** Graphemes of a price; more is a sentence about prices. */
const longestPrice = 20

/**
 * The brief's price band when it is a price, such as `1만 9천 원` or `₩19,000`, and the user's own: a band
 * that the planner proposed is no offer.
 */
export const priceOf = ({ run: { run } }: Pick<MakingOrder, 'run'>): string | null => {
  const band = run.brief['product.price_band'].trim()
  const isPrice = /[0-9０-９]|[만천백]/.test(band) && currency.test(band) && !/[\n,.] /.test(band)
  const isTheUsers = (run.brief_sources?.['product.price_band'] ?? 'user') === 'user'
  return isPrice && isTheUsers && lengthOf(band) <= longestPrice ? band : null
}

/** Fails a headline that the platform would not take; a subheadline is left out then. */
const withinCharacters = (
  { headline, subheadline }: PosterSpec,
  { characters, id }: Placement,
): { headline: string; subheadline: string | null } => {
  if (characters === null) return { headline, subheadline }
  const length = lengthOf(headline)
  if (length > characters.headline) {
    const detail = `The headline has ${length} characters; ${id} shows ${characters.headline}.`
    throw new CheckFailed({ check: 'characters', passed: false, detail }, { retryable: false })
  }
  return {
    headline,
    subheadline: lengthOf(subheadline) > characters.subheadline ? null : subheadline,
  }
}

/** The texts of a poster in one placement, and as codes what of them is optional and has no place there. */
export const posterTexts = (
  order: Pick<MakingOrder, 'run' | 'posterSpecId'>,
  placement: Placement,
  mayShow: MayShow,
): { texts: PosterTexts; adjusted: string[] } => {
  const label = labels[order.run.run.locale]
  if (!placement.takesType) {
    const none = { headline: null, subheadline: null, price: null, name: null }
    return { texts: { ...none, label }, adjusted: ['type_left_out'] }
  }
  const spec = posterSpecOf(order)
  const { headline, subheadline } = withinCharacters(spec, placement)
  const name = order.run.run.brief['product.name']
  const price = priceOf(order)
  const shownName = mayShow(name) ? name : null
  const shownPrice = price !== null && mayShow(price) ? price : null
  return {
    texts: { headline, subheadline, price: shownPrice, name: shownName, label },
    adjusted: [
      ...(subheadline === null ? ['subheadline_left_out'] : []),
      ...(shownName === null ? ['name_left_out'] : []),
    ],
  }
}
