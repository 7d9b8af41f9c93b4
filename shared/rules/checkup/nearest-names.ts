/**
 * Edits that turn one text into the other: letters put in, left out, replaced, or two neighbours exchanged
 * (optimal string alignment).
 */
export const editDistance = (one: string, other: string): number => {
  let before: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let line = 1; line <= one.length; line += 1) {
    const next = [line]
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[line - 1] === other[column - 1] ? 0 : 1
      const swapped =
        one[line - 1] === other[column - 2] && one[line - 2] === other[column - 1]
          ? (before[column - 2] ?? Number.POSITIVE_INFINITY) + 1
          : Number.POSITIVE_INFINITY
      next[column] = Math.min(
        (row[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (row[column - 1] ?? 0) + same,
        swapped,
      )
    }
    before = row
    row = next
  }
  return row[other.length] ?? 0
}

/** The names most like `name`, best first, without those that have little in common with it. */
export const nearestNames = (name: string, known: Iterable<string>, most = 3): string[] => {
  const wanted = name.toLowerCase()
  return [...known]
    .map((each) => ({ each, distance: editDistance(wanted, each.toLowerCase()) }))
    .filter(({ each, distance }) => distance <= Math.max(name.length, each.length) / 2)
    .sort((a, b) => a.distance - b.distance || a.each.localeCompare(b.each))
    .slice(0, most)
    .map(({ each }) => each)
}

const wordsOf = (name: string): string[] => name.split('_')
const holdsAll = (words: readonly string[], others: readonly string[]): boolean =>
  others.every((word) => words.includes(word))

/** Whether one name has the other's words in another order, or all but one or two that follow the first. */
const hasItsWords = (name: string, known: string): boolean => {
  const [words, others] = [wordsOf(name), wordsOf(known)]
  if (words.length === others.length) return holdsAll(words, others) && holdsAll(others, words)
  const isAlike = words.length > 1 && others.length > 1 && words[0] === others[0]
  return isAlike && holdsAll(others, words) && others.length - words.length <= 2
}

/** Shorter names are too much like others by chance. */
const leastLength = 6

/** The setting that a variable was probably meant to be; undefined for a variable that is called otherwise. */
export const meantName = (name: string, known: readonly string[]): string | undefined => {
  if (known.includes(name) || name.length < leastLength) return undefined
  const spelt = name.toUpperCase().replaceAll('-', '_')
  const allowed = name.length < 12 ? 1 : 2
  return known
    .filter((each) => each.length >= leastLength)
    .map((each) => ({ each, distance: editDistance(spelt, each) }))
    .filter(({ each, distance }) => distance <= allowed || hasItsWords(spelt, each))
    .sort((a, b) => a.distance - b.distance)[0]?.each
}
