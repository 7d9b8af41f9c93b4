/** The part of an answer that has arrived so far breaks a rule. */
export class RuleBroken extends Error {
  readonly reasons: string[]

  constructor(reasons: string[]) {
    super(reasons.join('; '))
    this.name = 'RuleBroken'
    this.reasons = reasons
  }
}
