import type * as z from 'zod'
import { eventBytesLimit } from '../contracts/events.ts'
import type { JsonPath } from './answer-reader.ts'
import type { Try } from './call-budget.ts'
import { RuleBroken } from './rule-broken.ts'

/** Receives each element of an answer as soon as it is complete; `kind` is the name of its field. */
export interface ElementListener {
  /** May throw `RuleBroken`, which ends the try. */
  onElement(kind: string, item: unknown, attempt: Try): void
}

/** `each`: fields whose entries are elements; `whole`: fields that are one element in themselves. */
export interface ElementFields {
  each: Readonly<Record<string, z.ZodType>>
  whole: Readonly<Record<string, z.ZodType>>
}

/** Bytes of an element's JSON, so that it fits into one event with what surrounds it there. */
const elementBytes = eventBytesLimit - 2048

/** @throws RuleBroken when an element is too large to be shown: its answer ends there */
export const assertFits = (kind: string, item: unknown): void => {
  if (Buffer.byteLength(JSON.stringify(item)) > elementBytes) {
    throw new RuleBroken([`${kind}: one of them is larger than ${elementBytes} bytes of JSON`])
  }
}

/**
 * Picks the elements out of a stream of complete values, in the form in which they will be stored.
 * An element that does not match its schema is skipped: the whole answer will be rejected for it.
 */
export const elementPicker = ({ each, whole }: ElementFields) => {
  const entries = new Map(Object.entries(each))
  const fields = new Map(Object.entries(whole))
  return (path: JsonPath, value: unknown): { kind: string; item: unknown } | undefined => {
    const [kind, index] = path
    if (typeof kind !== 'string' || path.length > 2) return undefined
    const schema = index === undefined ? fields.get(kind) : entries.get(kind)
    const parsed = schema?.safeParse(value)
    if (!parsed?.success) return undefined
    assertFits(kind, parsed.data)
    return { kind, item: parsed.data }
  }
}
