/** The alarms of a synthesized template, and what they say of data. */
import * as z from 'zod'
import { intrinsicText } from '../documents/intrinsic-text.ts'
import { evaluate, type Value } from './evaluate.ts'

const dimensions = z
  .array(z.object({ Name: z.string(), Value: intrinsicText }))
  .default([])
  .transform((list) => Object.fromEntries(list.map(({ Name, Value }) => [Name, Value])))

const metricSchema = z.object({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: dimensions,
})

export const alarmSchema = z.object({
  AlarmDescription: z.string().min(60),
  ComparisonOperator: z.literal('GreaterThanOrEqualToThreshold'),
  TreatMissingData: z.literal('notBreaching'),
  EvaluationPeriods: z.number(),
  Threshold: z.number(),
  Metrics: z
    .array(
      z.object({
        Id: z.string().regex(/^[a-z]\w*$/),
        Expression: z.string().optional(),
        MetricStat: z
          .object({ Metric: metricSchema, Period: z.number(), Stat: z.string() })
          .optional(),
        ReturnData: z.boolean().default(true),
      }),
    )
    .optional(),
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: dimensions,
  Statistic: z.string().optional(),
  Period: z.number().optional(),
})
export type Alarm = z.infer<typeof alarmSchema>

/** One statistic of one metric; a dimension that refers to a resource has `<LogicalId>` or `<LogicalId.Attribute>`. */
export interface Stat {
  namespace: string
  name: string
  stat: string
  dimensions: Record<string, string>
}

/** The name of an alarm without the hash that the CDK puts behind it. */
export const plainName = (logicalId: string): string => logicalId.replace(/[0-9A-F]{8}$/, '')

/** What of a template is read. */
export interface Resources {
  Resources: Readonly<Record<string, { Type: string; Properties?: unknown }>>
}

/** The alarms of a template by logical id. */
export const alarmsOf = ({ Resources }: Resources): Map<string, Alarm> =>
  new Map(
    Object.entries(Resources).flatMap(([id, { Type, Properties }]) =>
      Type === 'AWS::CloudWatch::Alarm' ? [[id, alarmSchema.parse(Properties)] as const] : [],
    ),
  )

const statOf = ({
  Metric,
  Stat,
}: NonNullable<NonNullable<Alarm['Metrics']>[number]['MetricStat']>): Stat => ({
  namespace: Metric.Namespace,
  name: Metric.MetricName,
  stat: Stat,
  dimensions: Metric.Dimensions,
})

/** Every statistic that an alarm looks at, by its id in the expression; one without an expression has `value`. */
export const statsById = (alarm: Alarm): Map<string, Stat> =>
  new Map(
    alarm.Metrics?.flatMap(({ Id, MetricStat }) =>
      MetricStat ? [[Id, statOf(MetricStat)] as const] : [],
    ) ?? [
      [
        'value',
        {
          namespace: alarm.Namespace ?? '',
          name: alarm.MetricName ?? '',
          stat: alarm.Statistic ?? '',
          dimensions: alarm.Dimensions,
        },
      ],
    ],
  )

/** What an alarm compares with its threshold: metric math, or `value` for a single metric. */
export const expressionOf = (alarm: Alarm): string => {
  const [returned, ...others] = alarm.Metrics?.filter(({ ReturnData }) => ReturnData) ?? []
  if (others.length > 0) throw new Error('An alarm returns one series.')
  return returned?.Expression ?? 'value'
}

/**
 * What an alarm compares with its threshold, of one period's data.
 * @param known the value of the statistic with this id, see `statsById`
 */
export const alarmValue = (alarm: Alarm, known: (id: string) => Value): Value =>
  evaluate(expressionOf(alarm), known)

/** Whether a period's value counts towards the alarm: `TreatMissingData` is `notBreaching`. */
export const breaches = (alarm: Alarm, value: Value): boolean =>
  value !== undefined && value >= alarm.Threshold
