import { createStore } from '../shared/clients/store.ts'
import type { TableClient } from '../shared/clients/table-client.ts'
import { fromTable, type TableItem, toTable } from '../shared/clients/table-values.ts'
import type { EventDraft } from '../shared/contracts/events.ts'
import { systemClock } from '../shared/platform/clock.ts'
import { createEventRepository } from '../shared/repositories/event-repository.ts'
import { eventRange } from '../shared/repositories/table-keys.ts'
import { tableClientAt } from '../test/support/aws/table-engine.ts'
import { type Client, startSession } from '../test/support/studio/client.ts'
import { now } from './clock.ts'
import type { FromEngine } from './engine-main.ts'
import { aimedAt, atMost, headline, type Row, rowOf } from './statistics.ts'

const logLength = 10_000
/** The maximum number of items of a transaction. */
const batchSize = 100
const pageEvents = 1000
/** Repetitions, after others that only warm up. */
const repetitions = 25
const warmUps = 15

const drafts: EventDraft[] = Array.from({ length: batchSize }, (_, index) => ({
  type: 'planner.delta',
  data: { text: `동백 오일의 향을 먼저 보여 주면 좋겠어요 ${index}`, turn: 1, try: 1 },
}))

const timed = async (read: () => Promise<number>): Promise<number> => {
  const startedAt = now()
  const count = await read()
  if (count !== logLength) throw new Error(`Read ${count} events instead of ${logLength}.`)
  return now() - startedAt
}

const readBare = async (
  client: TableClient,
  table: string,
  sessionId: string,
  after: number,
): Promise<number> => {
  const { pk, from, to } = eventRange(sessionId, after)
  let count = 0
  let next: TableItem | undefined
  do {
    const page = await client.send('DynamoDB_20120810.Query', {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'PK = :pk AND SK BETWEEN :from AND :to',
      ExpressionAttributeValues: toTable({ ':pk': pk, ':from': from, ':to': to }),
      ...(next ? { ExclusiveStartKey: next } : {}),
    })
    // An item has the seq of its first event in its key, and that of its last as an attribute.
    for (const { SK, seq } of (page.Items ?? []).map(fromTable)) {
      count += Number(seq) - Math.max(after, Number(String(SK).slice('EVENT#'.length)) - 1)
    }
    next = page.LastEvaluatedKey
  } while (next)
  return count
}

const readOverHttp = async (client: Client, sessionId: string, after: number): Promise<number> => {
  let count = 0
  for (let at = after; count < logLength; ) {
    const path = `/api/chat/session/${sessionId}/events?after=${at}&limit=${pageEvents}`
    const { body } = await client.get(path)
    count += body.events.length
    at = body.next_after
  }
  return count
}

/** Reading a long log, through the repository and over HTTP, against the bare query of its items. */
export const measureLogReading = async ({
  origin,
  dynamodb,
  table,
}: FromEngine): Promise<Row[]> => {
  const tableClient = tableClientAt(dynamodb)
  const events = createEventRepository(createStore(tableClient, table), systemClock)
  const { client, sessionId } = await startSession(origin)
  const writer = events.writer(sessionId)
  for (let written = 0; written < logLength; written += batchSize) await writer.append(drafts)
  const after = (await events.lastSeq(sessionId)) - logLength

  const bare = () => readBare(tableClient, table, sessionId, after)
  const throughRepository = async (): Promise<number> =>
    (await events.read(sessionId, after, logLength)).events.length
  const overHttp = () => readOverHttp(client, sessionId, after)

  const ratios: Record<'repository' | 'http', number[]> = { repository: [], http: [] }
  const bareTimes: number[] = []
  for (let repetition = -warmUps; repetition < repetitions; repetition += 1) {
    const base = await timed(bare)
    const repository = await timed(throughRepository)
    const http = await timed(overHttp)
    if (repetition < 0) continue
    bareTimes.push(base)
    ratios.repository.push(repository / base)
    ratios.http.push(http / base)
  }
  return [
    headline(
      'reading 10,000 events, beside the bare query',
      rowOf(
        'reading 10,000 events against the bare query',
        ratios.repository,
        '×',
        atMost(1.2, '×'),
      ),
    ),
    rowOf(
      '  over HTTP, in pages of 1,000',
      ratios.http,
      '×',
      aimedAt(atMost(2, '×'), atMost(4, '×')),
    ),
    rowOf('  the bare query', bareTimes, 'ms'),
  ]
}
