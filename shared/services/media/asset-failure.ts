import type { AssetFailure } from '../../contracts/assets.ts'
import type { StudioError } from '../../contracts/errors.ts'
import type { Locale } from '../../contracts/session.ts'
import { setting } from '../../platform/environment.ts'
import { environmentNames } from '../../platform/environment-names.ts'
import { ownerDetail } from '../../platform/problem.ts'
import { errorMessage } from '../../platform/wording/failures.ts'
import { boundedText, eventDetailLimit } from '../../rules/bounded-text.ts'

/** What the owner of the deployment reads: a vendor's own reason, or ours; in production only of settings. */
const detailOf = (failure: StudioError): string | undefined => {
  const isOurs = failure.code === 'INTERNAL_ERROR' || setting(environmentNames.stage) === 'prod'
  return ownerDetail(failure) ?? (isOurs ? undefined : failure.message)
}

/**
 * Why an asset was not made, as it is stored and told.
 * @param known what its failure tells beyond its code
 */
export const assetFailure = (
  failure: StudioError,
  locale: Locale,
  known: { detail?: string | undefined; source?: string | undefined } = {},
): AssetFailure => {
  const { code, retryable, cap, wording } = failure
  const detail = 'detail' in known ? known.detail : detailOf(failure)
  return {
    code,
    message: wording?.[locale] ?? errorMessage({ code, retryable, cap }, locale),
    retryable,
    ...(detail !== undefined && { detail: boundedText(detail, eventDetailLimit) }),
    ...(known.source !== undefined && { source: known.source }),
  }
}
