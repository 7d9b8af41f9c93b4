import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'

/** The table's load since the last reading. */
export interface Reading {
  requests: number
  /** Capacity units; a KB written takes one, and two within a transaction. */
  writeUnits: number
  readUnits: number
}

/** A proxy in front of DynamoDB that adds up requests and capacity. */
export interface TableMeter {
  origin: string
  /** Sets DynamoDB's address; required before the first request. */
  connect(endpoint: string): void
  /** Returns the load since the last call. */
  read(): Reading
  /** Resolves when there was no request for a second. */
  quiet(): Promise<void>
  close(): Promise<void>
}

const quietMs = 1_000

const reads = new Set(['GetItem', 'Query', 'Scan', 'BatchGetItem', 'TransactGetItems'])

const capacity = z.object({ CapacityUnits: z.number() })
const Answer = z.object({
  ConsumedCapacity: z.union([capacity.transform((one) => [one]), z.array(capacity)]).default([]),
})

const nothing = (): Reading => ({ requests: 0, writeUnits: 0, readUnits: 0 })

export const startTableMeter = async (): Promise<TableMeter> => {
  const agent = new Agent({ keepAlive: true })
  let endpoint = ''
  let reading = nothing()
  let requests = 0

  const count = (operation: string, answer: string): void => {
    const parsed = Answer.safeParse(JSON.parse(answer || '{}'))
    const units = parsed.data?.ConsumedCapacity.reduce((sum, one) => sum + one.CapacityUnits, 0)
    requests += 1
    reading.requests += 1
    if (reads.has(operation)) reading.readUnits += units ?? 0
    else reading.writeUnits += units ?? 0
  }
  const forward = async (incoming: IncomingMessage): Promise<{ status: number; body: string }> => {
    const body: object = JSON.parse(await text(incoming))
    // The local engine does not check signatures, so the request may be changed.
    const sent = JSON.stringify({ ...body, ReturnConsumedCapacity: 'TOTAL' })
    const { host, 'content-length': length, ...headers } = incoming.headers
    const outgoing = request(endpoint, {
      agent,
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(sent) },
    })
    outgoing.end(sent)
    const [answered] = (await once(outgoing, 'response')) as [IncomingMessage]
    const answer = await text(answered)
    count(String(incoming.headers['x-amz-target']).split('.').at(-1) ?? '', answer)
    return { status: answered.statusCode ?? 500, body: answer }
  }
  const server = createServer(async (incoming, response) => {
    const { status, body } = await forward(incoming)
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connect(to) {
      endpoint = to
    },
    async quiet() {
      let seen = -1
      while (seen !== requests) {
        seen = requests
        await sleep(quietMs)
      }
    },
    read() {
      const last = reading
      reading = nothing()
      return last
    },
    async close() {
      server.closeAllConnections()
      server.close()
      agent.destroy()
      await once(server, 'close')
    },
  }
}
