import { Duration, Stack } from 'aws-cdk-lib'
import {
  Alarm,
  AlarmStatusWidget,
  AlarmStatusWidgetSortBy,
  Dashboard as CloudWatchDashboard,
  Color,
  GraphWidget,
  type IWidget,
  Metric,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch'
import type { Table } from 'aws-cdk-lib/aws-dynamodb'
import { Queue } from 'aws-cdk-lib/aws-sqs'
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions'
import { Construct } from 'constructs'
import { agentNames, stageNames } from '../shared/contracts/agents.ts'
import { capNames, spendServices } from '../shared/contracts/spend.ts'
import { spendSettingNames } from '../shared/platform/environment-names.ts'
import { capOf, defaultCaps, dollarsOf } from '../shared/rules/spend-caps.ts'
import { turnMs } from '../shared/rules/time-budgets.ts'
import { alarmStreamStartMs } from './alarm-limits.ts'
import { graphPeriod, together } from './dashboard-metrics.ts'
import { journeyVerdicts, modelDays } from './dashboard-verdicts.ts'
import { ProductMetrics } from './product-metrics.ts'
import { type ServiceContext, ServiceFunction } from './service-function.ts'

export interface DashboardProps {
  service: ServiceContext
  table: Table
}

const full = 24
const usd = { label: 'USD', showUnits: false, min: 0 }
const milliseconds = { label: 'ms', showUnits: false, min: 0 }
const count = { showUnits: false, min: 0 }

const limitLine = (label: string, value: number) => ({ label, value, color: Color.RED })

/** Whether the product is healthy, and what it costs, in one look; a row for each question. */
export class Dashboard extends Construct {
  readonly dashboardName: string
  private readonly props: DashboardProps
  private readonly product: ProductMetrics
  private readonly functions: ServiceFunction[]
  private readonly queues: Queue[]
  private readonly machines: StateMachine[]

  /** Reads the other constructs of its stack, so it comes last. */
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id)
    this.props = props
    this.product = new ProductMetrics(props.service.stage, graphPeriod)
    const all = Stack.of(this).node.findAll()
    this.functions = all.filter((one) => one instanceof ServiceFunction)
    this.queues = all.filter((one) => one instanceof Queue)
    this.machines = all.filter((one) => one instanceof StateMachine)
    const dashboard = new CloudWatchDashboard(this, 'Dashboard', {
      dashboardName: `launch-studio-${props.service.stage}`,
      defaultInterval: Duration.hours(12),
    })
    const alarms = all.filter((one) => one instanceof Alarm)
    dashboard.addWidgets(
      this.title('Is it healthy?', 'Percent of what ended, over the range above.'),
    )
    dashboard.addWidgets(...journeyVerdicts(this.product, this.machines[0] as StateMachine))
    dashboard.addWidgets(this.alarmStates(alarms))
    dashboard.addWidgets(...this.ends())
    dashboard.addWidgets(...this.latencies())
    dashboard.addWidgets(...this.troubles())
    dashboard.addWidgets(...this.outside())
    dashboard.addWidgets(
      this.title('What does it cost?', 'By the price table, settled call by call.'),
    )
    dashboard.addWidgets(...this.spending())
    dashboard.addWidgets(
      this.title('Is there room, and until when?', 'Against quotas, and by the daily checkup.'),
    )
    dashboard.addWidgets(...this.room())
    this.dashboardName = dashboard.dashboardName
  }

  private title(question: string, rest: string): TextWidget {
    return new TextWidget({ width: full, height: 1, markdown: `## ${question} — ${rest}` })
  }

  private graph(title: string, width: number, options: object): GraphWidget {
    return new GraphWidget({ title, width, height: 6, ...options })
  }

  private alarmStates(alarms: Alarm[]): AlarmStatusWidget {
    return new AlarmStatusWidget({
      title: 'Alarms',
      alarms,
      width: full,
      height: 5,
      sortBy: AlarmStatusWidgetSortBy.STATE_UPDATED_TIMESTAMP,
    })
  }

  private ends(): GraphWidget[] {
    const { product } = this
    return [
      this.graph('Turns', 6, {
        left: product.by('TurnEnd', 'outcome', ['answered', 'failed', 'stopped']),
        leftYAxis: count,
        stacked: true,
      }),
      this.graph('Stages', 6, {
        left: product.by('StageEnd', 'outcome', ['committed', 'failed', 'timeout']),
        leftYAxis: count,
        stacked: true,
      }),
      this.graph('Assets', 6, {
        left: product.by('AssetEnd', 'outcome', ['completed', 'failed', 'cancelled']),
        leftYAxis: count,
        stacked: true,
      }),
      this.graph('Calls of the model', 6, {
        left: product.by('AgentCall', 'outcome', ['succeeded', 'repaired', 'failed', 'stopped']),
        leftYAxis: count,
        stacked: true,
      }),
    ]
  }

  private latencies(): GraphWidget[] {
    const { product } = this
    const { times } = this.props.service
    const turns = ['p50', 'p90', 'p99'].map((statistic) =>
      product.of('TurnLatency', { outcome: 'answered' }, { label: statistic, statistic }),
    )
    return [
      this.graph('A turn, against what a request may take', 8, {
        left: turns,
        leftYAxis: milliseconds,
        leftAnnotations: [limitLine('the gateway ends it', turnMs.http)],
      }),
      this.graph('A stage (p90), against its time', 8, {
        left: stageNames.map((stage) =>
          product.of(
            'StageLatency',
            { stage, outcome: 'committed' },
            { label: stage, statistic: 'p90' },
          ),
        ),
        leftYAxis: milliseconds,
        leftAnnotations: [
          limitLine(
            'the shortest times out',
            Math.min(...stageNames.map((stage) => times.stageTask(stage).toMilliseconds())),
          ),
        ],
      }),
      this.graph('A stream’s first byte', 8, {
        left: ['p50', 'p90'].map((statistic) =>
          product.of('StreamStartLatency', {}, { label: statistic, statistic }),
        ),
        leftYAxis: milliseconds,
        leftAnnotations: [limitLine('the alarm', alarmStreamStartMs)],
      }),
    ]
  }

  private troubles(): GraphWidget[] {
    const { product } = this
    const waiting = this.queues.map((queue) =>
      queue.metricApproximateNumberOfMessagesVisible({
        label: queue.node.path.split('/').slice(1).join(' '),
      }),
    )
    return [
      this.graph('Stuck runs, and repairs by the sweeper', 6, {
        left: [
          product.of('StuckRun', {}, { label: 'stuck', statistic: 'Maximum' }),
          ...product.by('RunRepair', 'outcome', ['started', 'ended', 'failed']),
          product.of('AssetRepair', { outcome: 'sent' }, { label: 'asset sent again' }),
          product.of('AssetRepair', { outcome: 'failed' }, { label: 'asset failed' }),
        ],
        leftYAxis: count,
      }),
      this.graph('Messages that wait, also dead letters', 6, { left: waiting, leftYAxis: count }),
      this.graph('Refused: limits and caps', 6, {
        left: [
          ...product.by('BudgetExceeded', 'cap', capNames),
          ...['turns', 'runs', 'assets'].flatMap((limit) =>
            product.by('LimitRefused', 'limit', [`${limit}.principal`, `${limit}.deployment`]),
          ),
        ],
        leftYAxis: count,
      }),
      this.graph('Errors and throttles of all functions', 6, {
        left: [
          together(
            'errors',
            this.functions.map((fn) => fn.metricErrors()),
          ),
          together(
            'throttles',
            this.functions.map((fn) => fn.metricThrottles()),
          ),
        ],
        leftYAxis: count,
      }),
    ]
  }

  /** What others are told, and how they read along. */
  private outside(): GraphWidget[] {
    const { product } = this
    return [
      this.graph('Ends announced', 8, {
        left: [
          ...product.by('EndAnnounced', 'type', ['run.ended', 'job.ended', 'asset.ended']),
          product.of('EndRepair', { what: 'end', outcome: 'sent' }, { label: 'sent again' }),
          product.of('EndRepair', { outcome: 'failed' }, { label: 'repair failed' }),
        ],
        leftYAxis: count,
        stacked: true,
      }),
      this.graph('Tries at webhooks', 8, {
        left: product.by('WebhookDelivery', 'outcome', ['delivered', 'failed', 'dead']),
        leftYAxis: count,
        stacked: true,
      }),
      this.graph('Readers of the log', 8, {
        left: [
          product.of('StreamOpened', {}, { label: 'opened' }),
          product.of('StreamInterrupted', {}, { label: 'interrupted' }),
          product.of('SocketPushFailure', {}, { label: 'pushes failed' }),
        ],
        leftYAxis: count,
      }),
    ]
  }

  private spending(): GraphWidget[] {
    const { product } = this
    const dayCap = this.props.service.modelSettings[spendSettingNames.deploymentDayCap] ?? ''
    const hourly = { period: Duration.hours(1) }
    return [
      this.graph('US dollars an hour, by service', 8, {
        left: product.by('SpendUsd', 'service', spendServices, hourly),
        leftYAxis: usd,
        stacked: true,
      }),
      this.graph('US dollars a day (UTC), against the cap', 8, {
        left: [product.of('SpendUsd', {}, { label: 'spent', period: Duration.days(1) })],
        leftYAxis: usd,
        leftAnnotations: [
          limitLine('the deployment’s cap', dollarsOf(capOf(dayCap) ?? defaultCaps.deployment_day)),
        ],
      }),
      this.graph('Tokens of the model, by agent', 8, {
        left: product.by('ModelTokens', 'stage', agentNames),
        leftYAxis: count,
        stacked: true,
      }),
    ]
  }

  private room(): IWidget[] {
    const { table, service } = this.props
    return [
      this.graph('Concurrent executions, against the quota', 6, {
        left: [
          new Metric({
            namespace: 'AWS/Lambda',
            metricName: 'ConcurrentExecutions',
            statistic: 'Maximum',
            label: 'the account’s',
          }),
        ],
        leftYAxis: count,
        leftAnnotations: [limitLine('quota', service.capacity.concurrency)],
      }),
      this.graph('The table’s units', 6, {
        left: [
          table.metricConsumedReadCapacityUnits({ label: 'read' }),
          table.metricConsumedWriteCapacityUnits({ label: 'written' }),
        ],
        leftYAxis: count,
      }),
      this.graph('Findings of the daily checkup', 6, {
        left: ['warning', 'failure'].map((severity) =>
          this.product.of(
            'CheckupFinding',
            { severity },
            { label: severity, statistic: 'Maximum', period: Duration.days(1) },
          ),
        ),
        leftYAxis: count,
        stacked: true,
        start: '-P14D',
      }),
      modelDays(this.product),
    ]
  }
}
