/** Why a page was not read, or a webhook not reached. The first group are refusals of ours, the second what went wrong. */
export type RequestFailureReason =
  | 'bad-address'
  | 'not-https'
  | 'port'
  | 'credentials'
  | 'private-address'
  | 'robots'
  | 'robots-unreachable'
  | 'too-many-redirects'
  | 'limit'
  | 'too-large'
  | 'pdf'
  | 'image'
  | 'audio'
  | 'video'
  | 'archive'
  | 'not-text'
  | 'unknown-host'
  | 'unreachable'
  | 'bad-certificate'
  | 'bad-response'
  | 'bad-encoding'
  | 'broken-connection'
  | 'too-slow'
  | 'too-complex'
  | 'no-text'
  | 'unexpected'
  | `http-${number}`

export class RequestFailure extends Error {
  override readonly name = 'RequestFailure'
  readonly status: 'refused' | 'failed'
  readonly reason: RequestFailureReason

  constructor(status: 'refused' | 'failed', reason: RequestFailureReason, cause?: unknown) {
    super(`No answer was taken: ${reason}.`, { cause })
    this.status = status
    this.reason = reason
  }
}

export const refused = (reason: RequestFailureReason): RequestFailure =>
  new RequestFailure('refused', reason)
export const failed = (reason: RequestFailureReason, cause?: unknown): RequestFailure =>
  new RequestFailure('failed', reason, cause)
