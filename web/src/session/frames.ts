/** Milliseconds between two batches while the page is not drawn, when no frame comes. */
const hiddenMs = 250

/**
 * Gathers what comes and hands it on once per frame, so that a hundred deltas a second are sixty changes of the
 * page at most.
 */
export const perFrame = <Item>(take: (items: readonly Item[]) => void) => {
  let waiting: Item[] = []
  let cancel: (() => void) | undefined
  const flush = (): void => {
    cancel?.()
    cancel = undefined
    const items = waiting
    waiting = []
    if (items.length > 0) take(items)
  }
  const later = (): (() => void) => {
    if (document.hidden) {
      const timer = setTimeout(flush, hiddenMs)
      return () => clearTimeout(timer)
    }
    const frame = requestAnimationFrame(flush)
    // The page may be hidden before its frame comes.
    const timer = setTimeout(flush, hiddenMs)
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }
  return {
    add(item: Item): void {
      waiting.push(item)
      cancel ??= later()
    },
    /** Drops what waits. */
    clear(): void {
      waiting = []
      cancel?.()
      cancel = undefined
    },
  }
}
