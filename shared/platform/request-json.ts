import { StudioError } from '../contracts/errors.ts'
import { invalidInput, printable } from './field-errors.ts'

/** In valid JSON: a string, with the colon that makes it a key, or a brace. */
const keysAndBraces = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[{}]/gs

/** A key that one object of a valid JSON text has twice; undefined when there is none. */
const repeatedKey = (json: string): string | undefined => {
  const open: Set<string>[] = []
  for (const [token, text, colon] of json.matchAll(keysAndBraces)) {
    if (token === '{') open.push(new Set())
    else if (token === '}') open.pop()
    else if (text !== undefined && colon !== undefined) {
      const key: string = JSON.parse(text)
      const keys = open.at(-1)
      if (keys?.has(key)) return key
      keys?.add(key)
    }
  }
  return undefined
}

/**
 * What a caller sent as JSON. Of a key that is given twice JavaScript takes the last value, other readers
 * the first.
 * @param what `body` or `frame`, for the sentence
 * @throws StudioError MALFORMED_JSON, INVALID_INPUT for a key that is given twice
 */
export const readRequestJson = (json: string, what: 'body' | 'frame'): unknown => {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (cause) {
    throw new StudioError('MALFORMED_JSON', `The ${what} is not valid JSON.`, { cause })
  }
  const key = repeatedKey(json)
  if (key === undefined) return value
  throw invalidInput([{ path: printable(key), message: 'must be given once' }])
}
