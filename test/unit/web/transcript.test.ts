import { describe, expect, it } from 'vitest'
import { lineAt, linesOfTiming, linesOfVtt } from '../../../web/src/package/transcript.ts'

const vtt = `WEBVTT

NOTE made here

1
00:00:00.060 --> 00:00:02.032 line:80%
카페 들를 틈 없는 아침

00:02.410 --> 01:04.857
<c.yellow>주문받고</c> 볶은
커피를 내려요
`

describe('the transcript', () => {
  it('reads captions with and without hours, names and tags', () => {
    expect(linesOfVtt(vtt)).toEqual([
      { text: '카페 들를 틈 없는 아침', from: 0.06, to: 2.032 },
      { text: '주문받고 볶은\n커피를 내려요', from: 2.41, to: 64.857 },
    ])
    expect(linesOfVtt(vtt.replaceAll('\n', '\r\n'))).toHaveLength(2)
    expect(linesOfVtt('<html>no captions</html>')).toEqual([])
  })

  it('reads the sentences of a timing file, and nothing of anything else', () => {
    const timing = {
      script: '아침이에요. 커피를 내려요.',
      sentences: [
        { start: 0, end: 6, start_ms: 60, end_ms: 900 },
        { start: 7, end: 15, start_ms: 1200, end_ms: 2500 },
        { start: 7 },
      ],
    }
    expect(linesOfTiming(timing)).toEqual([
      { text: '아침이에요.', from: 0.06, to: 0.9 },
      { text: '커피를 내려요.', from: 1.2, to: 2.5 },
    ])
    for (const other of [null, 'text', {}, { script: 1, sentences: [] }, { script: 'a' }]) {
      expect(linesOfTiming(other)).toEqual([])
    }
  })

  it('keeps the line before in a pause, and has none before the first', () => {
    const lines = linesOfVtt(vtt)
    expect([0, 0.06, 2.2, 2.41, 100].map((time) => lineAt(lines, time))).toEqual([-1, 0, 0, 1, 1])
  })
})
