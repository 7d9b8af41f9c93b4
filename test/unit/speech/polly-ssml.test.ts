import { describe, expect, it } from 'vitest'
import { readMarks, toSsml } from '../../../shared/clients/speech/polly-ssml.ts'

/** The part of the text at the position of a part of its SSML. */
const inText = (text: string, part: string, rate = 100): string => {
  const ssml = toSsml(text, { rate })
  const start = Buffer.byteLength(ssml.ssml.slice(0, ssml.ssml.indexOf(part)))
  const end = start + Buffer.byteLength(part)
  return text.slice(ssml.positionAt(start), ssml.positionAt(end))
}

describe('a text as SSML', () => {
  it('is wrapped in its rate, unless that is the voice’s own', () => {
    expect(toSsml('안녕', { rate: 85 }).ssml).toBe(
      '<speak><prosody rate="85%">안녕</prosody></speak>',
    )
    expect(toSsml('안녕', { rate: 100 }).ssml).toBe('<speak>안녕</speak>')
  })

  it('is never taken for tags', () => {
    const { ssml } = toSsml('</speak><break time="9s"/> R&D &lt; 1 > 0 "그" \'저\'', { rate: 100 })
    expect(ssml).toBe(
      '<speak>&lt;/speak&gt;&lt;break time="9s"/&gt; R&amp;D &amp;lt; 1 &gt; 0 "그" \'저\'</speak>',
    )
  })

  it('pauses where a paragraph ends, and nowhere else', () => {
    expect(toSsml('하나\n둘\n\n셋\n\n\n넷', { rate: 100 }).ssml).toBe(
      '<speak>하나\n둘<break time="400ms"/>셋<break time="400ms"/>넷</speak>',
    )
  })

  it('contains no character that XML cannot represent', () => {
    const { ssml } = toSsml('가\u0000나\u001b다\ud800라\uffff마\t바', { rate: 100 })
    expect(ssml).toBe('<speak>가 나 다\ufffd라 마\t바</speak>')
  })
})

describe('a position in the SSML', () => {
  it.each([
    ['동백 핸드크림', '핸드크림'],
    ['R&D와 <맛>', '와 '],
    ['커피 ☕️ 한 잔 🎉 그리고', '그리고'],
    ['첫 문단\n\n둘째 문단', '둘째'],
  ])('maps back to the position in “%s”', (text, part) => {
    expect(inText(text, part)).toBe(part)
    expect(inText(text, part, 85)).toBe(part)
  })

  it('within an escape or a pause maps to what it stands for', () => {
    expect(inText('맛 & 멋', '&amp;')).toBe('&')
    expect(inText('가\n\n나', '<break time="400ms"/>')).toBe('\n\n')
    const { ssml, positionAt } = toSsml('가', { rate: 100 })
    expect(positionAt(0)).toBe(0)
    expect(positionAt(Buffer.byteLength(ssml))).toBe(1)
  })
})

describe('speech marks', () => {
  const text = '네 & 안녕'
  const ssml = toSsml(text, { rate: 100 })

  it('come with positions in the text and the words there', () => {
    const lines = [
      '{"time":0,"type":"sentence","start":7,"end":23,"value":"네 &amp; 안녕"}',
      '{"time":5.6,"type":"word","start":7,"end":10,"value":"네"}',
      '{"time":9,"type":"viseme","value":"p"}',
      '{"time":373,"type":"word","start":17,"end":23,"value":"안녕"}',
      '',
    ].join('\n')
    expect(readMarks(lines, text, ssml)).toEqual([
      { type: 'sentence', time_ms: 0, start: 0, end: 6, value: '네 & 안녕' },
      { type: 'word', time_ms: 6, start: 0, end: 1, value: '네' },
      { type: 'word', time_ms: 373, start: 4, end: 6, value: '안녕' },
    ])
  })

  it('that are malformed are an error, not an empty list', () => {
    expect(() => readMarks('<html>', text, ssml)).toThrow()
    expect(() => readMarks('{"type":"word"}', text, ssml)).toThrow()
  })
})
