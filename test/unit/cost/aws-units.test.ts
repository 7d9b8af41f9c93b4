import { expect, test } from 'vitest'
import {
  billedMilliseconds,
  customEvents,
  gigabyteSeconds,
  httpRequests,
  itemBytes,
  queueRequests,
  readUnits,
  socketMessages,
  writeUnits,
} from '../../../bench/cost/aws-units.ts'

const kilobyte = 1024

test('a write takes a unit for each KB that is begun, and two within a transaction', () => {
  expect(writeUnits(1)).toBe(1)
  expect(writeUnits(kilobyte)).toBe(1)
  expect(writeUnits(kilobyte + 1)).toBe(2)
  expect(writeUnits(kilobyte + 1, { transaction: true })).toBe(4)
})

test('a read takes a unit for 4 KB, half of it eventually consistent, twice in a transaction', () => {
  expect(readUnits(0, 'strong')).toBe(1)
  expect(readUnits(4 * kilobyte, 'strong')).toBe(1)
  expect(readUnits(4 * kilobyte + 1, 'strong')).toBe(2)
  expect(readUnits(100, 'eventual')).toBe(0.5)
  expect(readUnits(4 * kilobyte + 1, 'transaction')).toBe(4)
})

test('Lambda bills whole milliseconds of the memory that is configured', () => {
  expect(billedMilliseconds(0)).toBe(1)
  expect(billedMilliseconds(12.01)).toBe(13)
  expect(gigabyteSeconds(999.2, 512)).toBe(0.5)
  expect(gigabyteSeconds(2_000, 2_048)).toBe(4)
})

test.each([
  ['an HTTP API', httpRequests, 512],
  ['a socket', socketMessages, 32],
  ['a queue', queueRequests, 64],
  ['a bus', customEvents, 64],
])('%s counts again beyond its increment', (_, units, kilobytes) => {
  expect(units(0)).toBe(1)
  expect(units(kilobytes * kilobyte)).toBe(1)
  expect(units(kilobytes * kilobyte + 1)).toBe(2)
})

test('an item has the bytes of its names and values', () => {
  expect(itemBytes({ PK: { S: 'SESSION#1' } })).toBe(2 + 9)
  expect(itemBytes({ text: { S: '가나' } })).toBe(4 + 6)
  expect(itemBytes({ on: { BOOL: true }, off: { NULL: true } })).toBe(2 + 1 + 3 + 1)
  // Two digits to a byte, and one more.
  expect(itemBytes({ n: { N: '1795719460' } })).toBe(1 + 6)
  expect(itemBytes({ l: { L: [{ S: 'ab' }, { S: 'c' }] } })).toBe(1 + 3 + 3 + 2)
  expect(itemBytes({ m: { M: { k: { S: 'v' } } } })).toBe(1 + 3 + 1 + 2)
})
