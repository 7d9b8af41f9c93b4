import { StudioError } from '../../contracts/errors.ts'
import type { CapName } from '../../contracts/spend.ts'
import { isoTime } from '../../platform/clock.ts'
import { spendCaps } from '../../platform/spend-settings.ts'
import { measure } from '../../platform/telemetry.ts'
import { dollarsOf, nextDay, waitForRoom } from '../../rules/spend-caps.ts'

const whose: Record<CapName, string> = {
  run: 'one run',
  principal_day: 'one principal and day',
  deployment_day: 'the whole deployment and day',
}

/** The refusal of an amount, in micro-dollars, for which a cap has no room; it is counted. */
export const exceeded = (cap: CapName, micros: number, now: number): StudioError => {
  measure('BudgetExceeded', 1, { cap })
  const limit = dollarsOf(spendCaps()[cap])
  const when = cap === 'run' ? '' : ` The day ends at ${isoTime(nextDay(now))}.`
  return new StudioError(
    'BUDGET_EXCEEDED',
    `The spend cap of ${whose[cap]}, ${limit} USD, has no room for a call of up to ${dollarsOf(micros)} USD.${when}`,
    { cap, ...waitForRoom(cap, now) },
  )
}
