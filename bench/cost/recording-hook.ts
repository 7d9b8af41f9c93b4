/**
 * Imported into every function's thread before its bundle (`EngineOptions.preload`): reports each call that the
 * function makes and each of its invocations. Nothing of the product is changed but that DynamoDB is asked to
 * tell the capacity that a request consumes.
 */
import http, { type ClientRequest, type IncomingMessage } from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import { BroadcastChannel, parentPort } from 'node:worker_threads'
import type { FromRuntime, ToRuntime } from '../../local/functions/messages.ts'
import { awsCallOf, isTableOf, vendorCallOf } from './calls.ts'
import { describeEvent } from './invocations.ts'
import { type CostRecord, recordsChannel } from './records.ts'
import { asksForCapacity } from './table-requests.ts'

const channel = new BroadcastChannel(recordsChannel)
channel.unref()
const by = (process.env.AWS_LAMBDA_FUNCTION_NAME ?? '').replace(/^.*-/, '')
const report = (record: CostRecord): void => channel.postMessage(record)

const operationOf = (request: ClientRequest): string =>
  String(request.getHeader('x-amz-target') ?? '')
    .split('.')
    .at(-1) ?? ''

/** A request of DynamoDB that tells its capacity: the local engine does not check its signature. */
const withCapacity = (request: ClientRequest, body: Buffer): Buffer => {
  if (!isTableOf(request) || !asksForCapacity(operationOf(request))) return body
  const asked = { ...JSON.parse(body.toString()), ReturnConsumedCapacity: 'TOTAL' }
  const sent = Buffer.from(JSON.stringify(asked))
  request.setHeader('content-length', sent.length)
  return sent
}

/** Keeps the bytes of an answer as they arrive, without reading in the place of its reader. */
const keepAnswer = (response: IncomingMessage, done: (body: Buffer) => void): void => {
  const kept: Buffer[] = []
  const push = response.push.bind(response)
  response.push = (chunk: Buffer | string | null, encoding?: BufferEncoding) => {
    if (chunk === null) done(Buffer.concat(kept))
    else kept.push(Buffer.from(chunk as Buffer))
    return push(chunk, encoding)
  }
}

const isTextModel = (request: ClientRequest): boolean =>
  /\/(?:responses|completions)$/.test(request.path)

const reportVendor = async (url: string, sent: unknown, answer: Response): Promise<void> => {
  try {
    report({ ...(await vendorCallOf(url, sent, answer)), kind: 'call', at: Date.now(), by })
  } catch {
    // An answer that was broken off has nothing to tell.
  }
}

const observe = (request: ClientRequest): ClientRequest => {
  const kept: Buffer[] = []
  const write = request.write.bind(request) as (...given: unknown[]) => boolean
  const end = request.end.bind(request) as (...given: unknown[]) => ClientRequest
  const keep = (chunk: unknown): void => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) kept.push(Buffer.from(chunk))
  }
  request.write = ((chunk: unknown, ...rest: unknown[]) => {
    keep(chunk)
    return write(chunk, ...rest)
  }) as typeof request.write
  request.end = ((chunk?: unknown, ...rest: unknown[]) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) {
      keep(chunk)
      if (kept.length === 1) return end(withCapacity(request, Buffer.from(chunk)), ...rest)
    }
    return end(chunk, ...rest)
  }) as typeof request.end
  request.prependOnceListener('response', (response: IncomingMessage) => {
    keepAnswer(response, (body) => {
      const sent = Buffer.concat(kept)
      const call = awsCallOf(request, sent, response.statusCode ?? 0, body)
      if (call) report({ ...call, kind: 'call', at: Date.now(), by })
      else if (isTextModel(request)) {
        const answer = new Response(body, { status: response.statusCode ?? 0 })
        void reportVendor(request.path, sent.toString(), answer)
      }
    })
  })
  return request
}

const request = http.request
http.request = ((...given: Parameters<typeof request>) =>
  observe(request(...given))) as typeof request
syncBuiltinESMExports()

const fetched = globalThis.fetch
globalThis.fetch = async (input, init) => {
  const response = await fetched(input, init)
  const url = String(input instanceof Request ? input.url : input)
  const copy = response.clone()
  void reportVendor(url, init?.body, copy)
  return response
}

const port = parentPort
if (!port) throw new Error('This file runs in a worker thread only')
let running: { event: string; startedAt: number; streamed: number } | undefined
port.on('message', (message: ToRuntime) => {
  if (message.type !== 'invoke') return
  running = { event: message.event, startedAt: performance.now(), streamed: 0 }
})
const post = port.postMessage.bind(port)
port.postMessage = (message: FromRuntime) => {
  if (running && message.type === 'chunk') running.streamed += message.chunk.byteLength
  if (running && ['result', 'failure', 'end'].includes(message.type)) {
    const answered = message.type === 'result' ? Buffer.byteLength(message.payload) : 0
    report({
      ...describeEvent(running.event),
      kind: 'invocation',
      at: Date.now(),
      by,
      milliseconds: performance.now() - running.startedAt,
      memoryMegabytes: Number(process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE),
      responseBytes: running.streamed + answered,
    })
    running = undefined
  }
  post(message)
}
