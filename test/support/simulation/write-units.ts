import type { Item } from '../../../shared/clients/store.ts'
import { openIndex, ownerIndex } from '../../../shared/rules/storage-layout.ts'
import { bytesOf, type Change } from './memory-table.ts'

const kilobytes = (item: Item | undefined): number =>
  item === undefined ? 0 : Math.max(1, Math.ceil(bytesOf(item) / 1024))

/** Entries of keys that are written to an index or removed from it. */
const entries = (
  { before, after }: Change,
  { partition, sort }: typeof ownerIndex | typeof openIndex,
) => {
  const entryOf = (item: Item | undefined): string | undefined =>
    item?.[partition] === undefined ? undefined : `${item[partition]} ${item[sort]}`
  const [old, made] = [entryOf(before), entryOf(after)]
  return old === made ? 0 : Number(old !== undefined) + Number(made !== undefined)
}

/** Write units that DynamoDB charges for a write: a kilobyte of the larger form each, all of it twice in a transaction. */
export const writeUnits = (changes: readonly Change[]): number => {
  const units = changes.reduce(
    (sum, change) =>
      sum +
      Math.max(kilobytes(change.before), kilobytes(change.after)) +
      entries(change, ownerIndex) +
      entries(change, openIndex),
    0,
  )
  return changes.length > 1 ? 2 * units : units
}
