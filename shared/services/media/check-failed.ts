import type { AssetCheck } from '../../contracts/assets.ts'
import { StudioError, type StudioErrorOptions } from '../../contracts/errors.ts'

/** A look at the finished file that it did not pass: the asset fails at `checking`, with the check as its detail. */
export class CheckFailed extends StudioError {
  readonly check: AssetCheck

  constructor(check: AssetCheck, options: Pick<StudioErrorOptions, 'retryable'> = {}) {
    super(
      'INTERNAL_ERROR',
      `The finished file failed ${check.check}: ${check.detail ?? 'no detail'}.`,
      options,
    )
    this.name = 'CheckFailed'
    this.check = check
  }
}
