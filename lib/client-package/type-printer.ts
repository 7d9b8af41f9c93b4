import type * as z from 'zod'

/** What a schema takes, or what it answers with: the two differ in defaults and in what is read of a text. */
export type Side = 'input' | 'output'

interface Definition {
  type: string
  values?: unknown[]
  entries?: Record<string, unknown>
  element?: z.ZodType
  shape?: Record<string, z.ZodType>
  keyType?: z.ZodType
  valueType?: z.ZodType
  /** Of a record: some of its keys may be missing. */
  partial?: boolean
  options?: z.ZodType[]
  innerType?: z.ZodType
  in?: z.ZodType
  out?: z.ZodType
}

const definitionOf = (schema: z.ZodType): Definition => schema._zod.def as unknown as Definition

const literals = (values: readonly unknown[]): string =>
  values.map((value) => JSON.stringify(value)).join(' | ')

const plain: Record<string, string> = {
  string: 'string',
  number: 'number',
  boolean: 'boolean',
  unknown: 'unknown',
  any: 'unknown',
  null: 'null',
  undefined: 'undefined',
  transform: 'unknown',
}

const mayBeLeftOut = (field: z.ZodType, side: Side): boolean =>
  side === 'input' ? field._zod.optin !== undefined : field._zod.optout === 'optional'

const present = (schema: z.ZodType | undefined): z.ZodType => {
  if (!schema) throw new Error('A schema is not what it says.')
  return schema
}

/** A schema as a TypeScript type, where `nameOf` gives the name of one that is declared by itself. */
export const createTypePrinter = (
  nameOf: (schema: z.ZodType, side: Side) => string | undefined,
) => {
  const inBrackets = (type: string): string => (/[|&]/.test(type) ? `(${type})` : type)

  const printObject = (shape: Record<string, z.ZodType>, side: Side): string => {
    const fields = Object.entries(shape).map(([key, field]) => {
      const optional = mayBeLeftOut(field, side)
      const name = /^\w+$/.test(key) ? key : JSON.stringify(key)
      return `${name}${optional ? '?' : ''}: ${print(field, side)}`
    })
    return fields.length === 0 ? 'Record<string, never>' : `{ ${fields.join('; ')} }`
  }

  const printRecord = ({ keyType, valueType, partial }: Definition, side: Side): string => {
    const record = `Record<${print(present(keyType), side)}, ${print(present(valueType), side)}>`
    return partial ? `Partial<${record}>` : record
  }

  const printAnew = (schema: z.ZodType, side: Side): string => {
    const definition = definitionOf(schema)
    const inner = (): string => print(present(definition.innerType), side)
    switch (definition.type) {
      case 'literal':
        return literals(definition.values ?? [])
      case 'enum':
        return literals(Object.values(definition.entries ?? {}))
      case 'array':
        return `${inBrackets(print(present(definition.element), side))}[]`
      case 'object':
        return printObject(definition.shape ?? {}, side)
      case 'record':
        return printRecord(definition, side)
      case 'union':
        return (definition.options ?? []).map((option) => print(option, side)).join(' | ')
      case 'nullable':
        return `${inner()} | null`
      case 'optional':
        return `${inner()} | undefined`
      case 'default':
      case 'prefault':
        return side === 'input' ? `${inner()} | undefined` : inner()
      case 'pipe':
        return print(present(side === 'input' ? definition.in : definition.out), side)
      default: {
        const type = plain[definition.type]
        if (type === undefined)
          throw new Error(`There is no type for the schema ${definition.type}.`)
        return type
      }
    }
  }
  const print = (schema: z.ZodType, side: Side): string =>
    nameOf(schema, side) ?? printAnew(schema, side)
  return { print, printAnew }
}
