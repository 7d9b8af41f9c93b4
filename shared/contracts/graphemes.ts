/** Characters as readers count them: grapheme clusters of UAX #29. */
export const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Text in which every UTF-16 unit is a grapheme of its own, and allowed. */
export const plain =
  /^[\n\x20-\x7e\xa0-\xac\xae-\xff\u2010-\u2027\u2030-\u205e\u3000-\u3029\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff\uac00-\ud7a3]*$/

/** Characters as readers count them (grapheme clusters). */
export const graphemeCount = (text: string): number => {
  if (plain.test(text)) return text.length
  let count = 0
  for (const _ of graphemes.segment(text)) count += 1
  return count
}

/** Where the last grapheme of a text begins: what comes before it no later character can change. */
export const lastGraphemeAt = (text: string): number =>
  text === '' ? 0 : (graphemes.segment(text).containing(text.length - 1)?.index ?? 0)
