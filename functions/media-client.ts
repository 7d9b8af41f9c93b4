/** Large, and loaded when there is something to store, to read or to erase. */
export const media = async () => (await import('../shared/clients/media-store.ts')).mediaStore()
