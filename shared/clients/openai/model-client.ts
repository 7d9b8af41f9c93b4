import type {
  ResponseCreateParamsStreaming,
  ResponseStreamEvent,
} from 'openai/resources/responses/responses'

export type ModelRequest = Omit<ResponseCreateParamsStreaming, 'stream'>
export type ModelEvent = ResponseStreamEvent

/** The text model: one streamed answer of the Responses API at a time, and no retries of its own. */
export interface ModelClient {
  /**
   * Resolves when the answer begins. The signal ends the request and the stream at any moment, with
   * the signal's reason.
   * @throws StudioError RATE_LIMITED, CAPABILITY_NOT_CONFIGURED or UPSTREAM_ERROR, also while the
   * stream is read.
   */
  stream(request: ModelRequest, signal: AbortSignal): Promise<AsyncIterable<ModelEvent>>
}
