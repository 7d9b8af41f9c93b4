import { streamLimits } from '../../rules/model-limits.ts'

/** Readers of answers whose shape nothing guarantees. Each passes over what is not there. */

export type Fields = Record<string, unknown>

/** The value as an object; an empty one when it is none. */
export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}

export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** A string with at least one character. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** An identifier or a title: it is stored and shown as it is, so it has to be well-formed and short. */
export const nameOf = (value: unknown): string | undefined => {
  const name = textOf(value)
  const isFit = name !== undefined && name.length <= streamLimits.nameCharacters
  return isFit && name.isWellFormed() && !/\p{Cc}/u.test(name) ? name : undefined
}

export const wholeNumberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined

/** The value as JSON; undefined for one that nests deeper than can be written. */
export const jsonOf = (value: unknown): string | undefined => {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}

/** The parsed text; undefined when it is no JSON. */
export const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
