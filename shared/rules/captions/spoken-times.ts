import type { NarrationTiming, SoundSpan, SpeechMark, SpokenPart } from '../../contracts/speech.ts'
import { markedTimes } from './marked-times.ts'
import { measuredTimes, type NoAlignment } from './measured-times.ts'
import { type ScriptWord, scriptWords } from './script-words.ts'

/** A part of a script that was spoken at once. */
export interface SpokenPiece {
  /** Place in the script, in UTF-16 code units. */
  start: number
  end: number
  /** Where it lies in the whole sound, in milliseconds. */
  from_ms: number
  to_ms: number
  /** Its provider's, which count from the piece's own beginning; null without any. */
  marks: readonly SpeechMark[] | null
  /** Milliseconds from the whole sound's beginning to where its marks count from; negative when cut off. */
  marks_from_ms: number
}

const sentencesOf = (words: readonly ScriptWord[], times: readonly SpokenPart[]): SpokenPart[] => {
  const sentences: SpokenPart[] = []
  let open: SpokenPart | undefined
  for (const [index, { ends }] of words.entries()) {
    const time = times[index]
    if (!time) break
    open = open ? { ...open, end: time.end, end_ms: time.end_ms } : { ...time }
    if (ends !== 'sentence' && index < words.length - 1) continue
    sentences.push(open)
    open = undefined
  }
  return sentences
}

const timesOfPiece = (
  piece: SpokenPiece,
  words: readonly ScriptWord[],
  sounds: readonly SoundSpan[],
): { times: SpokenPart[]; marked: boolean } | NoAlignment => {
  const measured = measuredTimes(words, sounds)
  if (!Array.isArray(measured)) return measured
  const marks = piece.marks?.map((mark) => ({
    ...mark,
    start: mark.start + piece.start,
    end: mark.end + piece.start,
  }))
  const marked = marks && markedTimes(words, marks, sounds, piece.marks_from_ms)
  return { times: marked ?? measured, marked: marked !== undefined }
}

/**
 * When what of a script is spoken: by the provider's marks where they are of this sound, otherwise measured.
 * @returns why not, for a sound that is not that of the script
 */
export const spokenTimes = (
  script: string,
  pieces: readonly SpokenPiece[],
  sounds: readonly SoundSpan[],
  duration_ms: number,
): NarrationTiming | NoAlignment => {
  const all = scriptWords(script)
  const words: SpokenPart[] = []
  let isMarked = true
  for (const piece of pieces) {
    const own = all.filter(({ start }) => start >= piece.start && start < piece.end)
    const heard = sounds.filter(
      ({ start_ms, end_ms }) => end_ms > piece.from_ms && start_ms < piece.to_ms,
    )
    const found = timesOfPiece(piece, own, heard)
    if ('cause' in found) return found
    isMarked &&= found.marked
    words.push(...found.times)
  }
  return {
    script,
    source: isMarked ? 'speech_marks' : 'measured',
    duration_ms,
    sentences: sentencesOf(all, words),
    words,
    sounds: [...sounds],
  }
}
