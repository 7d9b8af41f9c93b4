import type { PlacementId } from '../../contracts/assets.ts'

/** What films of ours are: rates, and how long they may last. Times are seconds. */
export const filmLimits = {
  /** Every platform takes 24 to 30. */
  framesPerSecond: 30,
  /** The shortest and the longest that are made. */
  minSeconds: 3,
  maxSeconds: 60,
  /** What stays after the last word: a film that ends with it sounds cut off. */
  afterSpeech: 0.4,
  /** The shortest scene; what a shot has less goes to its neighbour. */
  minScene: 0.8,
  /** In which one scene goes over into the next; at most a third of the shorter one. */
  crossfade: 0.45,
} as const

/** Milliseconds of one call of a vendor of films, and between two looks at its job. */
export const filmCallMs = { start: 60_000, look: 30_000, fetch: 240_000, between: 10_000 } as const

/** By how much a vendor's clip may differ from what was ordered. */
export const clipTolerance = {
  /** Of the ratio of its sides. */
  ratio: 0.05,
  /** The least of a side. */
  side: 0.5,
  /** Seconds, or this share of them where that is more. */
  seconds: 0.5,
  share: 0.1,
} as const

/** What a platform prescribes of films beyond size and bytes. */
interface FilmFormat {
  /** The only length that is taken; null where any is. */
  seconds: number | null
  /** Whether its films are heard. */
  sound: boolean
}

/** Kakao's guide for the motion Bizboard, checked on 2026-11-26: three seconds, no sound. */
const formats: Partial<Record<PlacementId, FilmFormat>> = {
  kakao_bizboard_motion: { seconds: 3, sound: false },
}

export const filmFormat = (placement: PlacementId): FilmFormat =>
  formats[placement] ?? { seconds: null, sound: true }

/**
 * How long a film is, in seconds: what was planned, or longer so that no word is cut off.
 * @param planned what the creative agent wrote
 * @param speech where the narration ends; 0 of a film without one
 */
export const filmSeconds = (placement: PlacementId, planned: number, speech: number): number => {
  const { seconds } = filmFormat(placement)
  if (seconds !== null) return seconds
  const spoken = speech === 0 ? 0 : speech + filmLimits.afterSpeech
  const wished = Math.max(planned, spoken, filmLimits.minSeconds)
  return Math.round(Math.min(wished, Math.max(filmLimits.maxSeconds, spoken)) * 10) / 10
}
