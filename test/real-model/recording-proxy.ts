import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as bodyText } from 'node:stream/consumers'

export interface RecordedCall {
  path: string
  body: Record<string, unknown>
  status: number
}

export interface RecordingProxy {
  url: string
  calls: RecordedCall[]
  stop(): Promise<void>
}

/** Passes every request on to the server at `target`, and remembers it with the status of its answer. */
export const startRecordingProxy = async (target: string): Promise<RecordingProxy> => {
  const calls: RecordedCall[] = []
  const { origin, pathname: prefix } = new URL(target)
  const server = createServer(async (request, response) => {
    const body = await bodyText(request)
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    try {
      const answer = await fetch(`${origin}${request.url}`, {
        method: request.method ?? 'GET',
        headers: { 'content-type': 'application/json' },
        ...(body === '' ? {} : { body }),
        signal: gone.signal,
      })
      calls.push({
        path: request.url ?? '',
        body: body === '' ? {} : JSON.parse(body),
        status: answer.status,
      })
      response.writeHead(answer.status, {
        'content-type': answer.headers.get('content-type') ?? 'application/json',
      })
      for await (const chunk of answer.body ?? []) response.write(chunk)
      response.end()
    } catch {
      // The caller has gone, or the server has: either way there is no one to answer.
      response.destroy()
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`,
    calls,
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
