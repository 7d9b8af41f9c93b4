import { StudioError } from '../contracts/errors.ts'
import type { CapName } from '../contracts/spend.ts'
import { noOwnPrices, type OwnPrices, ownPricesOf } from '../rules/model-prices.ts'
import { type Caps, capOf, defaultCaps } from '../rules/spend-caps.ts'
import { spendSettingProblem } from '../rules/spend-settings.ts'
import { spendSettingNames as names } from './environment-names.ts'

/** The variable that sets each cap. */
export const capSettings = {
  run: names.runCap,
  principal_day: names.principalDayCap,
  deployment_day: names.deploymentDayCap,
} as const satisfies Record<CapName, string>

const checked = (): NodeJS.ProcessEnv => {
  const problem = spendSettingProblem(names, process.env)
  if (problem !== undefined) throw new StudioError('INTERNAL_ERROR', problem)
  return process.env
}

/** What may be spent. @throws StudioError INTERNAL_ERROR that names a setting which is no amount */
export const spendCaps = (): Caps => {
  const environment = checked()
  const cap = (name: CapName): number =>
    capOf(environment[capSettings[name]] ?? '') ?? defaultCaps[name]
  return {
    run: cap('run'),
    principal_day: cap('principal_day'),
    deployment_day: cap('deployment_day'),
  }
}

/** The prices that the owner has named. @throws StudioError INTERNAL_ERROR for a list that cannot be read */
export const ownPrices = (): OwnPrices => {
  const read = ownPricesOf(checked()[names.modelPrices] ?? '')
  return 'wrong' in read ? noOwnPrices : read
}
