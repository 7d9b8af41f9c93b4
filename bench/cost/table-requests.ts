import * as z from 'zod'
import { itemBytes } from './aws-units.ts'
import type { TableRequest } from './records.ts'

/** Attributes as DynamoDB's protocol writes them: `{S: "…"}`. */
const Item = z.record(z.string(), z.record(z.string(), z.unknown()))
type Item = z.infer<typeof Item>

const Named = z.looseObject({ Item: Item.optional(), Key: Item.optional() })
const Body = z.looseObject({
  Item: Item.optional(),
  Key: Item.optional(),
  IndexName: z.string().optional(),
  KeyConditionExpression: z.string().optional(),
  ExpressionAttributeValues: Item.optional(),
  TransactItems: z.array(z.record(z.string(), Named)).optional(),
  RequestItems: z
    .record(z.string(), z.union([z.array(z.record(z.string(), Named)), z.unknown()]))
    .optional(),
})

const capacity = z.looseObject({ CapacityUnits: z.number() })
const Answer = z.looseObject({
  ConsumedCapacity: z.union([capacity.transform((one) => [one]), z.array(capacity)]).default([]),
})

const textOf = (item: Item | undefined, name: string): string => String(item?.[name]?.S ?? '')

const keyOf = (item: Item | undefined) => ({ pk: textOf(item, 'PK'), sk: textOf(item, 'SK') })

/** The partition and the beginning of the range that a query's expression compares with. */
const rangeOf = ({ ExpressionAttributeValues = {} }: z.infer<typeof Body>) => {
  const values = Object.values(ExpressionAttributeValues).map((value) => String(value.S ?? ''))
  return { pk: values[0] ?? '', sk: values[1] ?? '' }
}

const writesOf = (body: z.infer<typeof Body>) => {
  const inBatch = Object.values(body.RequestItems ?? {}).flatMap((requests) =>
    Array.isArray(requests) ? (requests as Record<string, z.infer<typeof Named>>[]) : [],
  )
  return [...(body.TransactItems ?? []), ...inBatch].flatMap((each) => Object.values(each))
}

const reads = new Set(['GetItem', 'Query', 'Scan', 'BatchGetItem', 'TransactGetItems'])

/** Which DynamoDB requests tell what they consume. */
export const asksForCapacity = (operation: string): boolean =>
  operation !== 'DescribeTable' && operation !== 'DescribeTimeToLive'

/** Reads a request of DynamoDB's protocol and its answer, which tells the capacity it has consumed. */
export const readTableRequest = (
  operation: string,
  sent: string,
  received: string,
  status: number,
): TableRequest => {
  const body = Body.parse(JSON.parse(sent))
  const answer = Answer.safeParse(JSON.parse(received || '{}'))
  const units = (answer.data?.ConsumedCapacity ?? []).reduce(
    (sum, one) => sum + one.CapacityUnits,
    0,
  )
  const isRead = reads.has(operation)
  const isQuery = operation === 'Query' || operation === 'Scan'
  const writes = writesOf(body)
  const named = writes.length > 0 ? writes : isQuery ? [] : [body]
  const keys = isQuery ? [rangeOf(body)] : named.map(({ Item: item, Key }) => keyOf(item ?? Key))
  const sizes = named.map(({ Item: item, Key }) => Math.ceil(itemBytes(item ?? Key ?? {}) / 1024))
  const all = sizes.reduce((sum, size) => sum + size, 0) || 1
  return {
    operation,
    keys,
    index: body.IndexName,
    writeUnits: isRead ? 0 : units,
    readUnits: isRead ? units : 0,
    heat: isRead
      ? []
      : keys.map((key, index) => ({ ...key, units: (units * (sizes[index] ?? 0)) / all })),
    storedBytes: named.reduce((sum, { Item: item }) => sum + (item ? itemBytes(item) : 0), 0),
    refused: status >= 400,
  }
}
