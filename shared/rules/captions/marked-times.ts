import type { SoundSpan, SpeechMark, SpokenPart } from '../../contracts/speech.ts'
import type { ScriptWord } from './script-words.ts'

/** Share of the words that marks have to name; a provider that names fewer is measured instead. */
const minCovered = 0.9

/** Milliseconds by which a mark may stand behind the sound that it names. */
const markDelay = 100

/** When the sound ends that a word begins with, at the latest when the next one begins. */
const endOf = (sounds: readonly SoundSpan[], start: number, next: number): number => {
  const heard = sounds.findLast(
    ({ start_ms, end_ms }) => end_ms > start && start_ms < Math.max(start + 1, next - markDelay),
  )
  return Math.max(start + 1, heard ? Math.min(heard.end_ms, next) : next)
}

const isAscending = (times: readonly number[]): boolean =>
  times.every((time, index) => time >= (times[index - 1] ?? 0))

/**
 * When each word of a script is spoken, by its provider's speech marks, whose ends are measured.
 * @param offset milliseconds that the sound begins before, or (negative) after, the provider's
 * @returns undefined for marks that are not those of this script and sound
 */
export const markedTimes = (
  words: readonly ScriptWord[],
  marks: readonly SpeechMark[],
  sounds: readonly SoundSpan[],
  offset: number,
): SpokenPart[] | undefined => {
  const last = sounds.at(-1)?.end_ms ?? 0
  const starts: (number | undefined)[] = words.map((word) => {
    const found = marks.find(
      ({ type, start, end }) => type === 'word' && end > word.start && start < word.end,
    )
    return found && Math.max(0, found.time_ms + offset)
  })
  const known = starts.filter((start) => start !== undefined)
  if (known.length < words.length * minCovered || !isAscending(known)) return undefined
  if ((known.at(-1) ?? 0) >= last) return undefined
  return words.map(({ start, end }, index): SpokenPart => {
    // A word without a mark of its own, such as a sign, is said with the one before it.
    const start_ms = starts.slice(0, index + 1).findLast((time) => time !== undefined) ?? 0
    const next = starts.slice(index + 1).find((time) => time !== undefined) ?? last
    return { start, end, start_ms, end_ms: endOf(sounds, start_ms, next) }
  })
}
