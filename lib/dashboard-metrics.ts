import { Duration } from 'aws-cdk-lib'
import { type IMetric, MathExpression, type Metric } from 'aws-cdk-lib/aws-cloudwatch'
import type { MetricName } from '../shared/rules/metrics.ts'
import { sumOf } from './observability.ts'
import type { ProductMetrics } from './product-metrics.ts'

/** One point of every graph; CloudWatch takes longer ones for a longer range. */
export const graphPeriod = Duration.minutes(5)

/** Percent of all that `part` is; CloudWatch draws nothing where that divides by zero. */
export const share = (
  label: string,
  part: Record<string, IMetric>,
  all: Record<string, IMetric>,
): MathExpression =>
  new MathExpression({
    expression: `100 * (${sumOf(Object.keys(part))}) / (${sumOf(Object.keys(all))})`,
    usingMetrics: { ...part, ...all },
    period: graphPeriod,
    label,
  })

/** Percent of what ended that ended well; no value where nothing ended. */
export const endedWell = (
  product: ProductMetrics,
  name: MetricName,
  { good, bad }: { good: readonly string[]; bad: readonly string[] },
): MathExpression => {
  const named = (prefix: string, outcomes: readonly string[]): [string, Metric][] =>
    outcomes.map((outcome, index) => [`${prefix}${index}`, product.of(name, { outcome })])
  const [well, badly] = [named('good', good), named('bad', bad)]
  return share('%', Object.fromEntries(well), Object.fromEntries([...well, ...badly]))
}

/** All of them together; one without data counts as 0. */
export const together = (label: string, metrics: readonly IMetric[]): MathExpression => {
  const named = metrics.map((metric, index): [string, IMetric] => [`${label}${index}`, metric])
  return new MathExpression({
    expression: sumOf(named.map(([id]) => id)),
    usingMetrics: Object.fromEntries(named),
    period: graphPeriod,
    label,
  })
}
