export type LetteringProblem =
  /** The fonts have no sign for a character. */
  | 'missing_glyph'
  /** Even at the smallest size allowed. */
  | 'does_not_fit'

/** A text that cannot be set as it is; it is never cut, and nothing of it is left out or replaced. */
export class LetteringError extends Error {
  readonly problem: LetteringProblem

  constructor(problem: LetteringProblem, message: string) {
    super(message)
    this.name = 'LetteringError'
    this.problem = problem
  }
}
