import type { StudioEvent } from '../contracts/events.ts'

/**
 * Events that one item holds at most. DynamoDB counts a kilobyte for each item, twice in a transaction, and an
 * event is a few hundred bytes. A reader that goes on from the middle of a pack reads as many items more.
 */
export const packedEvents = 6

/** Characters of JSON beyond which an event begins an item of its own: far below what an item may have. */
export const packedCharacters = 8_192

type Pack = [StudioEvent, ...StudioEvent[]]

/** How many of the first events of a list share an item: one at least. */
export const firstPack = (events: readonly Pick<StudioEvent, 'data'>[]): number => {
  let characters = 0
  const beyond = events.slice(0, packedEvents).findIndex(({ data }, index) => {
    characters += JSON.stringify(data).length
    return index > 0 && characters > packedCharacters
  })
  return beyond < 0 ? Math.min(events.length, packedEvents) : beyond
}

/** Events that are appended at once, by the items that they are kept in. */
export const packItems = (events: readonly StudioEvent[]): Pack[] => {
  const packs: Pack[] = []
  for (let from = 0; from < events.length; ) {
    const pack = events.slice(from, from + firstPack(events.slice(from)))
    packs.push(pack as Pack)
    from += pack.length
  }
  return packs
}
