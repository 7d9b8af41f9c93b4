import { linkedTo, throwIfAborted } from './abort.ts'
import type { Clock } from './clock.ts'
import { silenceMs, silent } from './silence.ts'

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
 * @param firstMs milliseconds that the first piece may take, and what is thrown then
 * @throws when the connection breaks or falls silent, or the signal's reason
 */
export async function* readEvents(
  clock: Clock,
  response: Response,
  caller: AbortSignal | undefined,
  firstMs = silenceMs,
  noFirst = silent,
): AsyncGenerator<string[], void, void> {
  const reader = response.body?.getReader()
  if (!reader) return
  const { signal, abort, letGo } = linkedTo(caller)
  const parse = createEventParser()
  const decoder = new TextDecoder()
  const leave = (): void => void reader.cancel().catch(() => {})
  signal.addEventListener('abort', leave)
  let [milliseconds, why] = [firstMs, noFirst]
  try {
    for (;;) {
      throwIfAborted(signal)
      // Only while it is waited for: nothing is missed while the caller is busy with what came.
      const cancel = clock.after(milliseconds, () => abort(why()))
      const { done, value } = await reader.read().finally(cancel)
      throwIfAborted(signal)
      if (done) return
      yield parse(decoder.decode(value, { stream: true }))
      ;[milliseconds, why] = [silenceMs, silent]
    }
  } finally {
    letGo()
    leave()
  }
}
