import type { Duration } from 'aws-cdk-lib'
import { Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { type MetricName, metricNamespace } from '../shared/rules/metrics.ts'

export interface Statistic {
  label?: string
  /** `Sum` when not given. */
  statistic?: string
  period?: Duration
}

/** Metrics of the product, of one deployment; `shared/rules/metrics.ts` defines them. */
export class ProductMetrics {
  private readonly deployment: string
  private readonly period: Duration

  /** @param period of every metric that is not given its own */
  constructor(deployment: string, period: Duration) {
    this.deployment = deployment
    this.period = period
  }

  of(
    metricName: MetricName,
    dimensions: Record<string, string> = {},
    { label, statistic = 'Sum', period = this.period }: Statistic = {},
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
}
