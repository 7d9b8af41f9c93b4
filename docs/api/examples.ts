import { readFileSync } from 'node:fs'
import * as z from 'zod'

const texts = z.record(z.string(), z.string())

/** One request as it was sent, and its answer as it came. */
export const RecordedExchange = z.strictObject({
  title: z.string(),
  params: texts,
  query: texts,
  /** Headers of the request that matter to the example: neither token nor content type. */
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

/** The exchanges that `npm run docs:record` recorded from the running product. */
export const ExampleBook = z.strictObject({
  /** By operation id, the most instructive first. */
  routes: z.record(z.string(), z.array(RecordedExchange)),
  /** By error code. */
  problems: z.record(z.string(), z.looseObject({ status: z.number() })),
  /** By event type. */
  events: z.record(z.string(), z.looseObject({ type: z.string() })),
  /** Frames of the socket: those a client sends by `action`, those it receives by `type`. */
  sent: z.record(z.string(), z.looseObject({ action: z.string() })),
  received: z.record(z.string(), z.looseObject({ type: z.string() })),
})
export type ExampleBook = z.infer<typeof ExampleBook>

export const examplesFile = new URL('./examples.json', import.meta.url)

export const readExamples = (): ExampleBook =>
  ExampleBook.parse(JSON.parse(readFileSync(examplesFile, 'utf8')))
