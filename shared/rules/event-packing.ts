import type { StudioEvent } from '../contracts/events.ts'

/**
 * Events that one item holds at most. DynamoDB counts a kilobyte for each item, twice in a transaction, and an
 * event is a few hundred bytes. A reader that goes on from the middle of a pack reads as many items more.
 */
export const packedEvents = 6

/** Characters of JSON beyond which an event begins an item of its own: far below what an item may have. */
export const packedCharacters = 8_192

type Pack = [StudioEvent, ...StudioEvent[]]

/** Events that are appended at once, by the items that they are kept in. */
export const packItems = (events: readonly StudioEvent[]): Pack[] => {
  const packs: Pack[] = []
  let characters = 0
  for (const event of events) {
    const own = JSON.stringify(event.data).length
    const pack = packs.at(-1)
    if (pack && pack.length < packedEvents && characters + own <= packedCharacters) {
      pack.push(event)
      characters += own
    } else {
      packs.push([event])
      characters = own
    }
  }
  return packs
}
