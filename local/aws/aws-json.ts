import type { IncomingMessage, ServerResponse } from 'node:http'
import * as z from 'zod'
import { partition } from '../template/partition.ts'

/** An answer of an AWS service that is an error; `code` is the name that the SDK gives it. */
export class AwsError extends Error {
  override readonly name = 'AwsError'
  readonly code: string
  /** HTTP status, 400 where the service does not say otherwise. */
  readonly status: number

  constructor(code: string, message: string, status = 400) {
    super(message)
    this.code = code
    this.status = status
  }
}

/** Operations of a service by name. They may throw AwsError. */
export type AwsOperations = Readonly<Record<string, (input: unknown) => Promise<unknown> | unknown>>

const errorSchema = z.looseObject({ __type: z.string(), message: z.string().optional() })

/** The credentials that the engine's own calls carry; the embedded engines accept any. */
const authorization = `AWS4-HMAC-SHA256 Credential=local/20260101/${partition.region}/local/aws4_request, SignedHeaders=host, Signature=local`

/**
 * Calls a service that speaks the AWS JSON protocol 1.0. Throws AwsError for its errors and fetch's
 * TypeError when nothing listens.
 */
export const callAws = async (
  endpoint: string,
  service: 'AmazonSQS' | 'DynamoDB_20120810',
  operation: string,
  input: object,
): Promise<unknown> => {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `${service}.${operation}`,
      'x-amz-date': '20260101T000000Z',
      authorization,
    },
    body: JSON.stringify(input),
  })
  const answer: unknown = JSON.parse((await response.text()) || '{}')
  if (response.ok) return answer
  const error = errorSchema.safeParse(answer)
  const code = error.data?.__type.split('#').at(-1) ?? 'InternalFailure'
  throw new AwsError(code, error.data?.message ?? `${operation} failed`, response.status)
}

/** Answers one request of the AWS JSON protocol, version 1.0 or 1.1. Never rejects. */
export const answerAws = async (
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
  operations: AwsOperations,
): Promise<void> => {
  const contentType = request.headers['content-type'] ?? 'application/x-amz-json-1.0'
  const send = (status: number, answer: unknown) => {
    response.writeHead(status, { 'content-type': contentType })
    response.end(JSON.stringify(answer))
  }
  const target = String(request.headers['x-amz-target'] ?? '')
  const operation = operations[target.slice(target.indexOf('.') + 1)]
  try {
    if (!operation) throw new AwsError('UnknownOperationException', `${target} is not emulated`)
    send(200, (await operation(JSON.parse(body.toString('utf8') || '{}'))) ?? {})
  } catch (error) {
    const answer = toAwsError(error)
    send(answer.status, { __type: answer.code, message: answer.message })
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
