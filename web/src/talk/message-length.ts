import { graphemeCount } from '../../../shared/contracts/graphemes.ts'

/** Graphemes of a typed message. */
export const messageLimit = 3000
/** Graphemes of a note that goes with a picture. */
export const noteLimit = 1000
/** Share of the limit beyond which the composer says how long the text is. */
const nearLimit = 0.9

export interface MessageLength {
  /** In characters as readers and the product count them, close to the limit and beyond it. */
  length: number
  isNear: boolean
  isTooLong: boolean
}

/** How long a text is beside its limit. */
export const lengthOf = (text: string, limit: number): MessageLength => {
  // No text has more graphemes than units: most need no counting while one types.
  const length = text.length > limit * nearLimit ? graphemeCount(text) : text.length
  return { length, isNear: length > limit * nearLimit, isTooLong: length > limit }
}
