import { blank, noWidth } from '../contracts/blanks.ts'

/**
 * Text in a form in which a sentence is found again although it was copied by hand, by a browser or by
 * a model: other case, spaces, quotation marks, dashes, widths, composed or decomposed letters. What a
 * figure is made of stays: its digits, point, sign, unit, direction, and whatever stands between two
 * figures.
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
const invisible = new RegExp(`[\\p{Cf}\\p{Cc}\\p{Cs}\\p{Cn}\\p{Me}${noWidth}]`, 'gv')
const letter = /^\p{L}/u
const digit = /^\p{Nd}/u
/** Circled, raised and Roman numbers, fractions: ② is no 2 in front of the next figure, and 10² is no 102. */
const otherNumber = /^[\p{No}\p{Nl}]/u
/** Part of a figure wherever it stands. */
const unit = /^[%‰‱°\p{Sc}]/u
const currency = /^\p{Sc}/u
/** Whether a figure rises or falls, before it and behind it. */
const direction = /^[▲△▴▵▼▽▾▿🔺🔻🔼🔽↑↓⬆⬇↗↘⇧⇩⇑⇓⤴⤵]/u
/** Those of them that never begin an entry of a list, so that a space may stand before them. */
const arrow = /^[↑↓⬆⬇↗↘⇧⇩⇑⇓⤴⤵]/u
/** Directly before a figure, these change it, as directions do. A wave dash says "up to". */
const sign = /^(?:[−<>≤≥≦≧±]|(?![〜〰])\p{Pd})/u
/** Behind one of these, or behind a sign, a point begins a figure: `(.5%`. */
const opening = /^[\p{Ps}\p{Pi}"'+=~〜∼]/u
const dash = /^[\p{Pd}−~〜∼]/u
const space = new RegExp(`^${blank}`, 'v')
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

interface Mark {
  part: string
  start: number
}

/** What stands since the last token. */
interface Gap {
  first?: Mark
  spaced: boolean
  /** The last two marks that no space parts from what comes next. */
  touching: readonly Mark[]
}
const emptyGap: Gap = { spaced: false, touching: [] }

const isChanging = ({ part }: Mark): boolean => sign.test(part) || direction.test(part)

/** The token before a gap. */
interface Before {
  token: string | undefined
  end: number | undefined
}

/** The point that begins a figure: `.5`, `$.5`, but not `end.5`. */
const leadingPoint = ({ touching, spaced }: Gap, { token }: Before): Mark | undefined => {
  const [mark] = touching
  const point = touching.at(-1)
  if (mark === undefined || point?.part !== '.') return undefined
  const begins =
    mark === point
      ? spaced || token === undefined || currency.test(token)
      : isChanging(mark) || opening.test(mark.part)
  return begins ? point : undefined
}

/** The marks directly before a figure that change it. */
const changingMarks = (gap: Gap, before: Before): Mark[] => {
  const point = leadingPoint(gap, before)
  const mark = gap.touching.at(point ? -2 : -1)
  const changing = point ? [point] : []
  if (mark === undefined || !isChanging(mark)) return changing
  // A dash between a letter and a figure joins them: "A-3".
  const joins = dash.test(mark.part) && before.end === mark.start
  return joins && !currency.test(before.token ?? '') ? changing : [mark, ...changing]
}

type Kind = 'letter' | 'figure' | 'unit' | 'space' | 'mark'

const kindOf = (part: string): Kind => {
  if (letter.test(part)) return 'letter'
  if (digit.test(part) || otherNumber.test(part)) return 'figure'
  if (unit.test(part)) return 'unit'
  return space.test(part) ? 'space' : 'mark'
}

/** Collects tokens; what a mark is worth is known when the character after it comes. */
const collector = () => {
  const text: ComparableText = { tokens: [], starts: [], ends: [] }
  let gap = emptyGap
  let afterFigure = false
  /** Also behind its unit, and behind the letters that touch it: `3만`, `5%p`. */
  let afterQuantity = false

  const push = (token: string, start: number, end: number): void => {
    text.tokens.push(token)
    text.starts.push(start)
    text.ends.push(end)
  }
  const pushMarks = (start: number, isFigure: boolean): void => {
    const { first, spaced } = gap
    const before = { token: text.tokens.at(-1), end: text.ends.at(-1) }
    let marks = changingMarks(gap, before)
    if (isFigure && afterFigure && before.end !== undefined && (first || spaced)) {
      // What parts two figures is one mark, also when it is a dash that is drawn by two.
      const isRepeated = ({ part }: Mark) => first && dash.test(first.part) && dash.test(part)
      marks = marks.filter((mark) => mark !== first && !isRepeated(mark))
      push(first ? drawnAlike(first.part) : ' ', before.end, marks[0]?.start ?? start)
    }
    for (const [index, { part, start: from }] of marks.entries()) {
      push(drawnAlike(part), from, marks[index + 1]?.start ?? start)
    }
  }
  const isTrailing = (part: string): boolean =>
    afterQuantity &&
    direction.test(part) &&
    (gap === emptyGap || (gap.first === undefined && arrow.test(part)))

  return {
    text,
    take(part: string, start: number, end: number): void {
      const kind = kindOf(part)
      const isFigure = kind === 'figure'
      if (kind === 'space') {
        gap = { ...gap, spaced: true, touching: [] }
        return
      }
      if (kind === 'mark' && !isTrailing(part)) {
        const mark = { part, start }
        const touching = [...gap.touching, mark].slice(-2)
        gap = { first: gap.first ?? mark, spaced: gap.spaced, touching }
        return
      }
      if (isFigure || (kind === 'unit' && currency.test(part))) pushMarks(start, isFigure)
      push(part, start, end)
      const goesOn = afterQuantity && kind === 'letter' && gap === emptyGap
      afterFigure = isFigure
      afterQuantity = isFigure || kind === 'unit' || goesOn
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
    // Some blanks are letters, and a line break is a control character.
    const isBlank = space.test(found)
    const visible = isPlain(found) || isBlank ? found : found.replace(invisible, '')
    if (isBlank) take(' ', index, end)
    else if (isPlain(visible)) take(visible, index, end)
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
/** Whether a figure rises or falls. */
export const isDirection = (token: string | undefined): boolean =>
  token !== undefined && direction.test(token)
