import type { VoicePace } from '../contracts/assets.ts'

/** Percent of a preset's own speed. Providers take 80 to 120 without sounding unnatural. */
export const speedOf: Readonly<Record<VoicePace, number>> = { slow: 90, usual: 100, fast: 110 }

/** Percent for `조금`, `slightly`. */
const slight = 5

const words = {
  slow: /느리|느린|느긋|천천|차분|여유|나직|\bslow|\bcalm|\bunhurried|\brelaxed|\bgentle/iu,
  fast: /빠르|빠른|빨리|빠릿|속도감|경쾌|\bfast|\bquick|\bbrisk|\brapid|\bupbeat/iu,
  slight: /조금|살짝|약간|다소|\bslightly\b|\ba (?:little|bit|touch)\b/iu,
  /** `너무 빠르지 않게`, `not too slow`: the usual pace. */
  negated: /지\s?않|지\s?말|\bnot\b|\bwithout\b|\bnever\b/iu,
} as const

/**
 * The speed that the voice agent's sentence on its pace asks for, in percent of the preset's own. Both
 * directions at once, a negation or neither mean the usual one: nothing is read into a sentence.
 */
export const speedOfSentence = (pace: string): number => {
  const isSlow = words.slow.test(pace)
  if (isSlow === words.fast.test(pace) || words.negated.test(pace)) return speedOf.usual
  const change = words.slight.test(pace) ? slight : speedOf.fast - speedOf.usual
  return speedOf.usual + (isSlow ? -change : change)
}
