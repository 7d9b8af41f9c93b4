/** DynamoDB's own form of a value: `{S: "…"}`, `{N: "1"}`; bytes in base64. */
export type TableValue = Readonly<Record<string, unknown>>
export type TableItem = Readonly<Record<string, TableValue>>

/** Of a date or a set nothing would be left. */
const isPlain = (value: object): boolean =>
  [Object.prototype, null].includes(Object.getPrototypeOf(value))

const tableValue = (value: unknown): TableValue => {
  switch (typeof value) {
    case 'string':
      return { S: value }
    case 'number':
      // Beyond it a number is not the one that was meant.
      if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) {
        throw new Error(`${value} cannot be stored as a number.`)
      }
      return { N: String(value) }
    case 'boolean':
      return { BOOL: value }
    case 'object':
      if (value === null) return { NULL: true }
      if (Array.isArray(value)) {
        return { L: value.filter((each) => each !== undefined).map(tableValue) }
      }
      if (value instanceof Uint8Array) {
        const { buffer, byteOffset, byteLength } = value
        return { B: Buffer.from(buffer, byteOffset, byteLength).toString('base64') }
      }
      if (!isPlain(value)) throw new Error(`A ${value.constructor.name} cannot be stored.`)
      return { M: toTable(value) }
    default:
      throw new Error(`A ${typeof value} cannot be stored.`)
  }
}

/** An object in the table's form; undefined values are left out. */
export const toTable = (values: object): TableItem => {
  const item: Record<string, TableValue> = {}
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) item[name] = tableValue(value)
  }
  return item
}

const plain = (value: TableValue): unknown => {
  const [[type, held] = ['NULL', true]] = Object.entries(value)
  switch (type) {
    case 'S':
    case 'BOOL':
      return held
    case 'N':
      return Number(held)
    case 'B':
      return new Uint8Array(Buffer.from(String(held), 'base64'))
    case 'NULL':
      return null
    case 'L':
      return (held as TableValue[]).map(plain)
    case 'M':
      return fromTable(held as TableItem)
    default:
      throw new Error(`Values of the type ${type} are not stored.`)
  }
}

export const fromTable = (item: TableItem): Record<string, unknown> => {
  const values: Record<string, unknown> = {}
  for (const name of Object.keys(item)) values[name] = plain(item[name] as TableValue)
  return values
}
