import type { Item } from '../clients/store.ts'
import { denseJson, parseDenseJson } from './dense-json.ts'

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

/** The same as bytes, for what is long; its order is kept as well. */
export const packDense = (values: object): Record<string, Uint8Array> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, denseJson(value)]],
    ),
  )

/** A document of either form; undefined for what is none. */
export const parseStored = (stored: unknown): unknown => {
  if (stored instanceof Uint8Array) return parseDenseJson(stored)
  return typeof stored === 'string' ? JSON.parse(stored) : undefined
}

/** The item with the named attributes parsed again, where it has them. */
export const unpackJson = (item: Item, names: readonly string[]): Item => ({
  ...item,
  ...Object.fromEntries(
    names.flatMap((name) => {
      const value = parseStored(item[name])
      return value === undefined ? [] : [[name, value]]
    }),
  ),
})
