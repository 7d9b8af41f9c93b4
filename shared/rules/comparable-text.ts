/**
 * Text in a form in which a sentence is found again although it was copied by hand, by a browser or by
 * a model: other case, spaces, quotation marks, dashes, widths, composed or decomposed letters. What a
 * figure is made of stays: its digits, point, sign, unit, and whatever stands between two figures.
 */
export interface ComparableText {
  /** What is compared, letter by letter. */
  tokens: string[]
  /** Where the character of each token begins and ends in the text, in UTF-16 units. */
  starts: number[]
  ends: number[]
}

/** A letter with its marks, of which a page may stack any number; a Hangul syllable in one character or in parts. */
const cluster =
  /[\u1100-\u115e\ua960-\ua97c\uac00-\ud7a3][\u1161-\u11ff\ud7b0-\ud7fb]{0,32}\p{M}{0,32}|.[\p{M}\uff9e\uff9f]{0,32}/gsu

/** Characters that do not show, or only change how the one before looks. */
const invisible =
  /[\p{Cf}\p{Cc}\p{Cs}\p{Cn}\p{Me}]|[\u115f\u1160\u3164\uffa0]|\p{Variation_Selector}/gu
const letter = /^\p{L}/u
const digit = /^\p{Nd}/u
/** Circled, raised and Roman numbers, fractions: ② is no 2 in front of the next figure, and 10² is no 102. */
const otherNumber = /^[\p{No}\p{Nl}]/u
/** Part of a figure wherever it stands. */
const unit = /^[%‰‱°\p{Sc}]/u
/** Directly before a figure, these change it. */
const sign = /^[-−<>≤≥±▲△▼▽]/u
const dash = /^[\p{Pd}−~〜∼]/u
const space = /^[\s\u2800]/
/** Their compatible forms would be letters or loose accents. */
const ornament = /^[™℠´`¨¯¸]/

/** `[3]`: a reference to a note or a source. */
const reference = /\[\d{1,3}\]/g

/** The same text, in length too, without what is no part of its sentences. */
const withoutReferences = (text: string): string =>
  text.replace(reference, (found) => ' '.repeat(found.length))

const folded = (character: string): string =>
  otherNumber.test(character)
    ? character
    : // Upper case first: ß and ς have several lower forms.
      character.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC')

const drawnAlike = (character: string): string =>
  dash.test(character) ? '-' : /^[‘’‛′]/.test(character) ? "'" : character

const emptyGap = { mark: '', spaced: false, adjacent: '' }

/** Collects tokens; what a mark is worth is known when the character after it comes. */
const collector = () => {
  const text: ComparableText = { tokens: [], starts: [], ends: [] }
  /** Since the last token: the first mark, whether there was a space, and the mark just before. */
  let gap = emptyGap
  let afterFigure = false

  const push = (token: string, start: number, end: number): void => {
    text.tokens.push(token)
    text.starts.push(start)
    text.ends.push(end)
  }
  const pushMark = (start: number): void => {
    const { mark, spaced, adjacent } = gap
    const last = text.ends.at(-1)
    if (afterFigure && last !== undefined && (mark !== '' || spaced)) {
      push(mark || ' ', last, start)
    } else if (sign.test(adjacent)) {
      // A dash between a letter and a figure joins them: "A-3".
      const joins = dash.test(adjacent) && last === start - adjacent.length
      if (!joins) push(drawnAlike(adjacent), start - adjacent.length, start)
    }
  }
  return {
    text,
    take(part: string, start: number, end: number): void {
      const isFigure = digit.test(part) || otherNumber.test(part)
      if (isFigure) pushMark(start)
      else if (!letter.test(part) && !unit.test(part)) {
        const isSpace = space.test(part)
        gap = {
          mark: gap.mark || (isSpace ? '' : drawnAlike(part)),
          spaced: gap.spaced || isSpace,
          adjacent: isSpace ? '' : part,
        }
        return
      }
      push(part, start, end)
      afterFigure = isFigure
      gap = emptyGap
    },
  }
}

/** Most characters of Korean and English pages. */
const isPlain = (character: string): boolean => /^[a-z가-힣]$/.test(character)

/** `1,200`, with `d` for a digit: the comma only groups the others. */
const groupedDigits = /(?<![d,.])d{1,3}(?:,ddd)+(?!d|,d)/g

const withoutGrouping = (source: string, text: ComparableText): ComparableText => {
  const { tokens, starts, ends } = text
  const kinds = tokens
    .map((token, index) => {
      if (digit.test(token)) return 'd'
      const isGlued = !/\s/.test(source.slice(starts[index], ends[index]))
      return isGlued && (token === ',' || token === '.') ? token : ' '
    })
    .join('')
  const commas = new Set<number>()
  for (const { 0: figure, index } of kinds.matchAll(groupedDigits)) {
    for (let at = 0; at < figure.length; at += 1) if (figure[at] === ',') commas.add(index + at)
  }
  if (commas.size === 0) return text
  const kept = <T>(values: T[]): T[] => values.filter((_, index) => !commas.has(index))
  return { tokens: kept(tokens), starts: kept(starts), ends: kept(ends) }
}

/** Takes linear time; the text may hold anything. */
export const comparableText = (text: string): ComparableText => {
  const { text: comparable, take } = collector()
  for (const { 0: found, index } of withoutReferences(text).matchAll(cluster)) {
    const end = index + found.length
    const visible = isPlain(found) ? found : found.replace(invisible, '')
    if (isPlain(visible) || space.test(visible)) take(visible, index, end)
    else if (ornament.test(visible)) take("'", index, end)
    else if (visible !== '') {
      for (const [part] of folded(visible).matchAll(cluster)) take(part, index, end)
    }
  }
  return withoutGrouping(text, comparable)
}

export const isLetter = (token: string | undefined): boolean =>
  token !== undefined && letter.test(token)
export const isFigure = (token: string | undefined): boolean =>
  token !== undefined && (digit.test(token) || otherNumber.test(token))
export const isUnit = (token: string | undefined): boolean =>
  token !== undefined && unit.test(token)
