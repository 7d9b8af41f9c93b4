/**
 * What Enter means in a text that is sent by Enter. Hangul has no candidate window, so that the last syllable
 * is composed until something ends it: there, Enter ends the syllable and sends. In kana and pinyin it chooses
 * a candidate, and sends nothing. Browsers tell of the same press in different orders:
 * - Chromium, Firefox: keydown while composing, compositionend, then perhaps keydown once more, as plain Enter;
 * - Safari: compositionend, then keydown with the key code 229, no longer composing.
 */
export type EnterInput =
  | { type: 'compositionstart' }
  | { type: 'compositionupdate' | 'compositionend'; data: string }
  | {
      type: 'keydown'
      key: string
      code: string
      keyCode: number
      isComposing: boolean
      shiftKey: boolean
      altKey: boolean
      repeat: boolean
    }
  | { type: 'keyup' }
  | { type: 'blur' }

export interface EnterState {
  /** What is being composed, as far as it is known; null when nothing is. */
  composing: string | null
  /** Enter was pressed while Hangul was composed. */
  remembered: boolean
  /** The key that is still down has sent already. */
  spent: boolean
  /** What the last composition left, until another key. */
  ended: string | null
}

/** `send` and `swallow` also keep the browser from breaking the line. */
export type EnterAction = 'none' | 'send' | 'swallow'

export const enterAtRest: EnterState = {
  composing: null,
  remembered: false,
  spent: false,
  ended: null,
}

/** 229: an input method has taken the key. */
const takenByInputMethod = 229

const isHangul = (text: string): boolean =>
  text !== '' && /^[\p{Script=Hangul}\p{P}\p{N}\s]*\p{Script=Hangul}[\p{P}\p{N}\s]*$/u.test(text)

const isEnter = ({ key, code }: { key: string; code: string }): boolean =>
  key === 'Enter' || code === 'Enter' || code === 'NumpadEnter'

export const enterStep = (
  state: EnterState,
  input: EnterInput,
): { state: EnterState; action: EnterAction } => {
  switch (input.type) {
    case 'compositionstart':
      return { state: { ...enterAtRest, composing: '' }, action: 'none' }
    case 'compositionupdate':
      return { state: { ...state, composing: input.data }, action: 'none' }
    case 'compositionend': {
      const sends = state.remembered && isHangul(input.data)
      return {
        state: { ...enterAtRest, spent: sends, ended: input.data },
        action: sends ? 'send' : 'none',
      }
    }
    case 'keydown':
      return keydown(state, input)
    case 'keyup':
      return { state: { ...state, spent: false, ended: null }, action: 'none' }
    case 'blur':
      return { state: enterAtRest, action: 'none' }
  }
}

const keydown = (
  state: EnterState,
  input: Extract<EnterInput, { type: 'keydown' }>,
): { state: EnterState; action: EnterAction } => {
  const rested = { ...state, ended: null }
  if (!isEnter(input))
    return { state: { ...rested, spent: false, remembered: false }, action: 'none' }
  const breaksLine = input.shiftKey || input.altKey
  if (input.isComposing || state.composing !== null) {
    const remembered = !breaksLine && !input.repeat && isHangul(state.composing ?? '')
    return { state: { ...rested, remembered }, action: 'none' }
  }
  if (state.spent || input.repeat) return { state: rested, action: breaksLine ? 'none' : 'swallow' }
  if (breaksLine) return { state: rested, action: 'none' }
  if (input.keyCode === takenByInputMethod && state.ended !== null && !isHangul(state.ended)) {
    return { state: rested, action: 'swallow' }
  }
  return { state: { ...rested, spent: true }, action: 'send' }
}
