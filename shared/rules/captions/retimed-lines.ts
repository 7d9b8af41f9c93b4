import type { SpokenPart } from '../../contracts/speech.ts'
import type { Word } from './rows.ts'
import { syllablesOf } from './syllables.ts'

/** Share of a line's characters that have to be in the script, in order, for it to be what is spoken there. */
const minSpoken = 0.5
/** What a match right behind another one counts more than one that stands alone. */
const runBonus = 0.6

/** The characters by which texts are compared, and where each stands. */
interface Letters {
  characters: string[]
  places: number[]
}

const lettersOf = (text: string): Letters => {
  const letters: Letters = { characters: [], places: [] }
  for (const { 0: found, index } of text.matchAll(/[\p{L}\p{N}]/gu)) {
    letters.characters.push(found.toLowerCase())
    letters.places.push(index)
  }
  return letters
}

/**
 * For each of `some` its partner in `all`, or -1: a longest common sequence, in which characters that follow
 * each other in both count more.
 */
const partners = (some: readonly string[], all: readonly string[]): Int32Array => {
  const width = all.length + 1
  const score = new Float32Array((some.length + 1) * width)
  const run = new Float32Array((some.length + 1) * width)
  for (let one = 1; one <= some.length; one += 1) {
    for (let other = 1; other <= all.length; other += 1) {
      const at = one * width + other
      const skipped = Math.max(score[at - 1] as number, score[at - width] as number)
      run[at] = Number.NEGATIVE_INFINITY
      if (some[one - 1] === all[other - 1]) {
        const diagonal = at - width - 1
        run[at] = Math.max(
          (score[diagonal] as number) + 1,
          (run[diagonal] as number) + 1 + runBonus,
        )
      }
      score[at] = Math.max(skipped, run[at] as number)
    }
  }
  return traced(score, run, some.length, all.length)
}

const traced = (
  score: Float32Array,
  run: Float32Array,
  ones: number,
  others: number,
): Int32Array => {
  const width = others + 1
  const found = new Int32Array(ones).fill(-1)
  let inRun = false
  for (let [one, other] = [ones, others]; one > 0 && other > 0; ) {
    const at = one * width + other
    if (inRun || run[at] === score[at]) {
      found[one - 1] = other - 1
      const diagonal = at - width - 1
      // Whether this match counted as the next of a run, which then has to go on.
      const asRun = (run[diagonal] as number) + 1 + runBonus
      inRun = one > 1 && other > 1 && Math.abs(asRun - (run[at] as number)) < 1e-3 && asRun > -1e6
      one -= 1
      other -= 1
    } else if (score[at - 1] === score[at]) other -= 1
    else one -= 1
  }
  return found
}

/** Milliseconds at a place of the script: within a word by the share of its characters. */
const timeAt = (spoken: readonly SpokenPart[], place: number, starts: boolean): number => {
  const within = spoken.find(
    ({ start, end }) => (starts ? place < end : place <= end) && place >= start,
  )
  if (within) {
    const share = (place - within.start) / Math.max(1, within.end - within.start)
    return Math.round(within.start_ms + (within.end_ms - within.start_ms) * share)
  }
  const next = spoken.find(({ start }) => start >= place)
  const before = spoken.findLast(({ end }) => end <= place)
  if (starts) return next?.start_ms ?? before?.end_ms ?? 0
  return before?.end_ms ?? next?.start_ms ?? 0
}

interface Range {
  /** Places in the script; the end is exclusive. */
  from: number
  to: number
}

/** A line, and where it is spoken; `range` is null while that is not known. */
interface PlacedLine {
  text: string
  range: Range | null
  /** For places in the line their places in the script. */
  pairs: [line: number, script: number][]
}

