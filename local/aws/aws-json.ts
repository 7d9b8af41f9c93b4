import * as z from 'zod'
import type { ControlAnswer, ControlCall } from '../functions/messages.ts'
import { AwsError } from './aws-error.ts'
import { signedHeaders } from './signature.ts'

/** Operations of a service by name. They may throw AwsError. */
export type AwsOperations = Readonly<Record<string, (input: unknown) => Promise<unknown> | unknown>>

const errorSchema = z.looseObject({ __type: z.string(), message: z.string().optional() })

/** The names under which services sign, by the prefix of their operations. */
const signingNames = { AmazonSQS: 'sqs', DynamoDB_20120810: 'dynamodb' } as const

/**
 * Calls a service that speaks the AWS JSON protocol 1.0. Throws AwsError for its errors and fetch's
 * TypeError when nothing listens.
 */
export const callAws = async (
  endpoint: string,
  service: keyof typeof signingNames,
  operation: string,
  input: object,
): Promise<unknown> => {
  const body = JSON.stringify(input)
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `${service}.${operation}`,
  }
  const request = { method: 'POST', headers, body }
  const signed = await signedHeaders(signingNames[service], endpoint, request)
  const response = await fetch(endpoint, { ...request, headers: signed })
  return readAnswer(operation, response.status, await response.text())
}

/** What an operation gave. Throws AwsError. */
export const readAnswer = (operation: string, status: number, body: string): unknown => {
  const answer: unknown = JSON.parse(body || '{}')
  if (status >= 200 && status < 300) return answer
  const error = errorSchema.safeParse(answer)
  const code = error.data?.__type.split('#').at(-1) ?? 'InternalFailure'
  throw new AwsError(code, error.data?.message ?? `${operation} failed`, status)
}

/** Answers one request of the AWS JSON protocol, version 1.0 or 1.1. Never rejects. */
export const answerAws = async (
  { headers, body }: ControlCall,
  operations: AwsOperations,
): Promise<ControlAnswer> => {
  const contentType = headers['content-type'] ?? 'application/x-amz-json-1.0'
  const answerWith = (status: number, answer: unknown): ControlAnswer => ({
    status,
    headers: { 'content-type': contentType },
    body: JSON.stringify(answer),
  })
  const target = headers['x-amz-target'] ?? ''
  const operation = operations[target.slice(target.indexOf('.') + 1)]
  try {
    if (!operation) throw new AwsError('UnknownOperationException', `${target} is not emulated`)
    return answerWith(200, (await operation(JSON.parse(body || '{}'))) ?? {})
  } catch (error) {
    const answer = toAwsError(error)
    return answerWith(answer.status, { __type: answer.code, message: answer.message })
  }
}

const toAwsError = (error: unknown): AwsError => {
  if (error instanceof AwsError) return error
  if (error instanceof z.ZodError) {
    return new AwsError('ValidationException', z.prettifyError(error))
  }
  if (error instanceof SyntaxError) return new AwsError('SerializationException', error.message)
  return new AwsError('InternalFailure', String(error), 500)
}
