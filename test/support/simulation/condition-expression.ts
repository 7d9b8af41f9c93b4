import type { Condition } from '../../../shared/clients/store.ts'

type Attributes = Record<string, unknown>
type Test = (item: Attributes | undefined) => boolean

const token = /\s*(#\w+|:\w+|attribute_not_exists|attribute_exists|AND|OR|\(|\)|=|<)/y

const tokensOf = (expression: string): string[] => {
  const tokens: string[] = []
  token.lastIndex = 0
  while (token.lastIndex < expression.trimEnd().length) {
    const at = token.lastIndex
    const [, found] = token.exec(expression) ?? []
    if (found === undefined) throw new Error(`No such condition: ${expression.slice(at)}`)
    tokens.push(found)
  }
  return tokens
}

/** Order of two scalars of one type as DynamoDB has it: numbers by value, strings by UTF-8 bytes. */
export const ordered = (a: unknown, b: unknown): number => {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') {
    return Buffer.compare(Buffer.from(a), Buffer.from(b))
  }
  return Number.NaN
}

const compiled = ({ expression, values = {} }: Condition): Test => {
  const tokens = tokensOf(expression)
  const unused = new Set(Object.keys(values))
  const take = (wanted?: string): string => {
    const next = tokens.shift()
    if (next === undefined || (wanted !== undefined && next !== wanted)) {
      throw new Error(`The condition is not whole: ${expression}`)
    }
    return next
  }
  const operand = (): ((item: Attributes | undefined) => unknown) => {
    const name = take()
    if (name.startsWith('#')) return (item) => item?.[name.slice(1)]
    if (!(name in values)) throw new Error(`The condition has no value for ${name}.`)
    unused.delete(name)
    return () => values[name]
  }
  const either = (): Test => {
    const parts = [both()]
    while (tokens[0] === 'OR') {
      take()
      parts.push(both())
    }
    return (item) => parts.some((part) => part(item))
  }
  const both = (): Test => {
    const parts = [single()]
    while (tokens[0] === 'AND') {
      take()
      parts.push(single())
    }
    return (item) => parts.every((part) => part(item))
  }
  const single = (): Test => {
    const [next] = tokens
    if (next === '(') {
      take()
      const inner = either()
      take(')')
      return inner
    }
    if (next === 'attribute_exists' || next === 'attribute_not_exists') {
      take()
      take('(')
      const of = operand()
      take(')')
      return (item) => (of(item) !== undefined) === (next === 'attribute_exists')
    }
    const left = operand()
    const sign = take()
    const right = operand()
    if (sign === '=') return (item) => left(item) === right(item) && left(item) !== undefined
    if (sign === '<') return (item) => ordered(left(item), right(item)) < 0
    throw new Error(`No such comparison: ${sign}`)
  }
  const test = either()
  if (tokens.length > 0) throw new Error(`The condition goes on after its end: ${expression}`)
  if (unused.size > 0) throw new Error(`The condition uses no ${[...unused].join(', ')}.`)
  return test
}

/**
 * Whether a condition holds for an item, undefined when it is not there. Knows the part of
 * DynamoDB's language that the repositories use, scalars alone; throws at anything else, as DynamoDB
 * does at what it does not know.
 */
export const holds = (condition: Condition | undefined, item: Attributes | undefined): boolean =>
  condition === undefined || compiled(condition)(item)
