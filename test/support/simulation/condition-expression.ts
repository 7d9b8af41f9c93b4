import type { Condition } from '../../../shared/clients/store.ts'

type Attributes = Record<string, unknown>
type Test = (item: Attributes | undefined) => boolean
type Operand = (item: Attributes | undefined) => unknown

const token = /\s*(#\w+|:\w+|attribute_not_exists|attribute_exists|AND|OR|\(|\)|=|<>|<)/y

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
export const compared = (one: unknown, other: unknown): number => {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  if (typeof one === 'string' && typeof other === 'string') {
    return Buffer.compare(Buffer.from(one), Buffer.from(other))
  }
  return Number.NaN
}

/** A condition on its way to a test: what is left of it, and the values that it has not used. */
interface Parser {
  expression: string
  tokens: string[]
  values: Attributes
  unused: Set<string>
}

/** The next token. @throws Error when there is none, or another than the wanted one */
const take = ({ tokens, expression }: Parser, wanted?: string): string => {
  const next = tokens.shift()
  if (next === undefined || (wanted !== undefined && next !== wanted)) {
    throw new Error(`The condition is not whole: ${expression}`)
  }
  return next
}

const operand = (parser: Parser): Operand => {
  const name = take(parser)
  if (name.startsWith('#')) return (item) => item?.[name.slice(1)]
  const { values, unused } = parser
  if (!(name in values)) throw new Error(`The condition has no value for ${name}.`)
  unused.delete(name)
  return () => values[name]
}

const either = (parser: Parser): Test => {
  const parts = [both(parser)]
  while (parser.tokens[0] === 'OR') {
    take(parser)
    parts.push(both(parser))
  }
  return (item) => parts.some((part) => part(item))
}

const both = (parser: Parser): Test => {
  const parts = [single(parser)]
  while (parser.tokens[0] === 'AND') {
    take(parser)
    parts.push(single(parser))
  }
  return (item) => parts.every((part) => part(item))
}

const single = (parser: Parser): Test => {
  const [next] = parser.tokens
  if (next === '(') {
    take(parser)
    const inner = either(parser)
    take(parser, ')')
    return inner
  }
  if (next === 'attribute_exists' || next === 'attribute_not_exists') {
    take(parser)
    take(parser, '(')
    const of = operand(parser)
    take(parser, ')')
    return (item) => (of(item) !== undefined) === (next === 'attribute_exists')
  }
  const left = operand(parser)
  const sign = take(parser)
  const right = operand(parser)
  if (sign === '=') return (item) => left(item) === right(item) && left(item) !== undefined
  if (sign === '<>') return (item) => left(item) !== right(item)
  if (sign === '<') return (item) => compared(left(item), right(item)) < 0
  throw new Error(`No such comparison: ${sign}`)
}

const compiled = ({ expression, values = {} }: Condition): Test => {
  const unused = new Set(Object.keys(values))
  const parser: Parser = { expression, tokens: tokensOf(expression), values, unused }
  const test = either(parser)
  if (parser.tokens.length > 0) {
    throw new Error(`The condition goes on after its end: ${expression}`)
  }
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
