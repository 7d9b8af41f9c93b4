/** A size in which a model makes films, in pixels. */
export interface FilmSize {
  width: number
  height: number
}

/** What a model of films offers. Nothing else may be asked of it. */
interface FilmOffers {
  /** Seconds of a clip, ascending. */
  seconds: readonly number[]
  sizes: readonly FilmSize[]
  /** Micro-dollars for a second; null where the price is not known. */
  microsPerSecond: number | null
}

/**
 * Luma Ray 2 at 720p: 5 or 9 seconds in seven ratios, by
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-luma.html, read on 2026-11-26. That page names
 * no pixels, and neither was a page found that does: these follow from the ratios. A clip is judged by its own.
 */
const lumaRay2: FilmOffers = {
  seconds: [5, 9],
  sizes: [
    { width: 720, height: 1280 },
    { width: 1280, height: 720 },
    { width: 960, height: 960 },
    { width: 832, height: 1104 },
    { width: 1104, height: 832 },
    { width: 1680, height: 720 },
    { width: 720, height: 1680 },
  ],
  // Not verified, see `price-sources`; at 540p it is said to be half.
  microsPerSecond: 1_500_000,
}

const offers: Readonly<Record<string, FilmOffers>> = {
  'luma.ray-v2:0': lumaRay2,
}

/** Names the prices above, with the day on which offers and prices were read. */
export const filmPriceTable = 'films-2026-11-26'

/**
 * What servers with OpenAI's `/videos` offer at least, as its Sora 2 did; prices are theirs. OpenAI itself has ended
 * that API: https://developers.openai.com/api/docs/models/sora-2.
 */
const unlisted: FilmOffers = {
  seconds: [4, 8, 12],
  sizes: [
    { width: 720, height: 1280 },
    { width: 1280, height: 720 },
  ],
  microsPerSecond: null,
}

const offersOf = (model: string): FilmOffers =>
  new Map(Object.entries(offers)).get(model) ?? unlisted

/** How alike two ratios are: 0 of the same one. */
const distance = (one: FilmSize, other: FilmSize): number =>
  Math.abs(Math.log(one.width / one.height / (other.width / other.height)))

export type FilmAdjustment = 'seconds_snapped' | 'size_snapped'

export interface SnappedFilm extends FilmSize {
  seconds: number
  /** What differs from what was wished. */
  adjusted: FilmAdjustment[]
  /** Of the whole clip; null where the price is not known. */
  micros: number | null
}

/**
 * What comes nearest to the wish among what the model offers: the shortest clip that is long enough, or else
 * the longest; the size of the most similar ratio.
 */
export const snapFilm = (model: string, wish: FilmSize & { seconds: number }): SnappedFilm => {
  const { seconds: lengths, sizes, microsPerSecond } = offersOf(model)
  const seconds = lengths.find((length) => length >= wish.seconds) ?? lengths.at(-1) ?? wish.seconds
  const size = sizes.reduce((best, next) =>
    distance(next, wish) < distance(best, wish) - 1e-6 ? next : best,
  )
  return {
    ...size,
    seconds,
    adjusted: [
      ...(seconds === wish.seconds ? [] : ['seconds_snapped' as const]),
      ...(size.width === wish.width && size.height === wish.height
        ? []
        : ['size_snapped' as const]),
    ],
    micros: microsPerSecond === null ? null : microsPerSecond * seconds,
  }
}

/** Where Amazon Bedrock offers models of films: the bucket that receives them lies in the same region. */
const regions: Readonly<Record<string, readonly string[]>> = { 'luma.ray-v2:0': ['us-west-2'] }

export const offeredIn = (model: string): readonly string[] | undefined =>
  new Map(Object.entries(regions)).get(model)

export const defaultFilmModel = 'luma.ray-v2:0'