const placedLines = (lines: readonly string[], script: string): PlacedLine[] => {
  const each = lines.map(lettersOf)
  const all = lettersOf(script)
  const found = partners(
    each.flatMap(({ characters }) => characters),
    all.characters,
  )
  let passed = 0
  return lines.map((text, index) => {
    const { characters = [], places = [] } = each[index] ?? {}
    const pairs = characters.flatMap((_, at): [number, number][] => {
      const partner = found[passed + at] ?? -1
      return partner < 0 ? [] : [[places[at] ?? 0, all.places[partner] ?? 0]]
    })
    passed += characters.length
    const isSpoken = characters.length > 0 && pairs.length >= characters.length * minSpoken
    const range = isSpoken ? { from: pairs[0]?.[1] ?? 0, to: (pairs.at(-1)?.[1] ?? 0) + 1 } : null
    return { text, range, pairs: isSpoken ? pairs : [] }
  })
}

/**
 * Lines that say in other words what is spoken between their neighbours take its place. False where nothing
 * is spoken there: such a line has no time.
 */
const placeOthers = (lines: PlacedLine[], spoken: readonly SpokenPart[]): boolean => {
  for (let at = 0; at < lines.length; ) {
    let until = at
    while (lines[until] && lines[until]?.range === null) until += 1
    if (until > at) {
      const from = lines[at - 1]?.range?.to ?? 0
      const to = lines[until]?.range?.from ?? Number.POSITIVE_INFINITY
      const free = spoken.filter(({ start, end }) => start >= from && end <= to)
      const group = lines.slice(at, until)
      if (free.length < group.length) return false
      const weights = group.map(({ text }) => Math.max(1, syllablesOf(text)))
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      let passed = 0
      for (const [index, line] of group.entries()) {
        const first = Math.max(index, Math.round((passed / total) * free.length))
        passed += weights[index] ?? 0
        const last = Math.max(first + 1, Math.round((passed / total) * free.length))
        line.range = { from: free[first]?.start ?? from, to: free[last - 1]?.end ?? from }
      }
    }
    at = until + 1
  }
  return true
}

/** Milliseconds at a place of a line: between the places that are known, by the characters. */
const lineClock = ({ text, range, pairs }: PlacedLine, spoken: readonly SpokenPart[]) => {
  const from = timeAt(spoken, range?.from ?? 0, true)
  const to = Math.max(from + 1, timeAt(spoken, range?.to ?? 0, false))
  return (place: number, starts: boolean): number => {
    const pair = starts
      ? pairs.find(([line]) => line === place)
      : pairs.findLast(([line]) => line === place - 1)
    if (pair) {
      const time = timeAt(spoken, starts ? pair[1] : pair[1] + 1, starts)
      return Math.max(from, Math.min(to, time))
    }
    return Math.round(from + ((to - from) * place) / Math.max(1, text.length))
  }
}

const timedLine = (line: PlacedLine, spoken: readonly SpokenPart[]): Word[] => {
  const clock = lineClock(line, spoken)
  let last = clock(0, true)
  return [...line.text.matchAll(/\S+/g)].map(({ 0: text, index }) => {
    const letters = [...text.matchAll(/[\p{L}\p{N}]/gu)]
    const first = index + (letters[0]?.index ?? 0)
    const end = letters.at(-1)
    const start_ms = Math.max(last, clock(first, true))
    const end_ms = Math.max(start_ms, clock(index + (end ? end.index + 1 : text.length), false))
    last = end_ms
    return { text, start_ms, end_ms, glued: false }
  })
}

/** @returns the lines with the times at which their words are spoken, or the number of a line that is not */
export const retimedLines = (
  lines: readonly string[],
  script: string,
  spoken: readonly SpokenPart[],
): Word[][] | { notSpoken: number } => {
  const placed = placedLines(lines, script)
  if (!placeOthers(placed, spoken)) {
    return { notSpoken: placed.findIndex(({ range }) => range === null) }
  }
  return placed.map((line) => timedLine(line, spoken))
}

/** Lines that keep their own times, in seconds: each word has its share of them. */
export const ownTimes = (
  lines: readonly { start: number; end: number; text: string }[],
): Word[][] =>
  lines.map(({ start, end, text }) => {
    const at = (place: number): number =>
      Math.round((start + ((end - start) * place) / Math.max(1, text.length)) * 1000)
    return [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({
      text: word,
      start_ms: at(index === 0 ? 0 : index),
      end_ms: at(index + word.length),
      glued: false,
    }))
  })
