/**
 * When each word of a script is spoken, by the pauses of its sound: they are matched to the ends of words so
 * that each stretch between two takes as long as its syllables want, at the speed of the whole. Deterministic.
 */
import type { SoundSpan, SpokenPart } from '../../contracts/speech.ts'
import type { ScriptWord } from './script-words.ts'

/** Milliseconds of sound for a syllable; outside, it is not this script that is spoken. */
const syllableMs = { min: 70, max: 520 }
/**
 * What a match may cost in all and for each sentence. The recordings of the tests cost up to 1 for a sentence with
 * their own script, and 2 to 6 with another of about the same length.
 */
const costLimit = { all: 2, sentence: 3 }
/** Pauses that one stretch may hold: the closures of consonants. */
const maxSkipped = 12

interface Pause {
  /** Milliseconds of sound before it. */
  at: number
  length: number
}

/** A pause at the end of a word, and what leads there at least cost. */
interface Match {
  pause: number
  /** Words before it. */
  words: number
  cost: number
  before: Match | undefined
}

/** Of a pause inside a word, which only a long closure of a consonant is. */
const insideCost = (length: number): number => Math.min(8, Math.max(0, (length - 90) / 40))

/** Of the end of a word without a pause. */
const throughCost = { sentence: 6, phrase: 1.2, word: 0 } as const

/** Of a pause at the end of a word. */
const pauseCost = (length: number, ends: ScriptWord['ends']): number => {
  if (ends === 'sentence') return Math.max(0, (150 - length) / 100)
  if (ends === 'phrase') return 0.1
  return length > 250 ? 2 : 0.8
}

/** How badly a stretch of sound fits so many syllables at this speed. */
const fitCost = (sound: number, syllables: number, speed: number): number => {
  const deviation = (0.25 * speed) ** 2 * syllables + 60 ** 2
  return (sound - syllables * speed) ** 2 / deviation
}

const pausesOf = (sounds: readonly SoundSpan[]): Pause[] => {
  let at = 0
  return sounds.slice(0, -1).map(({ start_ms, end_ms }, index) => {
    at += end_ms - start_ms
    return { at, length: (sounds[index + 1]?.start_ms ?? end_ms) - end_ms }
  })
}

const sumsOf = (values: readonly number[]): number[] => {
  const sums = [0]
  for (const value of values) sums.push((sums.at(-1) ?? 0) + value)
  return sums
}

interface Problem {
  words: readonly ScriptWord[]
  pauses: readonly Pause[]
  /** Milliseconds of sound in all. */
  total: number
  speed: number
  /** Sums before each word, or pause. */
  syllables: readonly number[]
  through: readonly number[]
  inside: readonly number[]
}

const between = (sums: readonly number[], from: number, to: number): number =>
  (sums[to] ?? 0) - (sums[from] ?? 0)

const stretchCost = (problem: Problem, from: Match, pause: number, words: number): number => {
  const { pauses, total } = problem
  const start = from.pause < 0 ? 0 : (pauses[from.pause]?.at ?? 0)
  const end = pauses[pause]?.at ?? total
  return (
    fitCost(end - start, between(problem.syllables, from.words, words), problem.speed) +
    between(problem.inside, from.pause + 1, pause) +
    between(problem.through, from.words, words - 1)
  )
}

const cheapest = (
  problem: Problem,
  open: readonly Match[],
  pause: number,
  words: number,
): Match | undefined => {
  let best: Match | undefined
  for (const from of open) {
    if (from.words >= words) continue
    const cost = from.cost + stretchCost(problem, from, pause, words)
    if (!best || cost < best.cost) best = { pause, words, cost, before: from }
  }
  return best
}

