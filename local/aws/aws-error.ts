/** An answer of an AWS service that is an error; `code` is the name that the SDK gives it. */
export class AwsError extends Error {
  override readonly name = 'AwsError'
  readonly code: string
  /** HTTP status, 400 where the service does not say otherwise. */
  readonly status: number

  constructor(code: string, message: string, status = 400) {
    super(message)
    this.code = code
    this.status = status
  }
}
