import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib'
import { Grant, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  ParamsAndSecretsLayerVersion,
  ParamsAndSecretsLogLevel,
  ParamsAndSecretsVersions,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { environmentNames } from '../shared/platform/environment-names.ts'
import { functionMs } from '../shared/rules/time-budgets.ts'
import { type Bundle, bundledFolder, type FunctionName } from './bundle.ts'
import { alarmPeriod, type Observability } from './observability.ts'
import { nameInTemplate } from './template-name.ts'

/** The extension caches for five minutes, and spares every bundle an SSM client. */
const paramsAndSecrets = ParamsAndSecretsLayerVersion.fromVersion(
  ParamsAndSecretsVersions.V1_0_103,
  { logLevel: ParamsAndSecretsLogLevel.WARN },
)

/** How long the product keeps its logs. */
export const logRetention = RetentionDays.ONE_MONTH

/** What every function of one deployment shares. */
export interface ServiceContext {
  stage: string
  bundle: Bundle
  observability: Observability
  /** Values of `modelSettingNames` by variable name, as set when the app was synthesized. */
  modelSettings: Readonly<Record<string, string>>
}

/** The variables that may stand in a template: all but those that hold a secret itself. */
export type SettingKey = Exclude<keyof typeof environmentNames, 'openaiApiKey' | 'tokenSigningKey'>

export interface ServiceFunctionProps {
  service: ServiceContext
  description: string
  /** 10 s when not given. */
  timeout?: Duration
  /** Gets the model settings, and twice the memory, which is also twice the processor. */
  callsModel?: boolean
  /** Gets AWS's extension that reads parameters; what calls the model always does. */
  readsSecrets?: boolean
}

/** A set of resources whose names nobody knows before they exist. */
export interface Wildcard {
  arn: string
  /** The same as cdk-nag spells it, with `<…>` for what the template refers to. */
  finding: string
  reason: string
  /** What else must hold, in the words of IAM. */
  conditions?: Record<string, Record<string, string>>
}

/**
 * A Lambda function with the product's defaults: Node 24 on arm64, its bundle, a log group that
 * forgets, tracing, alarms on errors and throttles, and a role that may do nothing else yet.
 */
export class ServiceFunction extends LambdaFunction {
  private readonly serviceRole: Role

  constructor(scope: Construct, name: FunctionName, props: ServiceFunctionProps) {
    const { stage, bundle, observability, modelSettings } = props.service
    const logGroupName = `/launch-studio/${stage}/${name}`
    const logGroup = new LogGroup(scope, `${name}Logs`, {
      logGroupName,
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    // A role of our own: the one that the CDK would make may write to every log of the account.
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
      memorySize: callsModel ? 1024 : 512,
      timeout: props.timeout ?? Duration.millis(functionMs.usual),
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      logGroup,
      role,
      ...((callsModel || props.readsSecrets) && { paramsAndSecrets }),
      environment: { [environmentNames.stage]: stage, ...(callsModel ? modelSettings : {}) },
    })
    this.serviceRole = role
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'X-Ray knows no resources; its two write actions are granted on all.',
    })
    nameInTemplate(this, name)
    observability.addAlarm(this, 'Errors', {
      metric: this.metricErrors({ period: alarmPeriod }),
      description: `${name} ended with an error that it did not handle; its log is ${logGroupName}.`,
    })
    observability.addAlarm(this, 'Throttles', {
      metric: this.metricThrottles({ period: alarmPeriod }),
      description: `${name} was refused an execution: the account's concurrency is used up.`,
    })
  }

  /** Hands the function a variable under the name that its reader in `shared` looks for. */
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

  /** The same on the resources that a wildcard stands for. */
  allowWildcard(actions: readonly string[], { arn, finding, reason, conditions }: Wildcard): void {
    this.allow(actions, [arn], conditions)
    Validations.of(this.serviceRole).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${finding}]`,
      reason,
    })
  }
}
