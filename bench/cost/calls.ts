import type { ClientRequest } from 'node:http'
import * as z from 'zod'
import type { CallRecord } from './records.ts'
import { readTableRequest } from './table-requests.ts'

type WithoutMaker<T> = T extends unknown ? Omit<T, 'kind' | 'at' | 'by'> : never
type Call = WithoutMaker<CallRecord>

const hostOf = (variable: string): string => {
  const value = process.env[variable]
  return value === undefined ? '' : new URL(value).host
}

const isAt = (request: ClientRequest, variable: string): boolean =>
  request.getHeader('host') === hostOf(variable)

/** Whether a request goes to DynamoDB. */
export const isTableOf = (request: ClientRequest): boolean =>
  isAt(request, 'AWS_ENDPOINT_URL_DYNAMODB')

/** A call of an AWS service, as the local engine's endpoints tell them apart; undefined for any other. */
export const awsCallOf = (
  request: ClientRequest,
  sent: Buffer,
  status: number,
  received: Buffer,
): Call | undefined => {
  const bytes = { sentBytes: sent.length, receivedBytes: received.length }
  const [service = '', operation = ''] = String(request.getHeader('x-amz-target') ?? '').split('.')
  if (isTableOf(request)) {
    const read = readTableRequest(operation, sent.toString(), received.toString(), status)
    return { ...bytes, service: 'dynamodb', request: read }
  }
  if (service === 'AmazonSQS') return { ...bytes, service: 'sqs', operation }
  if (service === 'AWSStepFunctions') return { ...bytes, service: 'states', operation }
  if (service === 'AWSEvents') return { ...bytes, service: 'events', operation }
  if (request.path.includes('/@connections/')) {
    return { ...bytes, service: 'connections', method: request.method }
  }
  if (isAt(request, 'AWS_ENDPOINT_URL_S3')) {
    return { ...bytes, service: 's3', method: request.method }
  }
  return undefined
}

const ResponsesBody = z.looseObject({
  model: z.string(),
  text: z.looseObject({ format: z.looseObject({ name: z.string().optional() }) }).optional(),
})

/** What the model wrote, of an answer that is one JSON or a stream of events. */
const writtenIn = (answer: string): string => {
  const written: string[] = []
  for (const [, data = ''] of answer.matchAll(/^data: (\{.*\})$/gm)) {
    const event = JSON.parse(data)
    if (event.type === 'response.output_text.delta') written.push(String(event.delta))
  }
  if (written.length > 0) return written.join('')
  const found = [...answer.matchAll(/"type":"output_text","text":("(?:[^"\\]|\\.)*")/g)]
  return found.map(([, text = '""']) => JSON.parse(text)).join('')
}

const askerOf = (body: z.infer<typeof ResponsesBody>): string =>
  body.text?.format.name?.replace(/_v\d+.*$/, '').replace(/^creative_.*$/, 'creative') ?? 'search'

/** Seconds of the recording in a form, in whatever format browsers record. */
const secondsOf = async (sent: unknown): Promise<number> => {
  const file = sent instanceof FormData ? sent.get('file') : null
  if (!(file instanceof File)) throw new Error('A transcription was asked for without a recording.')
  // Large, and of no use to functions that send none.
  const { inspectAudio } = await import('../../shared/services/voice/audio-inspection.ts')
  return (await inspectAudio(new Uint8Array(await file.arrayBuffer()))).seconds
}

/** A call of a vendor, once its answer has come. @param url may be its path alone */
export const vendorCallOf = async (url: string, sent: unknown, answer: Response): Promise<Call> => {
  const text = typeof sent === 'string' ? sent : ''
  const received = await answer.text()
  const bytes = { sentBytes: text.length, receivedBytes: received.length }
  const path = new URL(url, 'http://vendor').pathname
  const json = text.startsWith('{') ? JSON.parse(text) : {}
  const field = (name: string): string =>
    String((sent instanceof FormData ? sent.get(name) : json[name]) ?? '')
  if (path.endsWith('/responses')) {
    const body = ResponsesBody.parse(json)
    return {
      ...bytes,
      service: 'model',
      model: body.model,
      asker: askerOf(body),
      inputText: text,
      outputText: writtenIn(received),
    }
  }
  if (path.endsWith('/images/generations') || path.endsWith('/images/edits')) {
    const withReference = path.endsWith('/edits')
    const [model, size] = [field('model'), field('size')]
    return { ...bytes, service: 'images', model, size, withReference }
  }
  if (path.endsWith('/audio/speech')) {
    return { ...bytes, service: 'speech', characters: [...field('input')].length }
  }
  if (path.endsWith('/audio/transcriptions')) {
    return { ...bytes, service: 'transcription', seconds: await secondsOf(sent) }
  }
  if (path.endsWith('/moderations')) return { ...bytes, service: 'moderation' }
  return { ...bytes, service: 'other' }
}
