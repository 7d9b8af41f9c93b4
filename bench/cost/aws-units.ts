/** What AWS bills, by its own rules of rounding. Pure; bytes and milliseconds in, billed units out. */

const kilobyte = 1024

/** Units of `size` that `bytes` take, at least one. */
const started = (bytes: number, size: number): number => Math.max(1, Math.ceil(bytes / size))

/** DynamoDB: one unit for each KB that an item has, twice that within a transaction. */
export const writeUnits = (itemBytes: number, { transaction = false } = {}): number =>
  started(itemBytes, kilobyte) * (transaction ? 2 : 1)

/** DynamoDB: one unit for 4 KB read consistently, half a unit eventually, two within a transaction. */
export const readUnits = (
  bytes: number,
  consistency: 'strong' | 'eventual' | 'transaction',
): number =>
  started(bytes, 4 * kilobyte) * { strong: 1, eventual: 0.5, transaction: 2 }[consistency]

/** Lambda: whole milliseconds. */
export const billedMilliseconds = (milliseconds: number): number =>
  Math.max(1, Math.ceil(milliseconds))

/** Lambda: gigabyte-seconds of one invocation. */
export const gigabyteSeconds = (milliseconds: number, memoryMegabytes: number): number =>
  (billedMilliseconds(milliseconds) / 1000) * (memoryMegabytes / 1024)

/** SQS: each 64 KB of a request counts as one. */
export const queueRequests = (bytes: number): number => started(bytes, 64 * kilobyte)

/** HTTP API: each 512 KB of a request counts as one. */
export const httpRequests = (requestBytes: number): number => started(requestBytes, 512 * kilobyte)

/** WebSocket API: each 32 KB of a message counts as one, in either direction. */
export const socketMessages = (bytes: number): number => started(bytes, 32 * kilobyte)

/** EventBridge: each 64 KB of a custom event counts as one; those of AWS services are free. */
export const customEvents = (bytes: number): number => started(bytes, 64 * kilobyte)

type Attribute = Readonly<Record<string, unknown>>

const numberBytes = (text: string): number =>
  // About a byte for two significant digits, and one more.
  Math.ceil(text.replace(/^-?0*\.?0*|[.-]/g, '').replace(/0+$/, '').length / 2) + 1

const attributeBytes = (attribute: Attribute): number => {
  const [[type, value] = ['NULL', true]] = Object.entries(attribute)
  switch (type) {
    case 'S':
      return Buffer.byteLength(String(value))
    case 'N':
      return numberBytes(String(value))
    case 'B':
      return Buffer.from(String(value), 'base64').length
    case 'SS':
    case 'NS':
    case 'BS':
      return (value as string[]).reduce(
        (sum, one) => sum + attributeBytes({ [type.slice(0, 1)]: one }),
        0,
      )
    case 'L':
      return (value as Attribute[]).reduce((sum, one) => sum + 1 + attributeBytes(one), 3)
    case 'M':
      return 3 + itemBytes(value as Record<string, Attribute>) + Object.keys(value ?? {}).length
    default:
      return 1
  }
}

/**
 * DynamoDB: an item's size is that of its attributes' names and values, in the wire's form; see "Item sizes
 * and formats" in its developer guide.
 */
export const itemBytes = (item: Readonly<Record<string, Attribute>>): number =>
  Object.entries(item).reduce(
    (sum, [name, attribute]) => sum + Buffer.byteLength(name) + attributeBytes(attribute),
    0,
  )
