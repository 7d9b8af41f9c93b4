import {
  DynamoDBClient,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { describe, expect, it } from 'vitest'
import { ConditionFailed, createStore, type Write } from '../../../shared/clients/store.ts'

const metadata = { $metadata: {}, message: 'refused' }
const conflict = new TransactionConflictException(metadata)
const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    ...metadata,
    CancellationReasons: codes.map((Code) => ({ Code })),
  })

/** A store whose table answers with each of these in turn, and then takes everything. */
const storeThat = (...answers: Error[]) => {
  const sent: ('transaction' | 'single')[] = []
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      region: 'ap-northeast-2',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    }),
  )
  client.middlewareStack.add(
    () =>
      async ({ input }) => {
        sent.push('TransactItems' in input ? 'transaction' : 'single')
        const answer = answers.shift()
        if (answer) throw answer
        return { output: { $metadata: {} }, response: {} }
      },
    // Nothing is sent.
    { step: 'initialize', priority: 'low', name: 'table' },
  )
  return { store: createStore(client, 'table'), sent }
}

const key = { PK: 'A', SK: 'B' }
const put: Write = { put: key, condition: { expression: 'attribute_not_exists(#PK)' } }

describe('a write that meets a transaction on the same item', () => {
  it.each([
    ['alone', [put], conflict],
    ['in a transaction', [put, { put: { PK: 'A', SK: 'C' } }], cancelled('TransactionConflict')],
  ] as const)('is sent again: %s', async (_, writes, answer) => {
    const { store, sent } = storeThat(answer, answer)
    await store.write([...writes])
    expect(sent).toHaveLength(3)
  })

  it('is given up after eight tries', async () => {
    const { store, sent } = storeThat(...Array<Error>(8).fill(conflict))
    await expect(store.write([put])).rejects.toBe(conflict)
    expect(sent).toHaveLength(8)
  })

  it('is not sent again when a condition was refused as well', async () => {
    const { store, sent } = storeThat(cancelled('TransactionConflict', 'ConditionalCheckFailed'))
    await expect(store.write([put, put])).rejects.toMatchObject({ failed: [1] })
    expect(sent).toHaveLength(1)
  })
})

it('a count goes as a transaction, whose token keeps it from being taken twice', async () => {
  const { store, sent } = storeThat(cancelled('ConditionalCheckFailed'))
  const count: Write = { update: key, count: 'calls' }
  await expect(store.write([count])).rejects.toBeInstanceOf(ConditionFailed)
  await store.write([count])
  await store.write([put])
  expect(sent).toEqual(['transaction', 'transaction', 'single'])
})
