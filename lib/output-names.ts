import { environmentNames, spendSettingNames } from '../shared/platform/environment-names.ts'

/**
 * Outputs of the stack from which operators' commands take what functions have in their environment. One whose setting
 * was not given at synthesis is missing.
 */
export const operatorOutputs = {
  Stage: environmentNames.stage,
  TableName: environmentNames.tableName,
  MediaBucketName: environmentNames.mediaBucketName,
  StateMachineArn: environmentNames.stateMachineArn,
  MediaQueueUrl: environmentNames.mediaQueueUrl,
  SocketEndpoint: environmentNames.socketEndpoint,
  Limits: environmentNames.limits,
  SpendCapRun: spendSettingNames.runCap,
  SpendCapPrincipalDay: spendSettingNames.principalDayCap,
  SpendCapDeploymentDay: spendSettingNames.deploymentDayCap,
  ModelPrices: spendSettingNames.modelPrices,
} as const

/** Outputs by which `npm run doctor` asks a deployment, and compares it with the account's quotas. */
export const checkupOutputs = {
  functionArn: 'CheckupFunctionArn',
  concurrency: 'LambdaConcurrency',
} as const

/** Outputs that name a queue and its dead letters. */
export const queueOutputs = {
  stages: { queue: 'StageQueueUrl', deadLetters: 'DeadLetterQueueUrl' },
  media: { queue: 'MediaQueueUrl', deadLetters: 'MediaDeadLetterQueueUrl' },
  ends: { queue: 'EndQueueUrl', deadLetters: 'EndDeadLetterQueueUrl' },
  deliveries: { queue: 'DeliveryQueueUrl', deadLetters: 'DeliveryDeadLetterQueueUrl' },
} as const
