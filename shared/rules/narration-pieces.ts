import { sentenceEnds } from './sentences.ts'

/** A part of a text; the end is exclusive, in UTF-16 code units. */
export interface TextPiece {
  start: number
  end: number
}

/** Words of a sentence that is itself too long, in as few pieces as hold them. */
const wordsWithin = (text: string, { start, end }: TextPiece, limit: number): TextPiece[] => {
  const pieces: TextPiece[] = []
  for (const { 0: word, index } of text.slice(start, end).matchAll(/\S+/g)) {
    const from = start + index
    const last = pieces.at(-1)
    if (last && from + word.length - last.start <= limit) last.end = from + word.length
    else pieces.push({ start: from, end: from + word.length })
  }
  return pieces
}

/**
 * A text as it is spoken: at once, or, when it is longer than that, sentence by sentence.
 * @param limit UTF-16 code units that a provider speaks at once; a longer word stays whole
 */
export const spokenPieces = (text: string, limit: number): TextPiece[] => {
  if (text.length <= limit) return [{ start: 0, end: text.length }]
  let from = 0
  return sentenceEnds(text).flatMap((end) => {
    const start = from + (text.slice(from, end).search(/\S/) + 1 || 1) - 1
    from = end
    if (start >= end) return []
    return end - start <= limit ? [{ start, end }] : wordsWithin(text, { start, end }, limit)
  })
}
