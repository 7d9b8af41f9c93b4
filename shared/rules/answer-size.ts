import { eventBytesLimit } from '../contracts/events.ts'
import { outputBytesLimit } from './storage-layout.ts'

/** Bytes of an event beside its element: ids, type, time, and the names in between. */
const envelopeBytes = 512

/** Largest element of an answer, in bytes of its JSON. */
export const elementBytesLimit = eventBytesLimit - envelopeBytes

export const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '')

const violation = (what: string, bytes: number, limit: number): string[] =>
  bytes > limit ? [`${what}: takes ${bytes} bytes as JSON, and may take ${limit}; write less`] : []

/** How an element of an answer breaks the rule that it fits into one event; empty when it does not. */
export const elementSizeViolations = (kind: string, item: unknown): string[] =>
  violation(kind, jsonBytes(item), elementBytesLimit)

/** How a whole output breaks the rule that it fits into one item of the table; empty when it does not. */
export const outputSizeViolations = (output: unknown): string[] =>
  violation('answer', jsonBytes(output), outputBytesLimit)
