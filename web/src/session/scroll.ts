/**
 * Whether the view follows the end of the conversation is the reader's intent, not a distance: who turns back
 * to read is left alone, however near the end, until they come back to it.
 */
export type ScrollInput =
  /** A wheel, a finger or a key moves towards the beginning (negative) or the end. */
  | { type: 'intent'; towards: number }
  /** Something that tells no intent has moved the view: its scroll bar, a screen reader, a script. */
  | { type: 'moved'; towards: number; toEnd: number }
  /** The view has come to rest or moves on: pixels between it and the end. */
  | { type: 'scroll'; toEnd: number }
  /** Something was added at the end. */
  | { type: 'grown' }
  /** The reader asks for the end. */
  | { type: 'end' }

export interface ScrollState {
  follows: boolean
  /** Something came that the reader has not seen. */
  news: boolean
  /** Where the reader last moved. */
  towards: number
}

export const scrollAtStart: ScrollState = { follows: true, news: false, towards: 0 }

/** Pixels from the end that count as the end. */
const endPixels = 24

export const scrollStep = (state: ScrollState, input: ScrollInput): ScrollState => {
  switch (input.type) {
    case 'intent':
      return input.towards < 0
        ? { ...state, follows: false, towards: input.towards }
        : { ...state, towards: input.towards }
    case 'moved':
      // Within reach of the end the browser may have put it there: it bounces, and rows become shorter.
      return input.towards < 0 && input.toEnd <= endPixels
        ? state
        : scrollStep(state, { type: 'intent', towards: input.towards })
    case 'scroll': {
      const arrives = input.toEnd <= endPixels && state.towards >= 0
      return arrives ? { ...state, follows: true, news: false } : state
    }
    case 'grown':
      return state.follows ? state : { ...state, news: true }
    case 'end':
      return scrollAtStart
  }
}

/** Where a view stands, in pixels. */
export interface Stand {
  top: number
  /** Of the view. */
  height: number
  /** Of everything in it. */
  whole: number
}

/**
 * Where the view was moved between two of its scroll events; 0 where its place may also have changed with the size of
 * what it shows, or of the view.
 */
export const movedTowards = (before: Stand, now: Stand): number => {
  const by = now.top - before.top
  if (by < 0) return now.whole < before.whole || now.height > before.height ? 0 : by
  return now.whole > before.whole || now.height < before.height ? 0 : by
}

/** Where a key moves the view; 0 for one that does not. */
export const keyTowards = ({ key, shiftKey }: { key: string; shiftKey: boolean }): number => {
  if (key === 'ArrowUp' || key === 'PageUp' || key === 'Home') return -1
  if (key === 'ArrowDown' || key === 'PageDown' || key === 'End') return 1
  return key === ' ' ? (shiftKey ? -1 : 1) : 0
}

/** The end of the conversation to which a key goes in one leap; undefined of one that goes there by steps. */
export const keyLeap = ({ key, shiftKey, altKey }: LeapKey): 'start' | 'end' | undefined => {
  if (shiftKey || altKey) return undefined
  return key === 'Home' ? 'start' : key === 'End' ? 'end' : undefined
}

type LeapKey = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey'>

export interface Window {
  first: number
  /** Behind the last. */
  end: number
  /** Pixels in the place of what is left out before and behind. */
  before: number
  after: number
}

/** The rows in view, and some around them, of rows whose heights are measured or estimated. */
export const windowOf = (
  heights: readonly number[],
  view: { top: number; height: number },
  margin: number,
): Window => {
  const [from, to] = [view.top - margin, view.top + view.height + margin]
  let first = 0
  let before = 0
  while (first < heights.length && before + (heights[first] ?? 0) < from) {
    before += heights[first] ?? 0
    first += 1
  }
  let end = first
  let bottom = before
  while (end < heights.length && bottom < to) {
    bottom += heights[end] ?? 0
    end += 1
  }
  const after = heights.slice(end).reduce((sum, height) => sum + height, 0)
  return { first, end, before, after }
}
