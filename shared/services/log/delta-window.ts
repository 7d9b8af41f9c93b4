/** Milliseconds over which text behind the first delta is gathered. */
export const windowMs = 50
/** Characters that end a window early. */
export const windowCharacters = 1024

export interface DeltaWindow {
  push(text: string): void
  /** Sends the rest, and resolves when everything was sent. @throws what `send` threw */
  end(): Promise<void>
  /**
   * Ends it as well, and resolves with the text that is still to be sent, once all before it was: for a caller
   * that has something else to send with it. @throws what `send` threw
   */
  rest(): Promise<string>
}

/**
 * Gathers a model's small text deltas: the first goes out at once, the rest in windows. `send` is
 * called one at a time, in order; what arrives meanwhile joins the next one.
 */
export const createDeltaWindow = (send: (text: string) => Promise<unknown>): DeltaWindow => {
  let gathered = ''
  let timer: NodeJS.Timeout | undefined
  let sending: Promise<unknown> = Promise.resolve()
  let isEnding = false

  const take = (): string => {
    const text = gathered
    gathered = ''
    return text
  }
  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    sending = sending.then(() => {
      if (isEnding) return undefined
      const text = take()
      return text === '' ? undefined : send(text)
    })
    // `end` throws the failure; until then it must not go unhandled.
    sending.catch(() => {})
  }
  let first = true
  return {
    push(text) {
      gathered += text
      if (first || gathered.length >= windowCharacters) {
        first = false
        flush()
        timer = setTimeout(flush, windowMs)
      } else timer ??= setTimeout(flush, windowMs)
    },
    async end() {
      flush()
      await sending
    },
    async rest() {
      clearTimeout(timer)
      isEnding = true
      await sending
      return take()
    },
  }
}
