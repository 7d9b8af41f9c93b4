import { setTimeout } from 'node:timers/promises'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb'
import type { Engine } from '../../local/engine.ts'
import { itemKinds, kindOf } from './items.ts'

type Item = Record<string, unknown>

/** Attributes that sign or admit: their values are no example. The secret of a webhook is stored by its name alone. */
const secret = /(?:token|secret|digest|hash)$/i
const isObject = (value: string): boolean => value.startsWith('{')

/** The key first, then the rest by name: the table keeps no order. */
const inOrder = ({ PK, SK, ...rest }: Item): Item => ({
  PK,
  SK,
  ...Object.fromEntries(Object.entries(rest).toSorted(([one], [other]) => (one < other ? -1 : 1))),
})

const asCommitted = (item: Item, origin: string): Item =>
  JSON.parse(
    JSON.stringify(inOrder(item), (name, value) => {
      if (value instanceof Uint8Array) return `(${value.byteLength} bytes)`
      const isSecret = secret.test(name) && typeof value === 'string' && !isObject(value)
      return isSecret ? `${value.slice(0, 8)}…` : value
    })
      .replaceAll(origin, 'https://studio.example')
      .replaceAll(/http:\/\/hooks\.localhost:\d+/g, 'https://hooks.example')
      .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'https://media.example'),
  )

const lookEveryMs = 50

const sizeOf = (item: Item | undefined): number => JSON.stringify(item ?? '').length

/** Keeps the largest item of each kind, which shows the most of it, in the table of a running studio. */
export interface ItemRecorder {
  /** @throws Error for an item of no kind */
  look(): Promise<void>
  /** Looks again and again, since some items live for a moment only. @throws Error for an item of no kind */
  watch(signal: AbortSignal): Promise<void>
  /** @throws Error that names the kinds that no look has found */
  examples(): Record<string, Item>
}

export const createItemRecorder = (engine: Engine): ItemRecorder => {
  const found = new Map<string, Item>()
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: engine.endpoints.dynamodb,
      region: 'us-east-1',
      credentials: engine.credentials,
    }),
  )
  const look = async (): Promise<void> => {
    const { TableNames: [TableName] = [] } = await client.send(new ListTablesCommand({}))
    for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
      for (const item of Items) {
        const kind = kindOf({ PK: String(item.PK), SK: String(item.SK) })
        if (!kind) throw new Error(`docs/reference/items.ts has no kind for ${item.PK} ${item.SK}`)
        const example = asCommitted(item, engine.origin)
        if (sizeOf(example) > sizeOf(found.get(kind.name))) found.set(kind.name, example)
      }
    }
  }
  return {
    look,
    watch: async (signal) => {
      for (;;) {
        await look()
        if (signal.aborted) return
        await setTimeout(lookEveryMs)
      }
    },
    examples: () => {
      const missing = itemKinds.filter(({ name }) => !found.has(name)).map(({ name }) => name)
      if (missing.length > 0) throw new Error(`No scene left an item of: ${missing.join('; ')}`)
      return Object.fromEntries(itemKinds.map(({ name }) => [name, found.get(name) ?? {}]))
    },
  }
}
