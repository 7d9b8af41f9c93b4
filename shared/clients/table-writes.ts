import { toTable } from './table-values.ts'

export interface Key {
  PK: string
  SK: string
}
export type Item = Key & Record<string, unknown>

/** A DynamoDB condition; names are given in full as `#name` for every attribute `name` it mentions. */
export interface Condition {
  expression: string
  values?: Record<string, unknown>
}

export interface Update {
  update: Key
  set?: Record<string, unknown>
  clear?: string[]
  /** A number attribute that grows by one. */
  count?: string
  /** Number attributes that grow by these. */
  add?: Readonly<Record<string, number>>
  condition?: Condition
}

export type Write =
  | { put: Item; condition?: Condition }
  | Update
  | { remove: Key; condition?: Condition }

const placeholders = (expression: string): Record<string, string> =>
  Object.fromEntries(
    [...expression.matchAll(/#(\w+)/g)].map(([name, plain]) => [name, plain ?? '']),
  )

const conditionInput = (condition: Condition | undefined) =>
  condition === undefined
    ? {}
    : {
        ConditionExpression: condition.expression,
        ExpressionAttributeNames: placeholders(condition.expression),
        ...(condition.values === undefined
          ? {}
          : { ExpressionAttributeValues: toTable(condition.values) }),
      }

/** What a write adds to number attributes; a second time would count twice. */
export const additionsOf = (write: Write): [name: string, by: number][] =>
  'update' in write
    ? [
        ...(write.count === undefined ? [] : [[write.count, 1] as [string, number]]),
        ...Object.entries(write.add ?? {}),
      ]
    : []

const keyInput = ({ PK, SK }: Key) => toTable({ PK, SK })

/** A write as DynamoDB takes it: as a part of a transaction, or of a command of its own. */
export const writeInput = (TableName: string, write: Write) => {
  if ('put' in write) {
    return { Put: { TableName, Item: toTable(write.put), ...conditionInput(write.condition) } }
  }
  if ('remove' in write) {
    return {
      Delete: { TableName, Key: keyInput(write.remove), ...conditionInput(write.condition) },
    }
  }
  const sets = Object.entries(write.set ?? {})
  const added = additionsOf(write)
  const expression = [
    ...(sets.length > 0
      ? [`SET ${sets.map(([name]) => `#${name} = :set_${name}`).join(', ')}`]
      : []),
    ...(write.clear?.length ? [`REMOVE ${write.clear.map((name) => `#${name}`).join(', ')}`] : []),
    ...(added.length > 0
      ? [`ADD ${added.map(([name]) => `#${name} :add_${name}`).join(', ')}`]
      : []),
  ].join(' ')
  const values = {
    ...Object.fromEntries(added.map(([name, by]) => [`:add_${name}`, by])),
    ...Object.fromEntries(sets.map(([name, value]) => [`:set_${name}`, value])),
    ...write.condition?.values,
  }
  return {
    Update: {
      TableName,
      Key: keyInput(write.update),
      UpdateExpression: expression,
      ExpressionAttributeNames: placeholders(`${expression} ${write.condition?.expression ?? ''}`),
      ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: toTable(values) } : {}),
      ...(write.condition === undefined ? {} : { ConditionExpression: write.condition.expression }),
    },
  }
}
