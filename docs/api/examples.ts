import { readFileSync } from 'node:fs'
import * as z from 'zod'

const texts = z.record(z.string(), z.string())

/** One request as it was sent, and the answer to it as it came. */
export const RecordedExchange = z.strictObject({
  title: z.string(),
  params: texts,
  query: texts,
  /** Headers of the request that are the example's own: no token, no content type. */
  headers: texts,
  body: z.unknown().optional(),
  /** Fields of a multipart body; of a file, its content type. */
  form: texts.optional(),
  status: z.number(),
  /** Headers of the answer that callers act on: `etag`, `location`, `retry-after`. */
  answerHeaders: texts,
  /** The body; the text of an event stream; absent when there is none. */
  answer: z.unknown().optional(),
})
export type RecordedExchange = z.infer<typeof RecordedExchange>

/** What `npm run docs:record` wrote down while the product ran. */
export const ExampleBook = z.strictObject({
  /** By operation id, the best first. */
  routes: z.record(z.string(), z.array(RecordedExchange)),
  /** By error code. */
  problems: z.record(z.string(), z.looseObject({ status: z.number() })),
  /** By event type. */
  events: z.record(z.string(), z.looseObject({ type: z.string() })),
  /** Frames of the socket: what a client sends by `action`, what it gets by `type`. */
  sent: z.record(z.string(), z.looseObject({ action: z.string() })),
  received: z.record(z.string(), z.looseObject({ type: z.string() })),
})
export type ExampleBook = z.infer<typeof ExampleBook>

export const examplesFile = new URL('./examples.json', import.meta.url)

export const readExamples = (): ExampleBook =>
  ExampleBook.parse(JSON.parse(readFileSync(examplesFile, 'utf8')))
