import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SpeechMark } from '../../../shared/contracts/speech.ts'
import { levelsOf } from '../../../shared/platform/sound/levels.ts'
import { markedTimes } from '../../../shared/rules/captions/marked-times.ts'
import { measuredTimes } from '../../../shared/rules/captions/measured-times.ts'
import { soundSpans } from '../../../shared/rules/captions/pauses.ts'
import { scriptWords } from '../../../shared/rules/captions/script-words.ts'
import { syllablesOf } from '../../../shared/rules/captions/syllables.ts'
import { spokenScript } from '../../support/sound/spoken-script.ts'

const windowMs = 10

describe('Syllables', () => {
  test.for([
    ['안녕하세요.', 5],
    ['13,900원', 6],
    ['10봉', 2],
    ['2,026년', 6],
    ['3.5도', 4],
    ['100%', 4],
    ['We sell hand cream.', 4],
    ['😀 — !', 0],
  ] as const)('“%s”: %d', ([text, count]) => {
    expect(syllablesOf(text)).toBe(count)
  })
})

test('a script is words with what ends behind each', () => {
  const script = '카페 들를 틈 없는 아침, 주문하세요! — 네.'
  const words = scriptWords(script)
  expect(words.map(({ start, end }) => script.slice(start, end))).toEqual([
    '카페',
    '들를',
    '틈',
    '없는',
    '아침,',
    '주문하세요! —',
    '네.',
  ])
  expect(words.map(({ ends }) => ends)).toEqual([
    ...Array(4).fill('word'),
    'phrase',
    'sentence',
    'sentence',
  ])
})

describe('Without marks, times are measured from the sound', () => {
  test.for<[number[], number[]]>([
    [
      [0, 1, 2],
      [0.1, 0.4, 0],
    ],
    [
      [3, 4, 5, 0],
      [0, 0.05, 0.8, 0],
    ],
    [
      [1, 1, 0, 2, 3, 4],
      [0.3, 0.3, 1.5, 0.1, 0.2, 0],
    ],
    [[5], [0]],
  ])('sentences %j are found to 150 ms', async ([numbers, pauses]) => {
    const { sound, script, truth } = await spokenScript(numbers, pauses)
    const words = scriptWords(script)
    const times = measuredTimes(words, soundSpans(levelsOf(sound, windowMs / 1000), windowMs))
    if (!Array.isArray(times)) throw new Error(times.cause)
    expect(times).toHaveLength(words.length)
    let first = 0
    let sentence = 0
    for (const [index, { ends }] of words.entries()) {
      if (ends !== 'sentence') continue
      const { start_ms = 0, end_ms = 0 } = truth[sentence] ?? {}
      expect(Math.abs((times[first]?.start_ms ?? 0) - start_ms)).toBeLessThanOrEqual(150)
      expect(Math.abs((times[index]?.end_ms ?? 0) - end_ms)).toBeLessThanOrEqual(150)
      first = index + 1
      sentence += 1
    }
  })

  test('a speech of another length than the script is refused with the cause', async () => {
    const { sound } = await spokenScript([1, 3, 0], [0.2, 0.2, 0])
    const spans = soundSpans(levelsOf(sound, windowMs / 1000), windowMs)
    expect(measuredTimes(scriptWords('네.'), spans)).toEqual({
      cause: 'the speech is far longer than the script',
    })
    const long = '동백 핸드크림을 팔아요. '.repeat(40)
    expect(measuredTimes(scriptWords(long), spans)).toEqual({
      cause: 'the speech is far shorter than the script',
    })
    expect(measuredTimes(scriptWords('네.'), [])).toEqual({ cause: 'nothing is heard' })
    expect(measuredTimes([], spans)).toEqual({ cause: 'the script has no word to be spoken' })
  })

  test('another script of about the same length is refused when its sentences do not fit the pauses', async () => {
    const { sound } = await spokenScript([1, 1, 0, 2, 3, 4], Array(6).fill(0.3))
    const { script } = await spokenScript([0, 1, 2, 3, 4, 5, 0, 2], Array(8).fill(0.3))
    const spans = soundSpans(levelsOf(sound, windowMs / 1000), windowMs)
    expect(measuredTimes(scriptWords(script), spans)).toEqual({
      cause: 'its pauses are not where the sentences of the script end',
    })
  })

  test('whatever the pauses, words follow each other and lie in the sound', () => {
    const spans = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 40, max: 2500 })), {
        minLength: 1,
        maxLength: 30,
      })
      .map((steps) => {
        let at = 0
        return steps.map(([pause, length]) => {
          const start_ms = at + 60 + pause
          at = start_ms + length
          return { start_ms, end_ms: at }
        })
      })
    const script = fc
      .array(fc.constantFrom('가', '나다라', '마바사아자,', '차카타.', '13,900원', 'cream', '…'), {
        minLength: 1,
        maxLength: 60,
      })
      .map((words) => words.join(' '))
    fc.assert(
      fc.property(script, spans, (text, sounds) => {
        const words = scriptWords(text)
        const times = measuredTimes(words, sounds)
        if (!Array.isArray(times)) return
        expect(times).toHaveLength(words.length)
        let last = sounds[0]?.start_ms ?? 0
        for (const { start_ms, end_ms } of times) {
          expect(start_ms).toBeGreaterThanOrEqual(last - 1)
          expect(end_ms).toBeGreaterThan(start_ms)
          last = end_ms
        }
        expect(last).toBeLessThanOrEqual((sounds.at(-1)?.end_ms ?? 0) + 1)
      }),
    )
  })
})

describe('With marks, times are the provider’s', () => {
  const script = '네, 커피예요. 지금 주문해 보세요.'
  const words = scriptWords(script)
  const mark = (word: string, time_ms: number): SpeechMark => {
    const start = script.indexOf(word)
    return { type: 'word', time_ms, start, end: start + word.length, value: word }
  }
  const marks = [
    mark('네', 50),
    mark('커피예요', 600),
    mark('지금', 1900),
    mark('주문해', 2300),
    mark('보세요', 2800),
  ]
  const sounds = [
    { start_ms: 40, end_ms: 300 },
    { start_ms: 590, end_ms: 1400 },
    { start_ms: 1890, end_ms: 3400 },
  ]

  test('and what is cut off at the beginning moves them; ends are measured', () => {
    expect(markedTimes(words, marks, sounds, 0)).toMatchObject([
      { start_ms: 50, end_ms: 300 },
      { start_ms: 600, end_ms: 1400 },
      { start_ms: 1900, end_ms: 2300 },
      { start_ms: 2300, end_ms: 2800 },
      { start_ms: 2800, end_ms: 3400 },
    ])
    expect(markedTimes(words, marks, sounds, -40)?.[1]).toMatchObject({ start_ms: 560 })
  })

  test('marks that are not of this sound are not believed', () => {
    expect(markedTimes(words, marks.slice(0, 2), sounds, 0)).toBeUndefined()
    expect(markedTimes(words, marks, sounds.slice(0, 1), 0)).toBeUndefined()
    expect(markedTimes(words, [mark('네', 900), ...marks.slice(1)], sounds, 0)).toBeUndefined()
  })
})
