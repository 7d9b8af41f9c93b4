import { describe, expect, test } from 'vitest'
import { type EnterInput, enterAtRest, enterStep } from '../../../web/src/design/enter-key.ts'

/** What a series of events leads to, without what leads to nothing. */
const actions = (inputs: EnterInput[]): string[] => {
  let state = enterAtRest
  return inputs.flatMap((input) => {
    const step = enterStep(state, input)
    state = step.state
    return step.action === 'none' ? [] : [`${input.type}: ${step.action}`]
  })
}

const start: EnterInput = { type: 'compositionstart' }
const up: EnterInput = { type: 'keyup' }
const update = (data: string): EnterInput => ({ type: 'compositionupdate', data })
const end = (data: string): EnterInput => ({ type: 'compositionend', data })
const key = (change: Partial<Extract<EnterInput, { type: 'keydown' }>> = {}): EnterInput => ({
  type: 'keydown',
  ...{ key: 'Enter', code: 'Enter', keyCode: 13, isComposing: false },
  ...{ shiftKey: false, altKey: false, repeat: false },
  ...change,
})
const composing = key({ isComposing: true, keyCode: 229 })
const process = key({ key: 'Process', isComposing: true, keyCode: 229 })
const afterwards = key({ keyCode: 229 })

describe('Hangul is sent with one press', () => {
  test.each<[string, EnterInput[], string[]]>([
    ['Chromium', [composing, end('요'), up], ['compositionend: send']],
    [
      'Chromium that tells of the key once more',
      [composing, end('요'), key(), up],
      ['compositionend: send', 'keydown: swallow'],
    ],
    ['Windows, where the key has no name', [process, end('요'), up], ['compositionend: send']],
    ['Safari', [end('요'), afterwards, up], ['keydown: send']],
    [
      'Safari that tells of the key once more',
      [end('요'), afterwards, key(), up],
      ['keydown: send', 'keydown: swallow'],
    ],
    [
      'a key that stays down',
      [composing, end('요'), key(), key({ repeat: true }), up],
      ['compositionend: send', 'keydown: swallow', 'keydown: swallow'],
    ],
    [
      'a syllable that is not finished',
      [update('ㅋ'), composing, end('ㅋ'), up],
      ['compositionend: send'],
    ],
    [
      'a syllable with its full stop',
      [update('요.'), composing, end('요.'), up],
      ['compositionend: send'],
    ],
  ])('%s', (_browser, inputs, expected) => {
    expect(actions([start, update('요'), ...inputs])).toEqual(expected)
  })

  test('and the next message again', () => {
    const message = [start, update('네'), composing, end('네'), key(), up]
    const sent = actions([...message, ...message]).filter((action) => action.endsWith('send'))
    expect(sent).toHaveLength(2)
  })
})

describe('an Enter that chooses a candidate sends nothing', () => {
  test.each<[string, EnterInput[]]>([
    ['kana', [start, update('にほん'), composing, end('日本'), up]],
    ['kana in Safari', [start, update('にほん'), end('日本'), afterwards, up]],
    ['pinyin', [start, update('ni hao'), composing, end('你好'), up]],
    ['pinyin as it was typed', [start, update('nihao'), composing, end('nihao'), up]],
    ['pinyin in Safari', [start, update('ni hao'), end('你好'), afterwards, up]],
    ['Hanja of a Korean word', [start, update('한'), composing, end('韓'), up]],
    ['a composition that is given up', [start, update('요'), composing, end(''), up]],
  ])('%s', (_method, inputs) => {
    expect(actions(inputs).filter((action) => action.endsWith('send'))).toEqual([])
  })

  test('and the next one sends', () => {
    const chosen = [start, update('にほん'), composing, end('日本'), up]
    expect(actions([...chosen, key(), up])).toEqual(['keydown: send'])
    const inSafari = [start, update('にほん'), end('日本'), afterwards, up]
    expect(actions([...inSafari, key(), up])).toEqual(['keydown: swallow', 'keydown: send'])
  })
})

describe('a plain Enter', () => {
  test('sends once, however long it stays down', () => {
    expect(actions([key(), key({ repeat: true }), up])).toEqual([
      'keydown: send',
      'keydown: swallow',
    ])
    expect(actions([key({ key: 'Enter', code: 'NumpadEnter' }), up])).toEqual(['keydown: send'])
  })

  test('breaks the line with Shift or Alt, also while Hangul is composed', () => {
    expect(actions([key({ shiftKey: true }), up, key({ altKey: true }), up])).toEqual([])
    const shifted = key({ isComposing: true, keyCode: 229, shiftKey: true })
    expect(actions([start, update('요'), shifted, end('요'), key({ shiftKey: true }), up])).toEqual(
      [],
    )
  })

  test('after a word that a space has ended', () => {
    const space = key({ key: ' ', code: 'Space', isComposing: true, keyCode: 229 })
    expect(actions([start, update('네'), space, end('네'), up, key(), up])).toEqual([
      'keydown: send',
    ])
  })

  test('that was remembered is forgotten with another key or another field', () => {
    const letter = key({ key: 'a', code: 'KeyA', isComposing: true, keyCode: 229 })
    expect(actions([start, update('요'), composing, letter, end('요')])).toEqual([])
    expect(actions([start, update('요'), composing, { type: 'blur' }, end('요')])).toEqual([])
  })
})
