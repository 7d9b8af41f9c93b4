/** Why a page was not read. The first group are refusals of ours, the second what went wrong. */
export type PageReason =
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

export class PageFailure extends Error {
  override readonly name = 'PageFailure'
  readonly status: 'refused' | 'failed'
  readonly reason: PageReason

  constructor(status: 'refused' | 'failed', reason: PageReason, cause?: unknown) {
    super(`The page was not read: ${reason}.`, { cause })
    this.status = status
    this.reason = reason
  }
}

export const refused = (reason: PageReason): PageFailure => new PageFailure('refused', reason)
export const failed = (reason: PageReason, cause?: unknown): PageFailure =>
  new PageFailure('failed', reason, cause)
