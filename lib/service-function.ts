import { Duration, RemovalPolicy, type Size, Validations } from 'aws-cdk-lib'
import { Grant, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda'
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { environmentNames } from '../shared/platform/environment-names.ts'
import { retentionDays } from '../shared/rules/retention.ts'
import { functionMs } from '../shared/rules/time-budgets.ts'
import { type Bundle, bundledFolder, type FunctionName } from './bundle.ts'
import type { Capacity } from './capacity.ts'
import { frontDoorProof } from './front-door-proof.ts'
import { alarmPeriod, type Observability, ratePeriod } from './observability.ts'
import { nameInTemplate } from './template-name.ts'
import type { Times } from './time-settings.ts'

/** Retention of every log of the product. */
export const logRetention: RetentionDays = retentionDays('log')

/** What the functions of one deployment share. */
export interface ServiceContext {
  stage: string
  bundle: Bundle
  observability: Observability
  /** Values of `modelSettingNames` and `spendSettingNames` by variable name, as set at synthesis. */
  modelSettings: Readonly<Record<string, string>>
  /** Durations that follow from them. */
  times: Times
  /** What of the account's concurrency each part gets, and what follows from that. */
  capacity: Capacity
  /** Entries that override the limits on callers; empty when there are none. */
  limits: string
  /** Percent of the traces that Lambda samples to which spans are added; empty for all of them. */
  tracePercent: string
}

/** Variables that a template may contain: all except secrets' values and what is for one machine only. */
export type SettingKey = Exclude<
  keyof typeof environmentNames,
  | 'openaiApiKey'
  | 'tokenSigningKey'
  | 'webhookSigningKey'
  | 'imageApiKey'
  | 'videoApiKey'
  | 'pagesAllowLoopback'
  | 'webhooksAllowLoopback'
>

export interface ServiceFunctionProps {
  service: ServiceContext
  description: string
  /** 10 s when not given. */
  timeout?: Duration
  /** Gets the model settings and twice the memory, which also doubles the CPU. */
  callsModel?: boolean
  /** Gets the model settings, to tell what calls cost; functions that call the model always get them. */
  readsModelSettings?: boolean
  /** Whose use of the product it counts: by the caller's network address too, or by the principal alone. */
  countsBy?: 'address' | 'principal'
  /** Megabytes, which also say how much of the CPU it gets; 512 when not given, and twice that with the model. */
  memory?: number
  /** Room for temporary files; 512 MB when not given. */
  temporaryFiles?: Size
  /** Executions that it has for itself, and no more; shared with all others when not given. */
  reservedExecutions?: number | undefined
  /**
   * Of a function that is invoked asynchronously: what makes up for an invocation that is lost. All others
   * have callers that wait for their answer, or messages that stay in their queue.
   */
  lostInvocation?: string
}

/** Resources whose names are not known before they exist. */
export interface Wildcard {
  arn: string
  /** The same in cdk-nag's notation, with `<…>` for references of the template. */
  finding: string
  reason: string
  /** IAM conditions. */
  conditions?: Record<string, Record<string, string>>
}

/**
 * A Lambda function with the product's defaults: Node 24 on arm64, its bundle, a log group with
 * limited retention, tracing, alarms on errors and throttles, and a role without further rights.
 */
export class ServiceFunction extends LambdaFunction {
  private readonly serviceRole: Role

  constructor(scope: Construct, name: FunctionName, props: ServiceFunctionProps) {
    const { stage, bundle, observability, modelSettings, limits, tracePercent } = props.service
    const logGroupName = `/launch-studio/${stage}/${name}`
    const logGroup = new LogGroup(scope, `${name}Logs`, {
      logGroupName,
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    // The CDK's default role may write to every log of the account.
    const role = new Role(scope, `${name}Role`, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    })
    logGroup.grantWrite(role)
    const callsModel = props.callsModel ?? false
    super(scope, name, {
      description: props.description,
      code: Code.fromAsset(bundledFolder(bundle, name)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memory ?? (callsModel ? 1024 : 512),
      ...(props.temporaryFiles && { ephemeralStorageSize: props.temporaryFiles }),
      timeout: props.timeout ?? Duration.millis(functionMs.usual),
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      logGroup,
      role,
      environment: {
        [environmentNames.stage]: stage,
        ...(tracePercent !== '' && { [environmentNames.tracePercent]: tracePercent }),
        ...(props.countsBy !== undefined && limits !== '' && { [environmentNames.limits]: limits }),
        ...(props.countsBy === 'address' && {
          [environmentNames.frontDoorProof]: frontDoorProof(),
        }),
        ...(callsModel || props.readsModelSettings ? modelSettings : {}),
      },
      ...(props.reservedExecutions !== undefined && {
        reservedConcurrentExecutions: props.reservedExecutions,
      }),
    })
    this.serviceRole = role
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'X-Ray has no resource-level permissions; its two write actions are granted on all resources.',
    })
    Validations.of(this).acknowledge({
      id: 'Serverless-LambdaDLQ',
      reason:
        props.lostInvocation ??
        'It is never invoked asynchronously: its caller waits for the answer, or its queue keeps the message.',
    })
    nameInTemplate(this, name)
    observability.addAlarm(this, 'Errors', {
      metric: this.metricErrors({ period: alarmPeriod }),
      description: `${name} ended with an error that it did not handle; its log is ${logGroupName}.`,
    })
    const throttles = this.metricThrottles({ period: ratePeriod })
    observability.addRateAlarm(this, 'Throttles', {
      // A throttled invocation is none.
      failed: [throttles],
      rest: [this.metricInvocations({ period: ratePeriod })],
      percent: 1,
      floor: 3,
      description: `${name} is refused executions: its own or the account's concurrency is used up. Compare ConcurrentExecutions with the quota and the reserved concurrency.`,
    })
  }

  /** Sets a variable under the name that `shared` reads. */
  setSetting(key: SettingKey, value: string): void {
    this.addEnvironment(environmentNames[key], value)
  }

  /** Lets the function do exactly these actions on exactly these resources. */
  allow(
    actions: readonly string[],
    resourceArns: readonly string[],
    conditions?: Wildcard['conditions'],
  ): void {
    Grant.addToPrincipal({
      grantee: this,
      actions: [...actions],
      resourceArns: [...resourceArns],
      ...(conditions && { conditions }),
    }).assertSuccess()
  }

  /** The same on the resources that a wildcard matches. */
  allowWildcard(actions: readonly string[], { arn, finding, reason, conditions }: Wildcard): void {
    this.allow(actions, [arn], conditions)
    Validations.of(this.serviceRole).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${finding}]`,
      reason,
    })
  }
}
