import * as z from 'zod'

/** A pattern of an EventBridge rule: fields of the event, and what each may be. */
export type EventPattern = Readonly<Record<string, unknown>>

const objectSchema = z.record(z.string(), z.unknown())
const emulatedOperators = new Set(['prefix', 'exists'])

/** The operators of a pattern that the engine does not emulate. */
export const unsupportedOperators = (pattern: EventPattern): string[] =>
  Object.entries(pattern).flatMap(([field, condition]) => {
    if (field === '$or') return ['$or']
    if (!Array.isArray(condition)) {
      return unsupportedOperators(objectSchema.catch({}).parse(condition))
    }
    return condition.flatMap((alternative) => {
      const operator = operatorOf(alternative)
      if (!operator) return []
      const plain = operator.name !== 'prefix' || typeof operator.operand === 'string'
      return emulatedOperators.has(operator.name) && plain ? [] : [operator.name]
    })
  })

/** Whether an event has every field that the pattern names, with one of its values. */
export const matchesPattern = (pattern: EventPattern, event: unknown): boolean => {
  const fields = objectSchema.catch({}).parse(event)
  return Object.entries(pattern).every(([field, condition]) => {
    const value = fields[field]
    if (!Array.isArray(condition)) {
      return matchesPattern(objectSchema.catch({}).parse(condition), value)
    }
    return condition.some((alternative) => matchesAlternative(alternative, value))
  })
}

const matchesAlternative = (alternative: unknown, value: unknown): boolean => {
  const operator = operatorOf(alternative)
  if (operator?.name === 'exists') return (value !== undefined) === operator.operand
  // A list matches when one of its items does.
  const items = Array.isArray(value) ? value : [value]
  return items.some((item) =>
    operator
      ? typeof item === 'string' && item.startsWith(String(operator.operand))
      : item === alternative,
  )
}

const operatorOf = (alternative: unknown): { name: string; operand: unknown } | undefined => {
  if (typeof alternative !== 'object' || alternative === null) return undefined
  const [name, operand] = Object.entries(alternative)[0] ?? ['{}', undefined]
  return { name, operand }
}
