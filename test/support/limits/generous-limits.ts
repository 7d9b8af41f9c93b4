import { runsAtOnceName } from '../../../shared/rules/limit-settings.ts'
import { defaultLimits, type LimitName } from '../../../shared/rules/limits.ts'

/**
 * Every limit of the product, counted as usual and met by nobody: a suite does in seconds, from one
 * address, what no user does in a day.
 */
export const generousLimits = [
  ...Object.entries(defaultLimits.rates as Record<LimitName, object>).flatMap(([name, scopes]) =>
    Object.keys(scopes).map((scope) => `${name}.${scope}=1000000/1000`),
  ),
  ...Object.keys(defaultLimits.runsAtOnce).map((scope) => `${runsAtOnceName}.${scope}=1000`),
].join(',')
