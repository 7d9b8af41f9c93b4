import { Duration } from 'aws-cdk-lib'
import { type IMetric, MathExpression, type Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { Construct } from 'constructs'
import { type StageName, stageNames } from '../shared/contracts/agents.ts'
import type { MetricName } from '../shared/rules/metrics.ts'
import { alarmPercent, alarmStreamStartMs } from './alarm-limits.ts'
import { ratePeriod } from './observability.ts'
import { ProductMetrics } from './product-metrics.ts'
import type { ServiceContext } from './service-function.ts'

export interface ProductAlarmsProps {
  service: ServiceContext
  /** US dollars in an hour at which the spend alarm goes off. */
  spendUsd: number
}

/** Stages of one kind that make a percentile worth a look. */
const latencyFloor = 5

/** Alarms on what the product itself measures; `shared/rules/metrics.ts` defines the metrics. */
export class ProductAlarms extends Construct {
  private readonly service: ServiceContext
  private readonly product: ProductMetrics

  constructor(scope: Construct, id: string, { service, spendUsd }: ProductAlarmsProps) {
    super(scope, id)
    this.service = service
    this.product = new ProductMetrics(service.stage, ratePeriod)
    this.addStages()
    this.addResearch()
    this.addAgents()
    this.addTurns()
    this.addReaders()
    this.addRuns()
    this.addAssets()
    this.addWebhooks()
    this.addSweeps()
    this.addCopy()
    this.addSpend(spendUsd)
  }

  /** Counts by outcome. */
  private ends(metricName: MetricName, ...outcomes: string[]): Metric[] {
    return outcomes.map((outcome) => this.product.of(metricName, { outcome }))
  }

  private addStages(): void {
    const { observability, times } = this.service
    observability.addRateAlarm(this, 'StageFailures', {
      failed: this.ends('StageEnd', 'failed', 'timeout'),
      rest: this.ends('StageEnd', 'committed'),
      percent: alarmPercent.stages,
      floor: 5,
      description:
        'Stages of runs fail. Look at the lines of kind stage with the outcome failed: stage and code tell which agent, error why. The model’s server is the usual reason.',
    })
    const latency = (stage: StageName, statistic: string): Metric =>
      this.product.of('StageLatency', { stage, outcome: 'committed' }, { statistic })
    const metrics: Record<string, IMetric> = {}
    const shares = stageNames.map((stage) => {
      metrics[`p90${stage}`] = latency(stage, 'p90')
      metrics[`n${stage}`] = latency(stage, 'SampleCount')
      const limit = times.stageTask(stage).toMilliseconds()
      return `IF(FILL(n${stage}, 0) >= ${latencyFloor}, 100 * FILL(p90${stage}, 0) / ${limit}, 0)`
    })
    observability.addAlarm(this, 'StageLatency', {
      metric: new MathExpression({
        expression: `MAX([${shares.join(', ')}])`,
        usingMetrics: metrics,
        period: ratePeriod,
      }),
      threshold: 75,
      periods: 2,
      description:
        'A tenth of the stages of one kind needs three quarters of the time that it has, and will time out next. StageLatency by stage tells which; the model’s server answers slowly, or its deadline is too short.',
    })
  }

  private addResearch(): void {
    const { observability } = this.service
    observability.addRateAlarm(this, 'ResearchTimeouts', {
      failed: this.ends('ResearchEnd', 'timeout'),
      rest: this.ends('ResearchEnd', 'succeeded', 'failed'),
      percent: 20,
      floor: 5,
      description:
        'Research runs out of time. Look for slow search providers and pages in the lines of the StageWorker with the stage research.',
    })
    observability.addRateAlarm(this, 'ResearchFailures', {
      failed: this.ends('ResearchEnd', 'failed', 'timeout'),
      rest: this.ends('ResearchEnd', 'succeeded'),
      percent: 30,
      floor: 5,
      description:
        'Research ends without findings. The lines “search provider failed” name the provider and its code: a key, a quota, or a server that is down.',
    })
  }

  private addAgents(): void {
    this.service.observability.addRateAlarm(this, 'AgentFailures', {
      failed: this.ends('AgentCall', 'failed'),
      rest: this.ends('AgentCall', 'succeeded', 'repaired'),
      percent: 25,
      floor: 20,
      description:
        'Calls of the model fail, also those that a second try repairs. AgentCall by agent tells which; the lines “model call failed” have the server’s status and code.',
    })
  }

  private addTurns(): void {
    const { observability } = this.service
    observability.addRateAlarm(this, 'TurnFailures', {
      failed: this.ends('TurnEnd', 'failed'),
      rest: this.ends('TurnEnd', 'answered'),
      percent: alarmPercent.turns,
      floor: 10,
      description:
        'Messages get no answer. Look at the lines “turn failed” of HttpChat, Stream and SocketMessage for the code.',
    })
    observability.addRateAlarm(this, 'VoiceTurnFailures', {
      failed: this.ends('VoiceTurn', 'planner_failed', 'transcription_failed'),
      rest: this.ends('VoiceTurn', 'answered', 'empty'),
      percent: 20,
      floor: 5,
      description:
        'Spoken messages get no answer. VoiceTurn by outcome tells whether the transcription or the planner failed; the lines “transcription failed” and “turn failed” say why.',
    })
  }

  private addReaders(): void {
    const { observability } = this.service
    observability.addRateAlarm(this, 'StreamInterruptions', {
      failed: [this.product.of('StreamInterrupted')],
      total: this.product.of('StreamOpened'),
      percent: alarmPercent.interruptions,
      floor: 20,
      least: 10,
      description:
        'Readers lose their place while work goes on. StreamInterrupted by cause tells whether streams or sockets break; look at the lines of the Stream function for how streams ended, and at CloudFront.',
    })
    observability.addAlarm(this, 'StreamStart', {
      metric: new MathExpression({
        expression: 'IF(FILL(n, 0) >= 10, FILL(p90, 0), 0)',
        usingMetrics: {
          n: this.product.of('StreamStartLatency', {}, { statistic: 'SampleCount' }),
          p90: this.product.of('StreamStartLatency', {}, { statistic: 'p90' }),
        },
        period: ratePeriod,
      }),
      threshold: alarmStreamStartMs,
      description:
        'A tenth of the streams needs three seconds to begin. UrlRequestLatency cannot tell, since it holds a stream’s whole time. Look at the table’s latency, at throttles and at cold starts of the Stream function.',
    })
  }

  private addRuns(): void {
    this.service.observability.addAlarm(this, 'StuckRuns', {
      metric: this.product.of(
        'StuckRun',
        {},
        { statistic: 'Maximum', period: Duration.minutes(5) },
      ),
      periods: 3,
      description:
        'Runs stand still and the sweeper cannot end them. Its lines name them by run_id; compare each with its execution, and see “recovery failed”.',
    })
    this.service.observability.addRateAlarm(this, 'RunRepairs', {
      failed: this.ends('RunRepair', 'started', 'ended', 'failed'),
      total: this.product.of('StageEnd', { outcome: 'committed' }),
      // Of stages, of which a run has four: one run in five.
      percent: 5,
      floor: 5,
      description:
        'The sweeper does what the execution, the finalizer or the worker should have: look for their errors, and for events that do not arrive.',
    })
  }

  private addAssets(): void {
    this.service.observability.addRateAlarm(this, 'AssetFailures', {
      failed: this.ends('AssetEnd', 'failed'),
      rest: this.ends('AssetEnd', 'completed'),
      percent: alarmPercent.assets,
      floor: 5,
      description:
        'Assets cannot be made. AssetEnd by asset_type tells which, PurchaseEnd whether a vendor fails; the lines of the MediaWorker with the outcome failed have the code.',
    })
  }

  private addWebhooks(): void {
    const { observability } = this.service
    // A receiver that is down has six tries more of each delivery, hours later.
    const first = (outcome: string) => this.product.of('WebhookDelivery', { try: 'first', outcome })
    observability.addRateAlarm(this, 'WebhookFailures', {
      failed: [first('failed'), first('dead')],
      rest: [first('delivered')],
      percent: 80,
      floor: 100,
      description:
        'Of a hundred deliveries or more, hardly any arrives at its first try. See whether the lines of WebhookSender are of one principal (ten webhooks of a busy owner can do it), or what all tries have in common: no way out, a wrong clock, a signing key that cannot be read.',
    })
  }

  private addSweeps(): void {
    this.service.observability.addAlarm(this, 'SweepFailures', {
      metric: new MathExpression({
        expression: 'FILL(assets, 0) + FILL(ends, 0)',
        usingMetrics: {
          assets: this.product.of('AssetRepair', { outcome: 'failed' }),
          ends: this.product.of('EndRepair', { outcome: 'failed' }),
        },
        period: ratePeriod,
      }),
      periods: 2,
      description:
        'The sweeper cannot send again what was lost: assets wait to be made, or other systems to be told of ends. Its lines “not sent again” say why; see its grants and the queues.',
    })
  }

  private addCopy(): void {
    this.service.observability.addAlarm(this, 'CopyRejected', {
      metric: new MathExpression({
        // A stage that too few texts are left of fails, and its texts count as well.
        expression:
          'IF(FILL(committed, 0) + FILL(failed, 0) >= 5, FILL(rejected, 0) / (FILL(committed, 0) + FILL(failed, 0) + (FILL(committed, 0) + FILL(failed, 0) == 0)), 0)',
        usingMetrics: {
          rejected: this.product.of('CopyRejected'),
          committed: this.product.of('StageEnd', { stage: 'creative', outcome: 'committed' }),
          failed: this.product.of('StageEnd', { stage: 'creative', outcome: 'failed' }),
        },
        period: ratePeriod,
      }),
      threshold: 5,
      periods: 2,
      description:
        'The copy filter keeps back five texts or more of each run: a model that became careless, or a rule that became too strict. Compare copy_rejected of a few runs.',
    })
  }

  private addSpend(threshold: number): void {
    this.service.observability.addAlarm(this, 'SpendPerHour', {
      metric: this.product.of('SpendUsd', {}, { period: Duration.hours(1) }),
      threshold,
      description:
        'More US dollars went to models, search, speech and media within an hour than expected. SpendUsd by service tells where; the daily cap ends it at the latest.',
    })
  }
}
