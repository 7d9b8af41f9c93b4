import { Writable } from 'node:stream'
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda'

/** What a function URL received: head, text, and a reader that takes no chunk before `hurry`. */
export class SlowReader extends Writable {
  head: { statusCode?: number; headers?: Record<string, string> } = {}
  /** Whether anything came, be it the head alone. */
  begun = false
  text = ''
  private waiting: (() => void) | undefined
  private hurried = false

  constructor() {
    super({ highWaterMark: 16 * 1024, decodeStrings: false })
  }

  override _write(chunk: string, _encoding: string, done: () => void): void {
    this.begun = true
    this.text += chunk
    // The head goes out with an empty write, which every reader takes.
    if (this.hurried || chunk === '') done()
    else this.waiting = done
  }

  /** From now on it takes everything at once. */
  hurry(): void {
    this.hurried = true
    this.waiting?.()
  }
}

type StreamedHandler = (event: unknown, stream: Writable, context: Context) => Promise<void>

/** Gives the process what Lambda's runtime gives a function that streams. */
export const provideStreaming = (): void => {
  Object.assign(globalThis, {
    awslambda: {
      streamifyResponse: (handler: StreamedHandler) => handler,
      HttpResponseStream: {
        from: (stream: SlowReader, head: SlowReader['head']) => Object.assign(stream, { head }),
      },
    },
  })
}

/** A request as a function URL hands it over. */
export const urlEvent = (
  method: string,
  path: string,
  more: { headers?: Record<string, string>; query?: Record<string, string>; body?: unknown } = {},
): APIGatewayProxyEventV2 => {
  const { headers = {}, query, body } = more
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers,
    ...(query ? { queryStringParameters: query } : {}),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    isBase64Encoded: false,
    requestContext: {
      accountId: 'anonymous',
      apiId: 'url',
      domainName: 'url.example',
      domainPrefix: 'url',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      requestId: 'request',
      routeKey: '$default',
      stage: '$default',
      time: '',
      timeEpoch: 0,
    },
  }
}

/** A function's context with a minute left. */
export const minuteLeft = { getRemainingTimeInMillis: () => 60_000 } as Context
