import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import type { IQueue } from 'aws-cdk-lib/aws-sqs'
import {
  Choice,
  Condition,
  DefinitionBody,
  Fail,
  IntegrationPattern,
  JsonPath,
  LogLevel,
  Parallel,
  StateMachine,
  Succeed,
  TaskInput,
  Timeout,
} from 'aws-cdk-lib/aws-stepfunctions'
import { SqsSendMessage } from 'aws-cdk-lib/aws-stepfunctions-tasks'
import { Construct } from 'constructs'
import type { StageName } from '../shared/contracts/agents.ts'
import { type StageTask, workerInterrupted } from '../shared/contracts/pipeline.ts'
import type { SessionState } from '../shared/contracts/session.ts'
import { stageState, stateAfter } from '../shared/rules/session-state.ts'
import { stageMs } from '../shared/rules/time-budgets.ts'
import { logRetention } from './service-function.ts'
import { nameInTemplate } from './template-name.ts'
import type { Times } from './time-settings.ts'

/** Errors of a lost worker, which a retry may repair; the model's own failures are not retried here. */
const retryableErrors = ['States.Timeout', 'States.HeartbeatTimeout', workerInterrupted]

const resumeFrom = (stage: StageName): Condition => Condition.stringEquals('$.resume_from', stage)

export interface RunMachineProps {
  stage: string
  /** The queue that the stage worker consumes. */
  queue: IQueue
  times: Times
}

/**
 * The state machine of a run, which mirrors the transition table of `shared/rules/session-state.ts`
 * state by state. Its input is `{run_id, attempt, resume_from, request_id?}`, where `resume_from` is the stage to
 * start at; any other value ends the execution immediately with `States.NoChoiceMatched`. Payloads
 * hold ids, never content.
 */
export class RunMachine extends Construct {
  readonly stateMachine: StateMachine

  private readonly times: Times

  constructor(scope: Construct, id: string, { stage, queue, times }: RunMachineProps) {
    super(scope, id)
    this.times = times
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      definitionBody: DefinitionBody.fromChainable(this.define(queue)),
      timeout: times.execution,
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, 'Logs', {
          // With this prefix the service needs no statement in the account's log resource policy,
          // whose size is limited.
          logGroupName: `/aws/vendedlogs/states/launch-studio-${stage}`,
          retention: logRetention,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ALL,
        // It would log task tokens, which grant control of the execution.
        includeExecutionData: false,
      },
    })
    nameInTemplate(this.stateMachine, 'RunMachine')
    Validations.of(this.stateMachine).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Log delivery and X-Ray have no resource-level permissions.',
    })
  }

  private define(queue: IQueue): Choice {
    const failed = new Fail(this, 'FAILED' satisfies SessionState, {
      errorPath: '$.error.Error',
      causePath: '$.error.Cause',
    })
    const toFailed = { errors: ['States.ALL'], resultPath: '$.error' }

    const creative = this.task('CREATIVE', 'creative', queue)
    const voice = this.task('VOICE', 'voice', queue)
    const creatives = new Parallel(this, stageState.creative, { resultPath: JsonPath.DISCARD })
      .branch(
        new Choice(this, 'CREATIVE_ENTRY')
          .when(resumeFrom('voice'), voice)
          .otherwise(creative.next(voice)),
      )
      // States within a branch cannot leave it, so this catches for both of its tasks.
      .addCatch(failed, toFailed)
    creatives.next(new Succeed(this, stateAfter.voice))
    const strategy = this.task(stageState.strategy, 'strategy', queue).addCatch(failed, toFailed)
    strategy.next(creatives)
    const research = this.task(stageState.research, 'research', queue).addCatch(failed, toFailed)
    research.next(strategy)

    return new Choice(this, 'ENTRY')
      .when(resumeFrom('research'), research)
      .when(resumeFrom('strategy'), strategy)
      .when(Condition.or(resumeFrom('creative'), resumeFrom('voice')), creatives)
  }

  /** Queues the stage and waits until a worker returns the task token. */
  private task(name: string, stage: StageName, queue: IQueue): SqsSendMessage {
    const task = new SqsSendMessage(this, name, {
      queue,
      integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
      messageBody: TaskInput.fromObject({
        run_id: JsonPath.stringAt('$.run_id'),
        attempt: JsonPath.numberAt('$.attempt'),
        stage,
        retry: JsonPath.numberAt('$$.State.RetryCount'),
        task_token: JsonPath.taskToken,
        // As a whole: a path to a field that an input lacks would end the execution.
        execution: JsonPath.objectAt('$$.Execution.Input'),
      } satisfies Record<keyof StageTask, unknown>),
      taskTimeout: Timeout.duration(this.times.stageTask(stage)),
      heartbeatTimeout: Timeout.duration(Duration.millis(stageMs.silence)),
      resultPath: JsonPath.DISCARD,
    })
    task.addRetry({ errors: retryableErrors, maxAttempts: 1, interval: Duration.seconds(1) })
    return task
  }
}
