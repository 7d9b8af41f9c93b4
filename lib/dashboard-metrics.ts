import { Duration } from 'aws-cdk-lib'
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { type MetricName, metricNamespace } from '../shared/rules/metrics.ts'

/** One point of every graph; CloudWatch takes longer ones for a longer range. */
const graphPeriod = Duration.minutes(5)

export interface Statistic {
  label?: string
  /** `Sum` when not given. */
  statistic?: string
  period?: Duration
}

/** Metrics of the product, of one deployment. */
export class ProductMetrics {
  private readonly deployment: string

  constructor(deployment: string) {
    this.deployment = deployment
  }

  of(
    metricName: MetricName,
    dimensions: Record<string, string> = {},
    { label, statistic = 'Sum', period = graphPeriod }: Statistic = {},
  ): Metric {
    return new Metric({
      namespace: metricNamespace,
      metricName,
      dimensionsMap: { deployment: this.deployment, ...dimensions },
      statistic,
      period,
      ...(label !== undefined && { label }),
    })
  }

  /** One line for each value of a dimension. */
  by(
    metricName: MetricName,
    dimension: string,
    values: readonly string[],
    statistic: Statistic = {},
  ): Metric[] {
    return values.map((value) =>
      this.of(metricName, { [dimension]: value }, { label: value, ...statistic }),
    )
  }

  /** Percent of what ended that ended well; no value where nothing ended. */
  rate(
    label: string,
    name: MetricName,
    { good, bad }: { good: readonly string[]; bad: readonly string[] },
  ): MathExpression {
    const named = (prefix: string, outcomes: readonly string[]): [string, Metric][] =>
      outcomes.map((outcome, index) => [`${prefix}${index}`, this.of(name, { outcome })])
    const [well, badly] = [named('good', good), named('bad', bad)]
    return share(label, Object.fromEntries(well), Object.fromEntries([...well, ...badly]))
  }
}

const sumOf = (ids: readonly string[]): string => ids.map((id) => `FILL(${id}, 0)`).join(' + ')

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
