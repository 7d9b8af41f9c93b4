import { Duration } from 'aws-cdk-lib'
import {
  GaugeWidget,
  type HorizontalAnnotation,
  type IMetric,
  Shading,
  SingleValueWidget,
} from 'aws-cdk-lib/aws-cloudwatch'
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions'
import { endDays } from '../shared/rules/checkup/findings.ts'
import { alarmPercent } from './alarm-limits.ts'
import { endedWell, share } from './dashboard-metrics.ts'
import type { ProductMetrics } from './product-metrics.ts'

/** Legible as text on white, and told apart by the colour-blind. */
const colours = { good: '#15803d', fair: '#b45309', poor: '#b91c1c' }

interface Limits {
  /** Green from here on. */
  good: number
  /** Red from here on; amber lies between. Above `good` where less is better. */
  poor: number
}

/** What colours a number; red begins where the alarm of the same metric goes off. */
const limits = {
  turns: { good: 95, poor: 100 - alarmPercent.turns },
  stages: { good: 95, poor: 100 - alarmPercent.stages },
  runs: { good: 95, poor: 100 - alarmPercent.runs },
  assets: { good: 90, poor: 100 - alarmPercent.assets },
  interruptions: { good: 10, poor: alarmPercent.interruptions },
  // Whole days: those of `endDays` are still warned of, and alarmed at.
  modelDays: { good: endDays.warning + 1, poor: endDays.failure + 1 },
} as const satisfies Record<string, Limits>

/** The bands of a gauge. A later one covers those before it. */
const bandsOf = ({ good, poor }: Limits): HorizontalAnnotation[] => {
  const fill = good > poor ? Shading.ABOVE : Shading.BELOW
  const rest = good > poor ? Shading.BELOW : Shading.ABOVE
  return [
    { value: poor, color: colours.poor, label: 'red', fill: rest },
    { value: poor, color: colours.fair, label: 'amber', fill },
    { value: good, color: colours.good, label: 'green', fill },
  ]
}

interface Verdict {
  title: string
  metric: IMetric
  limits: Limits
}

const gauge = ({ title, metric, limits }: Verdict): GaugeWidget =>
  new GaugeWidget({
    title,
    metrics: [metric],
    annotations: bandsOf(limits),
    leftYAxis: { min: 0, max: 100 },
    width: 4,
    height: 4,
    setPeriodToTimeRange: true,
  })

/** How each journey ended and what it cost, one number each over the dashboard's range. */
export const journeyVerdicts = (product: ProductMetrics, machine: StateMachine) => {
  const succeeded = { succeeded: machine.metricSucceeded() }
  const ended = {
    ...succeeded,
    failed: machine.metricFailed(),
    timedOut: machine.metricTimedOut(),
  }
  const interrupted = { interrupted: product.of('StreamInterrupted') }
  const verdicts: Verdict[] = [
    {
      title: 'Turns answered',
      metric: endedWell(product, 'TurnEnd', { good: ['answered'], bad: ['failed'] }),
      limits: limits.turns,
    },
    {
      title: 'Stages committed',
      metric: endedWell(product, 'StageEnd', { good: ['committed'], bad: ['failed', 'timeout'] }),
      limits: limits.stages,
    },
    { title: 'Runs done', metric: share('%', succeeded, ended), limits: limits.runs },
    {
      title: 'Assets completed',
      metric: endedWell(product, 'AssetEnd', { good: ['completed'], bad: ['failed'] }),
      limits: limits.assets,
    },
    {
      title: 'Readers interrupted',
      metric: share('%', interrupted, { opened: product.of('StreamOpened') }),
      limits: limits.interruptions,
    },
  ]
  const spent = new SingleValueWidget({
    title: 'Spent',
    metrics: [product.of('SpendUsd', {}, { label: 'USD' })],
    width: 4,
    height: 4,
    setPeriodToTimeRange: true,
  })
  return [...verdicts.map(gauge), spent]
}

/** Of the last checkup, which is daily: a range of some hours may hold none. */
export const modelDays = (product: ProductMetrics): GaugeWidget =>
  new GaugeWidget({
    title: 'Until a model is shut down',
    metrics: [
      product.of(
        'ModelDaysLeft',
        {},
        { label: 'days', statistic: 'Minimum', period: Duration.days(1) },
      ),
    ],
    annotations: bandsOf(limits.modelDays),
    leftYAxis: { min: 0, max: 365 },
    start: '-P2D',
    width: 6,
    height: 6,
  })
