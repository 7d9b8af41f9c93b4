import { type Cue, captionRules, widthOf } from './cue.ts'
import { groupsOf, type Word } from './rows.ts'

const { gapMs, minMs, rows: maxRows, syllablesPerSecond, toleranceMs } = captionRules

/** Milliseconds in which cues may be shown. */
export interface Bounds {
  start_ms: number
  end_ms: number
}

/** Milliseconds in which a cue can be read. */
const wantedMs = ({ rows }: Cue): number =>
  Math.max(
    minMs,
    Math.ceil((rows.reduce((sum, row) => sum + widthOf(row), 0) * 1000) / syllablesPerSecond),
  )

/** Where cues touch or overlap, the earlier one ends sooner, so that a gap shows that the text is another. */
const withGaps = (cues: readonly Cue[]): Cue[] =>
  cues.map((cue, index) => {
    const next = cues[index + 1]
    return next ? { ...cue, end_ms: Math.min(cue.end_ms, next.start_ms - gapMs) } : cue
  })

/** Longer where it is too short to be read: behind what it says, as far as there is room, and then before it. */
const lengthened = (cues: readonly Cue[], bounds: Bounds): Cue[] => {
  const out = cues.map((cue) => ({ ...cue }))
  for (const [index, cue] of out.entries()) {
    const until = Math.min(
      bounds.end_ms,
      (out[index + 1]?.start_ms ?? Number.POSITIVE_INFINITY) - gapMs,
    )
    const readable = Math.min(cue.start_ms + wantedMs(cue), cue.end_ms + toleranceMs)
    const shown = cue.start_ms + minMs
    cue.end_ms = Math.max(cue.end_ms, Math.min(until, Math.max(readable, shown)))
    const since = Math.max(bounds.start_ms, (out[index - 1]?.end_ms ?? -gapMs) + gapMs)
    if (cue.end_ms - cue.start_ms < minMs) {
      cue.start_ms = Math.max(since, Math.min(cue.start_ms, cue.end_ms - minMs))
    }
  }
  return out
}

const isShort = ({ start_ms, end_ms }: Cue): boolean => end_ms - start_ms < minMs

/** Two cues of one row each as one of two; undefined where they are more. */
const together = (one: Cue | undefined, other: Cue | undefined): Cue | undefined => {
  if (!one || !other || one.rows.length + other.rows.length > maxRows) return undefined
  return { start_ms: one.start_ms, end_ms: other.end_ms, rows: [...one.rows, ...other.rows] }
}

/** The first cue that is too short, joined with the neighbour that begins, or ends, nearest. */
const joinedOnce = (cues: readonly Cue[], lengths: readonly Cue[]): Cue[] | undefined => {
  for (const [index, cue] of lengths.entries()) {
    if (!isShort(cue)) continue
    const before = together(cues[index - 1], cues[index])
    const after = together(cues[index], cues[index + 1])
    if (before) return [...cues.slice(0, index - 1), before, ...cues.slice(index + 1)]
    if (after) return [...cues.slice(0, index), after, ...cues.slice(index + 2)]
  }
  return undefined
}

/**
 * Where words follow each other faster than captions may, each caption waits for the one before it. Speech is
 * never that fast; the checks refuse captions that this moves away from what is heard.
 */
const spaced = (cues: readonly Cue[]): Cue[] => {
  let free = 0
  return cues.map((cue) => {
    const start_ms = Math.max(cue.start_ms, free)
    const end_ms = Math.max(cue.end_ms, start_ms + minMs)
    free = end_ms + gapMs
    return { ...cue, start_ms, end_ms }
  })
}

/** What the words say, with the times of the first and the last. */
const rawCues = (lines: readonly (readonly Word[])[]): Cue[] =>
  lines.flatMap((line) =>
    groupsOf(line).map(({ words, rows }) => ({
      start_ms: words[0]?.start_ms ?? 0,
      end_ms: words.at(-1)?.end_ms ?? 0,
      rows,
    })),
  )

/** Before any waits for another; one is too short where there is no room for it. */
const joined = (lines: readonly (readonly Word[])[], bounds: Bounds): Cue[] => {
  let cues = rawCues(lines)
  for (;;) {
    const lengths = lengthened(withGaps(cues), bounds)
    const fewer = joinedOnce(cues, lengths)
    if (!fewer) return lengths
    cues = fewer
  }
}

/** Whether lines follow each other faster than captions may, even those that are shown with a neighbour. */
export const areCrowded = (lines: readonly (readonly Word[])[], bounds: Bounds): boolean =>
  joined(lines, bounds).some(isShort)

/**
 * Captions of timed lines, by the caption rules: rows broken between words, no overlap, long enough to be
 * read. A line that is too long for one caption becomes several with all its words; captions too short to
 * be read are shown with a neighbour.
 */
export const cuesOf = (lines: readonly (readonly Word[])[], bounds: Bounds): Cue[] =>
  spaced(joined(lines, bounds))
