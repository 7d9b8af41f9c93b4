import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import { now } from './clock.ts'
import type { EngineProcess } from './processes.ts'
import type { Contestant } from './rounds.ts'

/** What the floors are called among contestants. */
export const roundTrip = 'round trip'
export const put = 'put'

/** What no studio over HTTP and a table can be faster than; the unit of the targets. */
export interface Floor {
  roundTrip: Contestant
  put: Contestant
  close(): void
}

/**
 * @param server the address of a bare Node server
 * @param engine whose table engine gets the puts
 */
export const createFloor = (
  server: string,
  { dynamodb, table }: Pick<EngineProcess, 'dynamodb' | 'table'>,
): Floor => {
  const agent = new Agent({ keepAlive: true })
  const body = JSON.stringify({ message: '동백 핸드크림을 팔고 있어요.' })
  const client = new DynamoDBClient({
    endpoint: dynamodb,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  })
  const documents = DynamoDBDocumentClient.from(client)
  let puts = 0
  const timed = async (work: () => Promise<unknown>) => {
    const startedAt = now()
    await work()
    return { wall: now() - startedAt }
  }
  const askServer = async (): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    const headers = { 'content-type': 'application/json' }
    request(server, { agent, method: 'POST', headers }, (answer) => {
      text(answer).then(resolve, reject)
    })
      .on('error', reject)
      .end(body)
    await promise
  }
  const putOnce = (): Promise<unknown> => {
    puts += 1
    return documents.send(
      new PutCommand({
        TableName: table,
        Item: { PK: `BENCH#${process.pid}`, SK: `PUT#${puts}`, body },
        ConditionExpression: 'attribute_not_exists(PK)',
      }),
    )
  }
  return {
    roundTrip: { name: roundTrip, measure: () => timed(askServer) },
    put: { name: put, measure: () => timed(putOnce) },
    close() {
      agent.destroy()
      client.destroy()
    },
  }
}
