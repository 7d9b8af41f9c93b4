import { now } from '../clock.ts'

/** Text as it comes. */
export interface Seen {
  text(): string
  /** Resolves when nothing more comes, however that ends. */
  ended: Promise<void>
}

/** Milliseconds after which a turn or run that has not ended counts as failed. */
const deadlineMs = 60_000

/** How the planner's answer begins its reply. */
const reply = /"response_text":"./

/** The text of LangGraph's custom events, which are Server-Sent Events with JSON texts. */
export const textOfCustomEvents = (stream: string): string =>
  [...stream.matchAll(/^event: custom\r?\ndata: (".*")\r?$/gm)]
    .map(([, data = '""']) => JSON.parse(data) as string)
    .join('')

/** Posts, and reads the answer as it comes. */
export const postedText = (
  url: string,
  body?: unknown,
  textOf: (stream: string) => string = (stream) => stream,
): Seen & { headers: Promise<Headers>; times(): Promise<{ first: number; wall: number }> } => {
  const sentAt = now()
  const decoder = new TextDecoder()
  let stream = ''
  let firstAt: number | undefined
  const response = fetch(url, {
    method: 'POST',
    signal: AbortSignal.timeout(deadlineMs),
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body ?? {}),
  })
  const read = async (): Promise<number> => {
    const { ok, status, body: bytes } = await response
    if (!ok || bytes === null) throw new Error(`${url} answered ${status}.`)
    for await (const piece of bytes) {
      stream += decoder.decode(piece, { stream: true })
      if (firstAt === undefined && reply.test(textOf(stream))) firstAt = now()
    }
    return now()
  }
  const reading = read()
  const headers = response.then((answer) => answer.headers)
  // Few want them, and the reading tells of the failure.
  headers.catch(() => {})
  return {
    text: () => textOf(stream),
    headers,
    ended: reading.then(
      () => {},
      () => {},
    ),
    async times() {
      const endedAt = await reading
      return { first: (firstAt ?? Number.NaN) - sentAt, wall: endedAt - sentAt }
    },
  }
}
