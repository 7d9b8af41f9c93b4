import { throwIfAborted } from './clock.ts'
import { deferred } from './deferred.ts'

/** Reads Server-Sent Events, in pieces that may break anywhere; answers with the data of each. */
export const createEventParser = (onData: (data: string) => void) => {
  let rest = ''
  let data: string[] = []
  const line = (text: string): void => {
    if (text === '') {
      if (data.length > 0) onData(data.join('\n'))
      data = []
    } else if (text === 'data' || text.startsWith('data:')) {
      data.push(text.slice(5).replace(/^ /, ''))
    }
  }
  return (piece: string): void => {
    rest += piece
    // A CR at the end may be half of a line end.
    const lines = rest.split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const text of lines) line(text)
  }
}

/**
 * Reads an event stream to its end.
 * @param onPiece told of every piece, a comment too: the connection is alive
 * @throws when the connection breaks, or the signal's reason
 */
export const readEvents = async (
  response: Response,
  {
    signal,
    onPiece,
    onData,
  }: {
    signal?: AbortSignal | undefined
    onPiece?: () => void
    onData: (data: string) => void
  },
): Promise<void> => {
  const reader = response.body?.getReader()
  if (!reader) return
  const parse = createEventParser(onData)
  const decoder = new TextDecoder()
  const { promise: aborted, reject } = deferred<never>()
  aborted.catch(() => {})
  const abort = (): void => reject(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  try {
    throwIfAborted(signal)
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), aborted])
      if (done) return
      onPiece?.()
      parse(decoder.decode(value, { stream: true }))
    }
  } finally {
    signal?.removeEventListener('abort', abort)
    reader.cancel().catch(() => {})
  }
}
