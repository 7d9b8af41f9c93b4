import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { toTable } from '../shared/clients/table-values.ts'
import { tableClientAt } from '../test/support/aws/table-engine.ts'
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
  // As lean as the studio's own: what a client costs is no part of a floor.
  const client = tableClientAt(dynamodb)
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
    return client.send('DynamoDB_20120810.PutItem', {
      TableName: table,
      Item: toTable({ PK: `BENCH#${process.pid}`, SK: `PUT#${puts}`, body }),
      ConditionExpression: 'attribute_not_exists(PK)',
    })
  }
  return {
    roundTrip: { name: roundTrip, measure: () => timed(askServer) },
    put: { name: put, measure: () => timed(putOnce) },
    close() {
      agent.destroy()
    },
  }
}
