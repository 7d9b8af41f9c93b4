/** Longer than any word or figure that a rule is about. */
const longestRun = 40

/** Escapes, character classes and quantifiers, as far as they have to be told apart. */
const part = /\\.|\[(?:\\.|[^\]\\])*\]|\(\?|[*+]|\{(\d+),\}/gsu

/**
 * The same pattern for a search of all places, with a limit on each quantifier that has none: what
 * begins everywhere and runs to the end of a hostile text takes quadratic time.
 */
export const boundedPattern = ({ source }: RegExp): RegExp =>
  new RegExp(
    source.replace(part, (found, least: string | undefined) => {
      if (found === '*') return `{0,${longestRun}}`
      if (found === '+') return `{1,${longestRun}}`
      return least === undefined ? found : `{${least},${Number(least) + longestRun}}`
    }),
    'gu',
  )
