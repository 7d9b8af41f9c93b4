import { throwIfAborted } from './abort.ts'

/** Reads Server-Sent Events in pieces that may break anywhere: answers with the data of those that are whole. */
export const createEventParser = () => {
  let rest = ''
  let data: string[] = []
  return (piece: string): string[] => {
    // A CR at the end may be half of a line end.
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    const whole: string[] = []
    for (const line of lines) {
      if (/^data(?::|$)/.test(line)) data.push(line.slice(5).replace(/^ /, ''))
      else if (line === '' && data.length > 0) {
        whole.push(data.join('\n'))
        data = []
      }
    }
    return whole
  }
}

/**
 * Reads an event stream to its end: for each piece that came, the data of the events that became whole,
 * which may be none: a comment says that the connection is alive.
 * @throws when the connection breaks, or the signal's reason
 */
export async function* readEvents(
  response: Response,
  signal: AbortSignal,
): AsyncGenerator<string[], void, void> {
  const reader = response.body?.getReader()
  if (!reader) return
  const parse = createEventParser()
  const decoder = new TextDecoder()
  const leave = (): void => void reader.cancel().catch(() => {})
  signal.addEventListener('abort', leave)
  try {
    for (;;) {
      throwIfAborted(signal)
      const { done, value } = await reader.read()
      throwIfAborted(signal)
      if (done) return
      yield parse(decoder.decode(value, { stream: true }))
    }
  } finally {
    signal.removeEventListener('abort', leave)
    leave()
  }
}
