/**
 * Runs in the worker thread of one function instance: loads the deployed bundle once, then handles
 * events as Lambda's Node.js runtime does, each as it comes.
 */
import { existsSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import { ControlCalls, handOver } from './control-requests.ts'
import type {
  ErrorReport,
  FromRuntime,
  Invocation,
  RuntimeSettings,
  StreamHead,
  ToRuntime,
} from './messages.ts'

type Handler = (event: unknown, ...rest: unknown[]) => unknown

/** The mark by which Lambda's runtime knows a streaming handler, also behind a wrapper's back. */
const streamingMark = Symbol.for('aws.lambda.runtime.handler.streaming')

const port = parentPort
if (!port) throw new Error('This file runs in a worker thread only')
const settings: RuntimeSettings = workerData

/** The responses of the invocations that are served, by request id. */
const streamed = new Map<string, ResponseStream>()

const send = (message: FromRuntime): void => {
  port?.postMessage(message)
}

/** Hands every chunk to the engine and takes the next only when the reader took this one. */
class ResponseStream extends Writable {
  readonly requestId: string
  #head: StreamHead = { headers: { 'content-type': 'application/octet-stream' } }
  #started = false
  #taken: (() => void) | undefined

  constructor(requestId: string) {
    super()
    this.requestId = requestId
  }

  setContentType(contentType: string): void {
    this.#head = { headers: { 'content-type': contentType } }
  }

  setHead(head: StreamHead): void {
    this.#head = head
  }

  start(): void {
    if (this.#started) return
    this.#started = true
    send({ type: 'head', requestId: this.requestId, head: this.#head })
  }

  taken(): void {
    this.#taken?.()
  }

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.start()
    this.#taken = done
    // A copy, because a small Buffer is a window on a pool that would travel along.
    send({ type: 'chunk', requestId: this.requestId, chunk: new Uint8Array(chunk) })
  }

  override _final(done: () => void): void {
    this.start()
    done()
  }
}

Object.assign(globalThis, {
  awslambda: {
    streamifyResponse: (handler: Handler) =>
      Object.assign(handler, { [streamingMark]: 'response' }),
    HttpResponseStream: {
      from: (stream: ResponseStream, head: StreamHead) => {
        stream.setHead(head)
        return stream
      },
    },
  },
})

const loadHandler = async (): Promise<Handler> => {
  const dot = settings.handler.lastIndexOf('.')
  const base = join(settings.codeDirectory, settings.handler.slice(0, dot))
  const name = settings.handler.slice(dot + 1)
  const file = ['.mjs', '.js', '.cjs'].map((end) => base + end).find(existsSync)
  if (!file) throw new Error(`Cannot find module '${base}'`)
  const loaded: Record<string, unknown> = await import(pathToFileURL(file).href)
  const handler = loaded[name]
  if (!isHandler(handler)) throw new Error(`${settings.handler} is undefined or not exported`)
  return handler
}

const isHandler = (value: unknown): value is Handler => typeof value === 'function'

const contextOf = (invocation: Invocation): object => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName: invocation.functionName,
  functionVersion: '$LATEST',
  invokedFunctionArn: invocation.functionArn,
  memoryLimitInMB: String(invocation.memoryMegabytes),
  awsRequestId: invocation.requestId,
  logGroupName: `/aws/lambda/${invocation.functionName}`,
  logStreamName: 'local',
  getRemainingTimeInMillis: () => Math.max(0, invocation.deadline - Date.now()),
})

const handle = async (handler: Handler, invocation: Invocation): Promise<void> => {
  const { requestId, trace } = invocation
  // The handler reads it before it waits for anything, so that no other event's comes between.
  if (trace !== undefined) process.env._X_AMZN_TRACE_ID = trace
  try {
    const event: unknown = JSON.parse(invocation.event)
    if (streamingMark in handler) await stream(handler, event, invocation)
    else {
      const result = await handler(event, contextOf(invocation))
      send({ type: 'result', requestId, payload: JSON.stringify(result) ?? 'null' })
    }
  } catch (error) {
    send({ type: 'failure', requestId, error: report(error) })
  }
  // A thread that is ended would not do it, and the event may have loaded further parts.
  flushCompileCache()
}

const stream = async (handler: Handler, event: unknown, invocation: Invocation): Promise<void> => {
  const { requestId } = invocation
  const response = new ResponseStream(requestId)
  streamed.set(requestId, response)
  const failed = new Promise<never>((_, reject) => response.once('error', reject))
  const finished = new Promise<void>((resolve) => response.once('finish', resolve))
  try {
    await Promise.race([handler(event, response, contextOf(invocation)), failed])
    if (!response.writableEnded) response.end()
    await Promise.race([finished, failed])
  } catch (error) {
    // What it had still to write is dropped.
    response.destroy()
    throw error
  } finally {
    streamed.delete(requestId)
  }
  send({ type: 'end', requestId })
}

const report = (error: unknown): ErrorReport => {
  if (!(error instanceof Error)) {
    return { errorType: typeof error, errorMessage: String(error), trace: [] }
  }
  return {
    errorType: error.name,
    errorMessage: error.message,
    trace: (error.stack ?? '').split('\n'),
  }
}

const calls = new ControlCalls((queued) => send({ type: 'calls', calls: queued }))
handOver(settings.controlOrigin, calls)
// Lambda's environment has no such variable.
delete process.env.NODE_COMPILE_CACHE
try {
  for (const url of settings.preload) await import(url)
  const handler = await loadHandler()
  port.on('message', (message: ToRuntime) => {
    if (message.type === 'invoke') void handle(handler, message)
    else if (message.type === 'answers') calls.answered(message.answers)
    else streamed.get(message.requestId)?.taken()
  })
  send({ type: 'ready' })
} catch (error) {
  send({ type: 'unready', error: report(error) })
}
