import type {
  ResponseCreateParamsStreaming,
  ResponseStreamEvent,
} from 'openai/resources/responses/responses'

export type ModelRequest = Omit<ResponseCreateParamsStreaming, 'stream'>
export type ModelEvent = ResponseStreamEvent

/** The text model: one streamed answer of the Responses API per call, without retries. */
export interface ModelClient {
  /**
   * Resolves when the answer begins. The signal aborts the request and the stream at any time, with
   * the signal's reason.
   * @throws StudioError RATE_LIMITED, CAPABILITY_NOT_CONFIGURED or UPSTREAM_ERROR, also while the
   * stream is read.
   */
  stream(request: ModelRequest, signal: AbortSignal): Promise<AsyncIterable<ModelEvent>>
}