/** The pauses that end words, in order, from the beginning to the end. */
const matchPauses = (problem: Problem): Match[] => {
  const { words, pauses, total, speed, syllables } = problem
  const band = 1500 + total * 0.2
  let open: Match[] = [{ pause: -1, words: 0, cost: 0, before: undefined }]
  for (const [pause, { at, length }] of pauses.entries()) {
    const reached: Match[] = []
    for (let count = 1; count < words.length; count += 1) {
      if (Math.abs((syllables[count] ?? 0) * speed - at) > band) continue
      const match = cheapest(problem, open, pause, count)
      const ends = words[count - 1]?.ends
      if (match && ends) reached.push({ ...match, cost: match.cost + pauseCost(length, ends) })
    }
    open = [...open, ...reached].filter((from) => from.pause < 0 || pause - from.pause < maxSkipped)
  }
  const last = cheapest(problem, open, pauses.length, words.length)
  const path: Match[] = []
  for (let match = last; match; match = match.before) path.unshift(match)
  return path
}

/** Real time after so much sound: at a pause its beginning, or its end for what starts there. */
const clockOf =
  (sounds: readonly SoundSpan[]) =>
  (sound: number, starts: boolean): number => {
    let passed = 0
    for (const { start_ms, end_ms } of sounds) {
      const length = end_ms - start_ms
      const left = sound - passed
      if (starts ? left < length - 0.5 : left <= length + 0.5) {
        return Math.round(start_ms + Math.max(0, Math.min(length, left)))
      }
      passed += length
    }
    return sounds.at(-1)?.end_ms ?? 0
  }

const partsOf = (
  problem: Problem,
  path: readonly Match[],
  sounds: readonly SoundSpan[],
): SpokenPart[] => {
  const clock = clockOf(sounds)
  return path.slice(1).flatMap((match, index) => {
    const from = path[index] as Match
    const start = from.pause < 0 ? 0 : (problem.pauses[from.pause]?.at ?? 0)
    const end = problem.pauses[match.pause]?.at ?? problem.total
    const all = between(problem.syllables, from.words, match.words)
    const soundAt = (word: number): number =>
      start + ((end - start) * between(problem.syllables, from.words, word)) / all
    return problem.words.slice(from.words, match.words).map((word, place): SpokenPart => {
      const start_ms = clock(soundAt(from.words + place), true)
      const end_ms = Math.max(start_ms + 1, clock(soundAt(from.words + place + 1), false))
      return { start: word.start, end: word.end, start_ms, end_ms }
    })
  })
}

/** Why a sound cannot be that of a script. */
export interface NoAlignment {
  cause: string
}

const speedProblem = (speed: number): string | undefined => {
  if (speed < syllableMs.min) return 'far shorter than the script'
  return speed > syllableMs.max ? 'far longer than the script' : undefined
}

/** @returns the times of all words, or why there are none */
export const measuredTimes = (
  words: readonly ScriptWord[],
  sounds: readonly SoundSpan[],
): SpokenPart[] | NoAlignment => {
  const total = sounds.reduce((sum, { start_ms, end_ms }) => sum + end_ms - start_ms, 0)
  const spoken = words.reduce((sum, word) => sum + word.syllables, 0)
  if (spoken === 0) return { cause: 'the script has no word to be spoken' }
  if (total === 0) return { cause: 'nothing is heard' }
  const wrong = speedProblem(total / spoken)
  if (wrong !== undefined) return { cause: `the speech is ${wrong}` }
  const pauses = pausesOf(sounds)
  const problem: Problem = {
    words,
    pauses,
    total,
    speed: total / spoken,
    syllables: sumsOf(words.map((word) => word.syllables)),
    through: sumsOf(words.map(({ ends }) => throughCost[ends])),
    inside: sumsOf(pauses.map(({ length }) => insideCost(length))),
  }
  const path = matchPauses(problem)
  const parts = partsOf(problem, path, sounds)
  const sentences = words.filter(({ ends }) => ends === 'sentence').length
  const limit = costLimit.all + costLimit.sentence * Math.max(1, sentences)
  if (parts.length !== words.length || (path.at(-1)?.cost ?? 0) > limit) {
    return { cause: 'its pauses are not where the sentences of the script end' }
  }
  return parts
}
