/** A command was called in a way that it does not know: exit code 2. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage'
}

/** What an operator can mend, in words: exit code 1. */
export class Failure extends Error {
  override readonly name = 'Failure'
}
