import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { AwsRefusal } from '../../../shared/clients/aws-request.ts'
import {
  ConditionFailed,
  createStore,
  itemsOf,
  type Page,
  type Paging,
  pagesOf,
  type Range,
  type Write,
} from '../../../shared/clients/store.ts'
import type { TableClient } from '../../../shared/clients/table-client.ts'

const refusal = (name: string, details: object = {}): AwsRefusal =>
  new AwsRefusal({ status: 400, requestId: undefined, errorType: undefined, body: '' }, name, {
    ...details,
  })
const conflict = refusal('TransactionConflictException')
const cancelled = (...codes: string[]) =>
  refusal('TransactionCanceledException', {
    CancellationReasons: codes.map((Code) => ({ Code })),
  })

/** A store whose table answers with each of these in turn, and then takes everything. */
const storeThat = (...answers: Error[]) => {
  const sent: ('transaction' | 'single')[] = []
  const client: TableClient = {
    async send(operation) {
      sent.push(operation.endsWith('TransactWriteItems') ? 'transaction' : 'single')
      const answer = answers.shift()
      if (answer) throw answer
      return {}
    },
    deleteItems: async () => {},
  }
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

describe('a range', () => {
  const range = { pk: 'A', from: '!', to: '\uffff' }

  /** A store that answers with pages of so many items, whatever limit it gets, and then ends. */
  const storeOf = (...sizes: number[]) => {
    const asked: Pick<Range, 'limit' | 'after'>[] = []
    const answers = sizes.values()
    const store = {
      async query({ limit, after }: Range): Promise<Page> {
        asked.push({ ...(limit === undefined ? {} : { limit }), ...(after ? { after } : {}) })
        const items = Array.from({ length: answers.next().value ?? 0 }, () => key)
        const next = asked.length < sizes.length ? { page: asked.length } : undefined
        return { items, next }
      },
    }
    return { store, asked }
  }
  const sizesOf = async (sizes: number[], paging?: Paging) => {
    const { store, asked } = storeOf(...sizes)
    const found: number[] = []
    for await (const { items } of pagesOf(store, range, paging)) found.push(items.length)
    return { found, asked }
  }

  it('is read to its end, each page behind the one before', async () => {
    const { found, asked } = await sizesOf([2, 0, 1])
    expect(found).toEqual([2, 0, 1])
    expect(asked).toEqual([{}, { after: { page: 1 } }, { after: { page: 2 } }])
    const { store } = storeOf(2, 0, 1)
    expect(await itemsOf(store, range)).toEqual([key, key, key])
  })

  it('asks for no more than is still wanted, and stops when it has that', async () => {
    const { asked } = await sizesOf([3, 0, 2, 4], { total: 5 })
    expect(asked.map(({ limit }) => limit)).toEqual([5, 2, 2])
  })

  it('asks for no more than a page', async () => {
    const { asked } = await sizesOf([3, 3, 1], { total: 7, pageSize: 3 })
    expect(asked.map(({ limit }) => limit)).toEqual([3, 3, 1])
    expect((await sizesOf([4, 4], { pageSize: 4 })).asked.map(({ limit }) => limit)).toEqual([4, 4])
  })

  it('reads no page that its reader does not come for', async () => {
    const { store, asked } = storeOf(1, 1, 1)
    for await (const _ of pagesOf(store, range)) break
    expect(asked).toHaveLength(1)
  })

  it('is asked for ahead of its reader where that is wanted, and for no more than is', async () => {
    const { store, asked } = storeOf(2, 2, 2)
    const seen: number[] = []
    for await (const _ of pagesOf(store, range, { total: 4, isAhead: true })) {
      seen.push(asked.length)
    }
    expect(seen).toEqual([2, 2])
    expect(asked.map(({ limit }) => limit)).toEqual([4, 2])
  })

  it('that was asked for ahead fails its reader when that comes for it, and nothing before', async () => {
    const { store } = storeOf(1, 1)
    const pages = pagesOf(
      { query: (asked) => (asked.after ? Promise.reject(conflict) : store.query(asked)) },
      range,
      { isAhead: true },
    )
    expect((await pages.next()).done).toBe(false)
    await setImmediate()
    await expect(pages.next()).rejects.toBe(conflict)
  })
})
