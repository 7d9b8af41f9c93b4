/** Characters of a service's own reason in an `error` event, which is never over the size of an event. */
export const eventDetailLimit = 600

const graphemes = new Intl.Segmenter()

/** The beginning of a text, at most `length` UTF-16 code units and never a part of a grapheme. */
export const truncated = (text: string, length: number): string => {
  if (text.length <= length) return text
  let end = 0
  // The margin shows whether the last grapheme goes on behind the cut.
  for (const { index, segment } of graphemes.segment(text.slice(0, length + 64))) {
    if (index + segment.length > length) break
    end = index + segment.length
  }
  return text.slice(0, end)
}

/**
 * Text that is not the product's own, as it may stand in an event or an answer: well-formed, and cut at
 * `max` UTF-16 code units, which an ellipsis shows.
 */
export const boundedText = (text: string, max: number): string =>
  (text.length > max ? `${truncated(text, max - 1)}…` : text).toWellFormed()
