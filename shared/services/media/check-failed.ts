import type { AssetCheck } from '../../contracts/assets.ts'
import { StudioError, type StudioErrorOptions } from '../../contracts/errors.ts'
import type { ErrorCode } from '../../contracts/problems.ts'

/**
 * A look at the finished file that it did not pass: the asset fails at `checking`, with the check as its detail. A
 * mistake of ours unless `code` says whose it is.
 */
export class CheckFailed extends StudioError {
  readonly check: AssetCheck

  constructor(
    check: AssetCheck,
    {
      code = 'INTERNAL_ERROR',
      ...options
    }: { code?: ErrorCode } & Pick<StudioErrorOptions, 'retryable' | 'wording'> = {},
  ) {
    super(code, `The finished file failed ${check.check}: ${check.detail ?? 'no detail'}.`, options)
    this.name = 'CheckFailed'
    this.check = check
  }
}
