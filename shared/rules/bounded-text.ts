/** Characters of a service's own reason in an `error` event, which is never over the size of an event. */
export const eventDetailLimit = 600

/**
 * A text of someone else's as it may stand in an event or an answer: well-formed, and cut at so many
 * UTF-16 units, never inside a surrogate pair.
 */
export const boundedText = (text: string, max: number): string => {
  const cut =
    text.length > max ? `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…` : text
  return cut.toWellFormed()
}
