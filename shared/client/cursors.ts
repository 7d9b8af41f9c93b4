/** Where the `seq` of the last event that was delivered is kept, so that a later start goes on there. */
export interface Cursors {
  /** 0 when nothing is kept. */
  read(sessionId: string): number | Promise<number>
  keep(sessionId: string, seq: number): void | Promise<void>
  forget(sessionId: string): void | Promise<void>
}

export const memoryCursors = (): Cursors => {
  const seqs = new Map<string, number>()
  return {
    read: (id) => seqs.get(id) ?? 0,
    keep: (id, seq) => void seqs.set(id, seq),
    forget: (id) => void seqs.delete(id),
  }
}

/** As far as a browser's storage, or React Native's, is needed. */
export interface TextStorage {
  getItem(key: string): string | null | Promise<string | null>
  setItem(key: string, value: string): unknown
  removeItem(key: string): unknown
}

/** A whole seq, whatever another hand has written there. */
export const seqIn = (text: string | null | undefined): number =>
  /^\d{1,9}$/.test(text ?? '') ? Number(text) : 0

/**
 * Cursors in `localStorage`, or in anything like it. A storage that is full or forbidden keeps nothing: the
 * next start then reads the log from its beginning.
 */
export const storedCursors = (storage: TextStorage, prefix = 'launch-studio.seq.'): Cursors => ({
  async read(id) {
    try {
      return seqIn(await storage.getItem(prefix + id))
    } catch {
      return 0
    }
  },
  async keep(id, seq) {
    try {
      await storage.setItem(prefix + id, String(seq))
    } catch {
      // See above.
    }
  },
  async forget(id) {
    try {
      await storage.removeItem(prefix + id)
    } catch {
      // See above.
    }
  },
})
