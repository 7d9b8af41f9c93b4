import { sentenceEnds } from './sentences.ts'

/** A citation as a server sent it, with the number that readers know its source by. */
export interface CitationMark {
  number: number
  /** Index behind the cited passage, counted in whatever unit the server uses; null when it named none. */
  end: number | null
  start?: number | null
}

/** Index in UTF-16 units of each place in a unit; undefined inside a character. */
type Places = readonly (number | undefined)[]

const places = {
  utf16: (text: string): Places => Array.from({ length: text.length + 1 }, (_, index) => index),
  codePoints(text: string): Places {
    let at = 0
    const starts = Array.from(text, (character) => {
      at += character.length
      return at - character.length
    })
    return [...starts, text.length]
  },
  utf8(text: string): Places {
    const found: (number | undefined)[] = []
    let at = 0
    for (const character of text) {
      const bytes = Buffer.byteLength(character)
      found.push(at, ...new Array<undefined>(bytes - 1).fill(undefined))
      at += character.length
    }
    return [...found, text.length]
  },
}

type Unit = keyof typeof places

/** After which, or before which, a passage ends in prose. */
const seam = /[\s.!?。！？…,;:)\]}”’"'」』]/

/** How well an index fits: inside a character or beyond the end it cannot be meant. */
const fitOf = (text: string, place: number | undefined): number => {
  if (place === undefined) return -3
  const split =
    /[\ud800-\udbff]/.test(text.charAt(place - 1)) && /[\udc00-\udfff]/.test(text.charAt(place))
  if (split) return -3
  const atSeam =
    place === text.length || seam.test(text.charAt(place - 1)) || seam.test(text.charAt(place))
  return atSeam ? 1 : 0
}

/** Servers count in UTF-16 units, code points or bytes, and do not say so: the unit that all citations fit best. */
const unitOf = (text: string, indices: readonly number[]): Places => {
  if (/^[\0-\x7f]*$/.test(text)) return places.utf16(text)
  const candidates = (['utf16', 'codePoints', 'utf8'] satisfies Unit[]).map((unit) => {
    const found = places[unit](text)
    const fit = indices.reduce((sum, index) => sum + fitOf(text, found[index]), 0)
    return { found, fit }
  })
  const best = Math.max(...candidates.map(({ fit }) => fit))
  return candidates.find(({ fit }) => fit === best)?.found ?? []
}

const isIndex = (index: number | null | undefined): index is number =>
  Number.isSafeInteger(index) && Number(index) >= 0

/** The nearest place at or behind an index, which may be beyond the text or inside a character. */
const placeOf = (found: Places, index: number): number => {
  for (let at = Math.min(index, found.length - 1); at < found.length; at += 1) {
    const place = found[at]
    if (place !== undefined) return place
  }
  return 0
}

/** The first of the ascending ends at or behind a place. */
const endAt = (ends: readonly number[], place: number): number | undefined => {
  let [low, high] = [0, ends.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ends[middle] ?? 0) < place) low = middle + 1
    else high = middle
  }
  return ends[low]
}

/** What precedes the blanks before each place: a citation behind a sentence's space means that sentence. */
const withoutBlanksBefore = (text: string, place: number): number => {
  const blanks = /\s*$/.exec(text.slice(Math.max(0, place - 200), place))?.[0].length ?? 0
  return place - blanks
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/**
 * The text with a mark `[n]` behind every sentence that is cited, each number once per sentence.
 * Servers count the index of a citation in UTF-16 units, code points or UTF-8 bytes: the unit is
 * chosen that fits all citations of the text, and whatever the index hits, the mark goes to the end of
 * that sentence, or of the text when it lies beyond, never inside a grapheme. A citation without an
 * index leaves no mark, nor does any in a blank text. Takes linear time.
 */
export const insertMarks = (text: string, citations: readonly CitationMark[]): string => {
  const ends = sentenceEnds(text)
  const cited = citations.flatMap(({ number, end }) =>
    isIndex(end) ? [{ number, index: end }] : [],
  )
  if (ends.length === 0 || cited.length === 0) return text
  const indices = [
    ...cited.map(({ index }) => index),
    ...citations.flatMap(({ start }) => (isIndex(start) ? [start] : [])),
  ]
  const found = unitOf(text, indices)
  const numbersAt = new Map<number, Set<number>>()
  const graphemes = segmenter.segment(text)
  for (const { number, index } of cited) {
    const place = withoutBlanksBefore(text, placeOf(found, index))
    const end = endAt(ends, Math.max(1, place)) ?? text.length
    const grapheme = graphemes.containing(end)
    const at =
      grapheme === undefined || grapheme.index === end
        ? end
        : grapheme.index + grapheme.segment.length
    numbersAt.set(at, (numbersAt.get(at) ?? new Set()).add(number))
  }
  let passed = 0
  const pieces = [...numbersAt]
    .sort(([one], [other]) => one - other)
    .map(([at, numbers]) => {
      const piece = text.slice(passed, at)
      passed = at
      return (
        piece +
        [...numbers]
          .sort((one, other) => one - other)
          .map((number) => ` [${number}]`)
          .join('')
      )
    })
  return pieces.join('') + text.slice(passed)
}
