import type { RawAnswer } from './raw-server.ts'

/** What the scripted model answers to one call, the ways in which it can go wrong included. */
export type Answer = StreamedAnswer | StatusAnswer | RawBytes | Silence

/** Nothing at all: the request is taken and no byte comes back. */
export interface Silence {
  kind: 'silence'
}

/** Bytes as they are, for every dialect that the usual answers do not speak. */
export interface RawBytes {
  kind: 'raw'
  answer: RawAnswer
}

/** An answer in one piece with an HTTP status, as errors are. */
export interface StatusAnswer {
  kind: 'status'
  status: number
  headers: Record<string, string>
  body: unknown
}

export interface Citation {
  url: string
  title: string
  /** The words that the citation follows; the end of the text when they do not occur. */
  after: string
  /** What the server counts places in; UTF-16 units when not given. */
  countedIn?: 'code points' | 'bytes'
}

/** How a stream ends: as it should, or in one of the ways in which streams end badly. */
export type Ending =
  | 'completed'
  /** Cut at its length limit. */
  | 'incomplete'
  /** Stopped by the vendor's content filter. */
  | 'content-filter'
  /** `response.completed` whose status says otherwise. */
  | 'mislabelled'
  /** `response.failed`. */
  | 'failed'
  /** An `error` event. */
  | 'error'
  /** An event that is no JSON. */
  | 'garbled'
  /** The connection is torn down. */
  | 'cut'
  /** The connection ends properly, without a last event. */
  | 'closed'
  /** No further byte, and the connection stays open. */
  | 'stall'

export interface StreamedAnswer {
  kind: 'stream'
  /** The text's deltas, exactly as they are sent. */
  chunks: string[]
  refusal?: string
  /** A message in which the model thinks aloud, before it answers. */
  aside?: string
  /** Pages that the web search consulted. */
  sources?: string[]
  citations?: Citation[]
  /** Milliseconds before the first delta, between deltas, and from the last event to the end. */
  pace?: { first?: number; between?: number; end?: number }
  /** Called with the number of each delta, from 0, before it is sent, and awaited. */
  onDelta?: (number: number) => void | Promise<void>
  ending?: Ending
  /** The ending comes after this many chunks; after all of them when left out. */
  endAfter?: number
  /** The vendor's code in `failed` and `error`. */
  code?: string
  /** Compatible servers leave things out: usage and output of the last event, or the items before. */
  leavesOut?: 'summary' | 'items'
  usage?: { input_tokens: number; output_tokens: number }
  /** Of creatives: each part gets all of it, as of a server that does not keep to the schema. */
  uncut?: boolean
}

type Options = Partial<Omit<StreamedAnswer, 'kind' | 'chunks'>> & { chunkCharacters?: number }

/** Pieces of `size` characters; every piece holds whole characters. */
export const inChunks = (text: string, size: number): string[] => {
  const characters = [...text]
  const count = Math.ceil(characters.length / size)
  return Array.from({ length: count }, (_, index) =>
    characters.slice(index * size, (index + 1) * size).join(''),
  )
}

const streamed = (text: string, options: Options = {}): StreamedAnswer => {
  const { chunkCharacters = 20, ...rest } = options
  return { kind: 'stream', chunks: inChunks(text, chunkCharacters), ...rest }
}

const status = (
  code: number,
  error: object = { message: 'The model is unwell.', type: 'server_error', code: null },
  headers: Record<string, string> = {},
): StatusAnswer => ({ kind: 'status', status: code, headers, body: { error } })

/** The answers that tests script, named for what happens. */
export const answers = {
  json: (value: unknown, options?: Options): StreamedAnswer =>
    streamed(JSON.stringify(value), options),
  text: streamed,
  /** A web search: cited prose and the pages that were consulted. */
  search: (
    text: string,
    found: { citations: Citation[]; sources: string[] },
    options?: Options,
  ): StreamedAnswer => streamed(text, { ...found, ...options }),
  refusal: (options?: Options): StreamedAnswer =>
    streamed('', { refusal: 'I cannot help with that.', ...options }),
  status,
  rateLimited: (retryAfter?: string): StatusAnswer =>
    status(
      429,
      { message: 'Slow down.', type: 'requests', code: 'rate_limit_exceeded' },
      retryAfter === undefined ? {} : { 'retry-after': retryAfter },
    ),
  raw: (answer: RawAnswer): RawBytes => ({ kind: 'raw', answer }),
  silence: (): Silence => ({ kind: 'silence' }),
} as const
