import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import * as z from 'zod'

/** What the table was asked since the last reading. */
export interface Reading {
  requests: number
  /** Capacity units; a unit of writing is 1 KB of an item, two within a transaction. */
  writeUnits: number
  readUnits: number
}

/** A proxy in front of DynamoDB that adds up what is asked of it. */
export interface TableMeter {
  origin: string
  /** Tells where DynamoDB is; nothing may come before. */
  connect(endpoint: string): void
  /** Answers with what came since the last call of it. */
  read(): Reading
  close(): Promise<void>
}

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

  const count = (operation: string, answer: string): void => {
    const parsed = Answer.safeParse(JSON.parse(answer || '{}'))
    const units = parsed.data?.ConsumedCapacity.reduce((sum, one) => sum + one.CapacityUnits, 0)
    reading.requests += 1
    if (reads.has(operation)) reading.readUnits += units ?? 0
    else reading.writeUnits += units ?? 0
  }
  const forward = async (asked: IncomingMessage): Promise<{ status: number; body: string }> => {
    const body: object = JSON.parse(await text(asked))
    // The engine checks no signature, so the question may be added to.
    const sent = JSON.stringify({ ...body, ReturnConsumedCapacity: 'TOTAL' })
    const { host, 'content-length': length, ...headers } = asked.headers
    const passed = request(endpoint, {
      agent,
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(sent) },
    })
    passed.end(sent)
    const [answered] = (await once(passed, 'response')) as [IncomingMessage]
    const answer = await text(answered)
    count(String(asked.headers['x-amz-target']).split('.').at(-1) ?? '', answer)
    return { status: answered.statusCode ?? 500, body: answer }
  }
  const server = createServer(async (asked, response) => {
    const { status, body } = await forward(asked)
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connect(to) {
      endpoint = to
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
