import { devNull } from 'node:os'
import { credentials, partition } from '../template/partition.ts'

/** Origins of everything that a function's AWS clients may call. */
export interface ServiceEndpoints {
  dynamodb: string
  sqs: string
  s3: string
  sfn: string
  eventbridge: string
}

export interface FunctionFacts {
  name: string
  handler: string
  codeDirectory: string
  memoryMegabytes: number
  /** The template's LoggingConfig.LogFormat. */
  logFormat: string
}

/** What a process calls the engine's services with: `credentials` are those of the engine that runs. */
export const clientEnvironment = (
  endpoints: ServiceEndpoints,
  { accessKeyId, secretAccessKey }: { accessKeyId: string; secretAccessKey: string },
) => ({
  AWS_REGION: partition.region,
  AWS_DEFAULT_REGION: partition.region,
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
  AWS_ENDPOINT_URL_SQS: endpoints.sqs,
  AWS_ENDPOINT_URL_S3: endpoints.s3,
  AWS_ENDPOINT_URL_SFN: endpoints.sfn,
  AWS_ENDPOINT_URL_EVENTBRIDGE: endpoints.eventbridge,
  // There are no parameters here: secrets are in the environment.
  AWS_ENDPOINT_URL_SSM: `${endpoints.sfn}/no-parameters`,
})

/**
 * What Lambda itself puts into a function's environment. Credentials are the engine's own, and the
 * person's AWS files are out of reach, so that a call to a service that has no engine here fails instead
 * of costing money.
 */
export const lambdaEnvironment = (
  facts: FunctionFacts,
  endpoints: ServiceEndpoints,
): Record<string, string> => ({
  ...clientEnvironment(endpoints, credentials),
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: facts.name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(facts.memoryMegabytes),
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_FORMAT: facts.logFormat,
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${facts.name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  LAMBDA_TASK_ROOT: facts.codeDirectory,
  _HANDLER: facts.handler,
  // Lambda's own names its layers' programs; here they are the machine's, such as ffmpeg.
  PATH: process.env.PATH ?? '',
  LANG: 'en_US.UTF-8',
  TZ: ':UTC',
})
