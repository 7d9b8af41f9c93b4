import { sentenceEnds } from '../sentences.ts'
import { syllablesOf } from './syllables.ts'

/** A word of a script: what stands between blanks (Korean: 어절). */
export interface ScriptWord {
  /** Place in the script, in UTF-16 code units; the end is exclusive. */
  start: number
  end: number
  syllables: number
  /** What ends behind it. Sentences end with a pause, phrases often, words seldom. */
  ends: 'sentence' | 'phrase' | 'word'
}

const phraseEnd = /[,，、;:：—–…)\]”’」』]["'”’」』]*$/u

/** The words that are said; what is not, such as a dash alone, belongs to the word before it. */
export const scriptWords = (script: string): ScriptWord[] => {
  const ends = new Set(sentenceEnds(script))
  const words: ScriptWord[] = []
  for (const { 0: text, index } of script.matchAll(/\S+/g)) {
    const end = index + text.length
    const syllables = syllablesOf(text)
    const isSentence = [...ends].some((place) => place > index && place <= end)
    const kind = isSentence ? 'sentence' : phraseEnd.test(text) ? 'phrase' : 'word'
    const last = words.at(-1)
    if (syllables > 0) words.push({ start: index, end, syllables, ends: kind })
    else if (last) {
      last.end = end
      if (kind !== 'word')
        last.ends = kind === 'phrase' && last.ends === 'sentence' ? 'sentence' : kind
    }
  }
  return words
}
