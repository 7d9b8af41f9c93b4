import { type Alarm, statsById } from '../../test/support/metric-math/alarms.ts'

/** Alarms that every function has share an entry, by the metric that they count. */
const families: Readonly<Record<string, string>> = {
  Errors: 'FunctionErrors',
  Throttles: 'FunctionThrottles',
}

/**
 * The entry of an alarm in the runbook.
 * @param name its logical id without the CDK's hash
 */
export const runbookKeyOf = (name: string, alarm: Alarm): string => {
  const [family] = [...statsById(alarm).values()].flatMap(
    ({ namespace, name: metric, dimensions }) =>
      namespace === 'AWS/Lambda' && dimensions.FunctionName ? (families[metric] ?? []) : [],
  )
  return family ?? name
}
