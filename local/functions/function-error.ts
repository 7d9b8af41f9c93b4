import type { ErrorReport } from './messages.ts'

/** An invocation that failed, with the names that Lambda gives to failures. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError'
  /** The name of the handler's own error, or `Sandbox.Timedout`, `Runtime.ExitError` … */
  readonly errorType: string
  readonly trace: readonly string[]

  constructor({ errorType, errorMessage, trace }: ErrorReport) {
    super(errorMessage)
    this.errorType = errorType
    this.trace = trace
  }
}
