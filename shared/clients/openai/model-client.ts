import type { Usage } from '../../contracts/provenance.ts'

/** A picture that the model is shown, after the text of its message. */
export interface ModelImage {
  contentType: 'image/jpeg' | 'image/png'
  bytes: Uint8Array
}

export interface ModelMessage {
  role: 'user' | 'assistant'
  content: string
  /** Of a user's message. */
  images?: readonly ModelImage[]
}

/** One call of the text model, in the product's own terms; each dialect has a translation of its own. */
export interface ModelRequest {
  model: string
  instructions: string
  /** Oldest first. */
  messages: ModelMessage[]
  /** The schema that the answer must satisfy; without it the answer is prose. */
  format?: { name: string; schema: Record<string, unknown> }
  /** Calls with other formats begin with the same bytes: a schema in the prompt comes behind them all. */
  sharesPrefix?: boolean
  effort?: 'low' | 'medium'
  /** Asks for the server's own web search, from this place. */
  webSearch?: { country: string; timezone: string }
  /** Searches that it is asked to make at most. */
  maxSearches?: number
  maxOutputTokens?: number
}

export type ModelEvent =
  /** The next piece of the answer; all pieces add up to the answer, exactly once. */
  | { type: 'text'; text: string }
  /** Commentary or reasoning: never part of the answer. */
  | { type: 'aside'; text: string }
  /** A hosted search call that really happened. */
  | { type: 'search'; queries: string[]; sources: { url: string; title: string | null }[] }
  | {
      type: 'citation'
      url: string
      title: string | null
      /** The raw index as the server gave it, within its part and in the server's own unit. */
      end: number | null
      /** The part of the answer that the citation belongs to. */
      part: string
      /** Where that part begins in the whole answer, in UTF-16 code units. */
      partStart: number
    }
  | { type: 'refusal'; reason: string | null }
  /** As soon as it is known, at most once per call; also before a failure. */
  | { type: 'usage'; usage: Usage }
  /** Always last on success; the reason is judged by what was received. */
  | {
      type: 'end'
      id: string | null
      model: string | null
      reason: 'complete' | 'length' | 'filtered'
    }

/** The text model: one streamed answer per call, without retries. */
export interface ModelClient {
  /** Does what the next call would wait for and what needs no request. Never throws: the call tells what is wrong. */
  prepare?(): void
  /**
   * Resolves when the answer begins. The signal aborts the request and the stream at any time, with
   * the signal's reason.
   * @throws StudioError RATE_LIMITED, CAPABILITY_NOT_CONFIGURED or UPSTREAM_ERROR, with `retryable`,
   * `retryAfter` and `vendor`, also while the stream is read; `BlindModel` for a request with images.
   */
  stream(request: ModelRequest, signal: AbortSignal): Promise<AsyncIterable<ModelEvent>>
}
