import {
  additionsOf,
  ConditionFailed,
  type Item,
  type Key,
  type Page,
  type Range,
  type Write,
} from '../../../shared/clients/store.ts'
import { compared, holds } from './condition-expression.ts'

/** What a write did to one item. */
export interface Change {
  before: Item | undefined
  after: Item | undefined
}

/** The table in memory, without a network: each call takes effect at once. */
export interface MemoryTable {
  /** Reads the item whatever its `ttl` says. */
  get(key: Key): Item | undefined
  query(range: Range): Page
  /** All or nothing. @throws ConditionFailed, or Error where DynamoDB refuses the request itself */
  write(writes: Write[]): void
  erase(keys: Key[]): void
  /** Every item, in no order. */
  items(): Item[]
  /** Writes that took effect so far, and what the last of them did. */
  latest(): { number: number; changes: Change[] }
}

/** Writes that one transaction may hold. */
const maxWrites = 100

const copied = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(copied)
  if (value instanceof Uint8Array) return value.slice()
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, part]) =>
      part === undefined ? [] : [[name, copied(part)]],
    ),
  )
}
const copyOf = (item: Item): Item => copied(item) as Item

const keyOf = (write: Write): Key =>
  'put' in write ? write.put : 'remove' in write ? write.remove : write.update

const nameOf = ({ PK, SK }: Key): string => JSON.stringify([PK, SK])

/** Bytes of an item and of its keys that DynamoDB takes. */
const maxItemBytes = 400 * 1024
const maxKeyBytes = { PK: 2048, SK: 1024 }

/** What DynamoDB says of a request that it refuses as such. */
class ValidationException extends Error {
  override readonly name = 'ValidationException'
}

export const bytesOf = (value: unknown): number => {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new ValidationException('A string holds half a character.')
    return Buffer.byteLength(value)
  }
  if (value instanceof Uint8Array) return value.byteLength
  if (typeof value !== 'object' || value === null) return 8
  return Object.entries(value).reduce(
    (sum, [name, part]) => sum + Buffer.byteLength(name) + bytesOf(part),
    0,
  )
}

const checkKey = ({ PK, SK }: Key): void => {
  const isTooLong = bytesOf(PK) > maxKeyBytes.PK || bytesOf(SK) > maxKeyBytes.SK
  if (isTooLong) throw new ValidationException('A key is over its limit.')
}

const checkItem = (item: Item | undefined): void => {
  if (item === undefined) return
  checkKey(item)
  if (bytesOf(item) > maxItemBytes) throw new ValidationException('Item size is over the limit.')
}

/** The item after a write whose condition held. */
const applied = (write: Write, before: Item | undefined): Item | undefined => {
  if ('remove' in write) return undefined
  if ('put' in write) return copyOf(write.put)
  const { update, set = {}, clear = [] } = write
  const added = additionsOf(write)
  const named = [...Object.keys(set), ...clear, ...added.map(([name]) => name)]
  if (named.length === 0) throw new Error('An update must change something.')
  if (new Set(named).size < named.length) throw new Error('Two paths of the update overlap.')
  if (named.includes('PK') || named.includes('SK')) throw new Error('A key cannot be updated.')
  if (Object.values(set).includes(undefined)) throw new Error('An update sets no value.')
  const after: Item = { ...before, ...(copied(set) as object), PK: update.PK, SK: update.SK }
  for (const name of clear) delete after[name]
  for (const [name, by] of added) {
    const counted = after[name] ?? 0
    if (typeof counted !== 'number') throw new Error(`${name} is no number.`)
    after[name] = counted + by
  }
  return after
}

/** One page of a range, out of every item that it may hold. */
const pageOf = (
  candidates: Item[],
  { pk, from, to, newestFirst, limit, after, index }: Range,
): Page => {
  const [partition, sort] = index ? [index.partition, index.sort] : ['PK', 'SK']
  if (limit !== undefined && limit < 1) throw new Error('A limit is at least 1.')
  const direction = newestFirst ? -1 : 1
  const found = candidates
    .filter((item) => item[partition] === pk)
    .filter((item) => compared(item[sort], from) >= 0 && compared(item[sort], to) <= 0)
    .filter((item) => !after || direction * compared(item[sort], after[sort]) > 0)
    .sort((one, other) => direction * compared(one[sort], other[sort]))
  const page = found.slice(0, limit)
  const last = page.at(-1)
  // DynamoDB stops at the limit without a look at what comes behind it.
  const stopped = last !== undefined && page.length === limit
  const keysOf = ({ PK, SK, ...item }: Item): Item => ({
    PK,
    SK,
    [partition]: item[partition] ?? PK,
    [sort]: item[sort] ?? SK,
  })
  return {
    items: page.map(index ? keysOf : copyOf),
    next: stopped ? keysOf(last) : undefined,
  }
}

/** What a transaction would change. @throws ConditionFailed, or Error where DynamoDB refuses the request itself */
const changesOf = (writes: Write[], get: (key: Key) => Item | undefined): Change[] => {
  const names = writes.map((write) => nameOf(keyOf(write)))
  if (writes.length > maxWrites) throw new Error('Too many writes in one transaction.')
  if (new Set(names).size < names.length) throw new Error('Two writes meet on one item.')
  const changes = writes.map((write) => {
    const before = get(keyOf(write))
    return { before, held: holds(write.condition, before), after: applied(write, before) }
  })
  const failed = changes.flatMap(({ held }, position) => (held ? [] : [position]))
  if (failed.length > 0) throw new ConditionFailed(failed, undefined)
  for (const { after } of changes) checkItem(after)
  return changes
}

/** @param onChanges receives each write that took effect, all of a transaction at once */
export const createMemoryTable = (
  onChanges: (changes: Change[], table: MemoryTable) => void = () => {},
): MemoryTable => {
  const partitions = new Map<string, Map<string, Item>>()
  let latest: { number: number; changes: Change[] } = { number: 0, changes: [] }

  const get = ({ PK, SK }: Key): Item | undefined => partitions.get(PK)?.get(SK)
  const place = ({ PK, SK }: Key, item: Item | undefined): void => {
    const partition = partitions.get(PK) ?? new Map<string, Item>()
    if (item === undefined) partition.delete(SK)
    else partition.set(SK, item)
    partitions.set(PK, partition)
  }
  const items = (): Item[] => [...partitions.values()].flatMap((each) => [...each.values()])

  const table: MemoryTable = {
    get(key) {
      checkKey(key)
      const item = get(key)
      return item && copyOf(item)
    },
    query: (range) =>
      pageOf(range.index ? items() : [...(partitions.get(range.pk)?.values() ?? [])], range),
    write(writes) {
      const changes = changesOf(writes, get)
      for (const [position, write] of writes.entries()) {
        place(keyOf(write), changes[position]?.after)
      }
      latest = { number: latest.number + 1, changes }
      onChanges(changes, table)
    },
    erase(keys) {
      for (const key of keys) place(key, undefined)
    },
    items,
    latest: () => latest,
  }
  return table
}
