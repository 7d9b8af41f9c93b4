import type { AssetCheck } from '../../contracts/assets.ts'
import type { SoundSpan } from '../../contracts/speech.ts'
import { type Cue, captionRules, widthOf, withoutBlanks } from './cue.ts'

const { gapMs, minMs, rows: maxRows, rowWidth, toleranceMs } = captionRules

const check = (name: string, problem: string | undefined, passed: string): AssetCheck => ({
  check: name,
  passed: problem === undefined,
  detail: problem ?? passed,
})

const orderProblem = (cues: readonly Cue[]): string | undefined => {
  for (const [index, { start_ms, end_ms }] of cues.entries()) {
    if (end_ms <= start_ms) return `cue ${index + 1} ends at ${end_ms} ms, not after its start`
    const before = cues[index - 1]
    if (before && start_ms < before.end_ms)
      return `cue ${index + 1} begins before the one before it ends`
  }
  return undefined
}

const formProblem = (cues: readonly Cue[]): string | undefined => {
  for (const [index, { rows, start_ms, end_ms }] of cues.entries()) {
    if (rows.length > maxRows) return `cue ${index + 1} has ${rows.length} rows`
    const wide = rows.find((row) => widthOf(row) > rowWidth)
    if (wide !== undefined) return `cue ${index + 1} has a row of ${widthOf(wide)} syllables`
    if (end_ms - start_ms < minMs) return `cue ${index + 1} is shown for ${end_ms - start_ms} ms`
  }
  return undefined
}

const gapProblem = (cues: readonly Cue[]): string | undefined => {
  const at = cues.findIndex(
    (cue, index) => cue.start_ms - (cues[index - 1]?.end_ms ?? Number.NEGATIVE_INFINITY) < gapMs,
  )
  return at < 0 ? undefined : `cue ${at + 1} follows without a gap`
}

/** Of every text only what shows: two texts with the same are the same to a reader. */
const textOf = (texts: readonly string[]): string => withoutBlanks(texts.join(''))

const textProblem = (cues: readonly Cue[], lines: readonly string[]): string | undefined =>
  textOf(cues.flatMap(({ rows }) => rows)) === textOf(lines)
    ? undefined
    : 'the captions are not the lines that the voice agent wrote'

/** A caption stands over silence only as long as it has to be read. */
const heardProblem = (cues: readonly Cue[], sounds: readonly SoundSpan[]): string | undefined => {
  for (const [index, { start_ms, end_ms }] of cues.entries()) {
    const heard = sounds.filter((sound) => sound.end_ms > start_ms && sound.start_ms < end_ms)
    const [first, last] = [heard[0], heard.at(-1)]
    if (!first || !last) return `nothing is heard while cue ${index + 1} is shown`
    const silent = Math.max(first.start_ms - start_ms, end_ms - last.end_ms)
    if (silent > toleranceMs && end_ms - start_ms > minMs + toleranceMs) {
      return `cue ${index + 1} is shown ${silent} ms before or behind what is heard`
    }
  }
  const [begin, end] = [sounds[0]?.start_ms ?? 0, sounds.at(-1)?.end_ms ?? 0]
  const outside = cues.findIndex(
    (cue) => cue.start_ms < begin - toleranceMs || cue.end_ms > end + toleranceMs,
  )
  return outside < 0 ? undefined : `cue ${outside + 1} is shown outside ${begin} to ${end} ms`
}

/**
 * What is checked of captions that were read back from their file.
 * @param lines what they have to say
 * @param sounds when something is heard; of silent films, when the lines are to be read
 */
export const captionChecks = (
  cues: readonly Cue[],
  lines: readonly string[],
  sounds: readonly SoundSpan[],
): AssetCheck[] => [
  check('captions_present', cues.length > 0 ? undefined : 'no caption', `${cues.length} captions`),
  check('captions_text', textProblem(cues, lines), 'the lines as they were written'),
  check('captions_monotonic', orderProblem(cues) ?? gapProblem(cues), 'no overlap'),
  check('captions_form', formProblem(cues), 'two rows of 16 syllables, 0.8 s at least'),
  check('captions_in_sound', heardProblem(cues, sounds), `within ${toleranceMs} ms of the sound`),
]
