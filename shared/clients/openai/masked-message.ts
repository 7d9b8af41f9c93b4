/** Characters of a server's message that are kept. */
const maxCharacters = 300
/** A server repeats a piece of the request when this many words in a row occur in it. */
const quotedWords = 3
const mask = '…'

const keyLike =
  /\b(?:sk|pk|rk|gsk|xai|hf)[-_][\w.*-]{4,}|\bbearer\s+\S+|\beyJ[\w.-]{10,}|\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{24,}/gi

/** The insides of quotation marks, of whatever kind. */
const quoted = /(["'`“‘])([^"'`“”‘’]{2,})(["'`”’])/g

const isForeign = (word: string): boolean => /[^\u0020-\u007e]/.test(word)
/** A word without the punctuation around it. */
const bare = (word: string): string => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')

/** Marks words that the private texts hold: several in a row, or one of a script that servers do not write in. */
const repeatedWords = (words: string[], held: (text: string) => boolean): Set<number> => {
  const marked = new Set<number>()
  for (const [index, word] of words.entries()) {
    const core = bare(word)
    if (isForeign(core) && held(core)) marked.add(index)
    const several = words.slice(index, index + quotedWords)
    if (several.length === quotedWords && held(several.join(' '))) {
      for (let at = index; at < index + quotedWords; at += 1) marked.add(at)
    }
  }
  return marked
}

/**
 * A server's message as it may be logged: one line, bounded, without what looks like a key and without
 * what it repeats of the private texts.
 */
export const maskedMessage = (message: string, private_: readonly string[]): string => {
  const texts = private_.filter((text) => text.length > 1).map((text) => text.replace(/\s+/g, ' '))
  const held = (text: string): boolean => text !== '' && texts.some((one) => one.includes(text))
  // More than is kept, so that what stands at the cut is masked as a whole.
  const line = message
    .slice(0, 4 * maxCharacters)
    .replace(/\s+/g, ' ')
    .trim()
  const masked = line
    .replace(keyLike, mask)
    .replace(quoted, (all: string, open: string, inner: string, close: string) =>
      held(inner.trim()) ? `${open}${mask}${close}` : all,
    )
  const words = masked.split(' ')
  const repeated = repeatedWords(words, held)
  const kept = words.map((word, index) => (repeated.has(index) ? mask : word)).join(' ')
  return kept
    .replace(/…(?: …)+/g, mask)
    .slice(0, maxCharacters)
    .toWellFormed()
}
