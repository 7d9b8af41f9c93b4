import type { Item } from '../clients/store.ts'

/**
 * Objects are stored as JSON text: a DynamoDB map does not keep the order of its keys, and two reads
 * should give the same bytes.
 */
export const packJson = <T extends object>(values: T): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
    ]),
  )

/** The item with the named attributes parsed again, where it has them. */
export const unpackJson = (item: Item, names: readonly string[]): Item => ({
  ...item,
  ...Object.fromEntries(
    names.flatMap((name) => {
      const text = item[name]
      return typeof text === 'string' ? [[name, JSON.parse(text)]] : []
    }),
  ),
})
