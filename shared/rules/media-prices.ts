/** Names the list prices of media, which were checked on this day, wherever a cost is told. */
export const mediaPriceTable = 'media-2026-11-26'
