import type * as z from 'zod'
import type { Try } from './call-budget.ts'
import type { JsonPath } from './structured-stream.ts'

/** Hears of each finished element of an answer; `kind` is the name of its field. */
export interface ElementListener {
  onElement(kind: string, item: unknown, attempt: Try): void
}

/** Fields whose entries are elements, and fields that are one element as a whole. */
export interface ElementFields {
  each: Readonly<Record<string, z.ZodType>>
  whole: Readonly<Record<string, z.ZodType>>
}

/**
 * Picks the elements out of a stream of finished values, in the form in which they will be stored.
 * One that does not fit is passed over: the answer as a whole is going to be turned down for it.
 */
export const elementPicker = ({ each, whole }: ElementFields) => {
  const entries = new Map(Object.entries(each))
  const fields = new Map(Object.entries(whole))
  return (path: JsonPath, value: unknown): { kind: string; item: unknown } | undefined => {
    const [kind, index] = path
    if (typeof kind !== 'string' || path.length > 2) return undefined
    const schema = index === undefined ? fields.get(kind) : entries.get(kind)
    const parsed = schema?.safeParse(value)
    return parsed?.success ? { kind, item: parsed.data } : undefined
  }
}
