import { ArnFormat, Duration, Stack } from 'aws-cdk-lib'
import { Rule, Schedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets'
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions'
import { Construct } from 'constructs'
import { failedExecutionStatuses } from '../shared/contracts/pipeline.ts'
import { openIndex } from '../shared/rules/storage-layout.ts'
import { functionMs } from '../shared/rules/time-budgets.ts'
import { alarmPercent } from './alarm-limits.ts'
import type { Data } from './data.ts'
import type { EarlyResearch } from './early-research.ts'
import type { Ends } from './ends.ts'
import { acknowledgeRule, nextOneFollows } from './lost-events.ts'
import { alarmPeriod, deadLetterPeriods, messagesIn, ratePeriod } from './observability.ts'
import { acknowledgeSource } from './queue-source.ts'
import { RunMachine } from './run-machine.ts'
import type { Secrets } from './secrets.ts'
import { type ServiceContext, ServiceFunction, type Wildcard } from './service-function.ts'
import type { SocketApi } from './socket-api.ts'
import { nameInTemplate } from './template-name.ts'
import { deadLetterQueue, workQueue } from './work-queue.ts'

const deadLetterTimeout = Duration.millis(functionMs.deadLetter)

export interface PipelineProps {
  service: ServiceContext
  data: Data
  secrets: Secrets
  sockets: SocketApi
  ends: Ends
  earlyResearch: EarlyResearch
}

const sweepRepairs = 'The sweep of every minute ends runs whose execution ended unnoticed.'

/** Runs: the state machine, the stage queue, the stage worker, and the functions that repair failures. */
export class Pipeline extends Construct {
  /** Repairs assets, too; the media queue lets it send. */
  readonly sweeper: ServiceFunction
  readonly stateMachine: StateMachine
  readonly deadLetters: Queue
  readonly stageQueue: Queue
  private readonly props: PipelineProps

  constructor(scope: Construct, id: string, props: PipelineProps) {
    super(scope, id)
    this.props = props
    this.deadLetters = deadLetterQueue(this, 'DeadLetters', deadLetterTimeout)
    this.stageQueue = workQueue(this, 'StageQueue', {
      worker: props.service.times.stageWorker,
      deadLetters: this.deadLetters,
    })
    nameInTemplate(this.deadLetters, 'DeadLetterQueue')
    nameInTemplate(this.stageQueue, 'StageQueue')
    this.stateMachine = new RunMachine(this, 'RunMachine', {
      stage: props.service.stage,
      queue: this.stageQueue,
      times: props.service.times,
    }).stateMachine
    this.addStageWorker()
    this.addDeadLetter()
    this.addRunFinalizer()
    this.sweeper = this.addSweeper()
    this.addAlarms()
  }

  /** Gives the function the state machine's ARN and lets it start executions. */
  allowStart(fn: ServiceFunction): void {
    fn.setSetting('stateMachineArn', this.stateMachine.stateMachineArn)
    fn.allow(['states:StartExecution'], [this.stateMachine.stateMachineArn])
  }

  /** Lets the function stop executions of the state machine. */
  allowStop(fn: ServiceFunction): void {
    fn.allowWildcard(['states:StopExecution'], this.executions())
  }

  private executions(): Wildcard {
    return {
      arn: Stack.of(this).formatArn({
        service: 'states',
        resource: 'execution',
        resourceName: `${this.stateMachine.stateMachineName}:*`,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
      finding:
        'arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<RunMachine.Name>:*',
      reason: 'An execution is named after its run; the grant is limited to this state machine.',
    }
  }

  private addStageWorker(): void {
    const { service, data, secrets, sockets, ends, earlyResearch } = this.props
    const worker = new ServiceFunction(this, 'StageWorker', {
      service,
      description: 'Runs agents for the stages of a run, and searches made ahead of one.',
      timeout: service.times.stageWorker,
      callsModel: true,
      countsBy: 'principal',
    })
    worker.addEventSource(
      new SqsEventSource(this.stageQueue, {
        batchSize: 1,
        reportBatchItemFailures: true,
        maxConcurrency: service.capacity.stageWorkers,
      }),
    )
    earlyResearch.addWorker(worker)
    acknowledgeSource(worker)
    worker.allow(
      ['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat'],
      [this.stateMachine.stateMachineArn],
    )
    data.allowTable(worker, ['GetItem', 'Query', 'PutItem', 'UpdateItem'])
    secrets.allowOpenaiApiKey(worker)
    secrets.allowSearchKeys(worker)
    sockets.allowPush(worker)
    ends.allowEnd(worker)
  }

  private addDeadLetter(): void {
    const { service, data, sockets, ends } = this.props
    const deadLetter = new ServiceFunction(this, 'DeadLetter', {
      service,
      description: 'Fails the run of a stage that no worker could take.',
      timeout: deadLetterTimeout,
    })
    deadLetter.addEventSource(
      new SqsEventSource(this.deadLetters, { reportBatchItemFailures: true }),
    )
    acknowledgeSource(deadLetter)
    deadLetter.allow(['states:SendTaskFailure'], [this.stateMachine.stateMachineArn])
    data.allowTable(deadLetter, ['GetItem', 'Query', 'PutItem', 'UpdateItem'])
    sockets.allowPush(deadLetter)
    ends.allowEnd(deadLetter)
    service.observability.addAlarm(deadLetter, 'Invocations', {
      metric: deadLetter.metricInvocations({ period: alarmPeriod }),
      description:
        'A stage was given up after three deliveries; DeadLetter has failed its run, and its line of kind message names it.',
    })
  }

  private addRunFinalizer(): void {
    const { service, data, sockets, ends } = this.props
    const finalizer = new ServiceFunction(this, 'RunFinalizer', {
      service,
      description: 'Records the failure of a run whose execution ended badly.',
      timeout: Duration.millis(functionMs.runFinalizer),
      lostInvocation: sweepRepairs,
    })
    const ended = new Rule(this, 'ExecutionEnded', {
      description: 'An execution of a run failed, timed out or was aborted.',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: [this.stateMachine.stateMachineArn],
          status: failedExecutionStatuses,
        },
      },
      targets: [new LambdaTarget(finalizer)],
    })
    acknowledgeRule(ended, sweepRepairs)
    data.allowTable(finalizer, ['GetItem', 'Query', 'PutItem', 'UpdateItem'])
    sockets.allowPush(finalizer)
    ends.allowEnd(finalizer)
  }

  private addSweeper(): ServiceFunction {
    const { service, data, sockets, ends } = this.props
    const sweeper = new ServiceFunction(this, 'Sweeper', {
      service,
      description: 'Starts, or finishes, runs and assets that everything else forgot.',
      timeout: Duration.millis(functionMs.sweeper),
      lostInvocation: nextOneFollows,
    })
    const everyMinute = new Rule(this, 'SweepEveryMinute', {
      schedule: Schedule.rate(Duration.minutes(1)),
      // The next sweep is a minute away.
      targets: [new LambdaTarget(sweeper, { retryAttempts: 0 })],
    })
    acknowledgeRule(everyMinute, nextOneFollows)
    this.allowStart(sweeper)
    sweeper.allowWildcard(['states:DescribeExecution'], this.executions())
    data.allowTable(sweeper, ['GetItem', 'Query', 'PutItem', 'UpdateItem'], [openIndex.name])
    sockets.allowPush(sweeper)
    ends.allowEnd(sweeper)
    ends.allowDelivery(sweeper)
    return sweeper
  }

  private addAlarms(): void {
    const { observability } = this.props.service
    observability.addAlarm(this, 'DeadLettersNotEmpty', {
      metric: messagesIn(this.deadLetters),
      periods: deadLetterPeriods,
      description:
        'A dead letter has been there for a quarter of an hour: its consumer cannot handle it either. See the lines of DeadLetter, and docs/failure-modes.md for redriving.',
    })
    observability.addRateAlarm(this, 'ExecutionsFailed', {
      failed: [this.stateMachine.metricFailed({ period: ratePeriod })],
      total: this.stateMachine.metricStarted({ period: ratePeriod }),
      percent: alarmPercent.runs,
      floor: 3,
      description:
        'Many runs fail. The lines of kind stage name stage and code; the event error of a run says the same.',
    })
    observability.addAlarm(this, 'ExecutionsTimedOut', {
      metric: this.stateMachine.metricTimedOut({ period: alarmPeriod }),
      description:
        'A run outlived the timeouts of all its stages: see its execution by the run_id that its name begins with.',
    })
  }
}
