import { describe, expect, it } from 'vitest'
import {
  characterCount,
  countVerdicts,
  markedPieces,
  verdictOf,
  webAddress,
} from '../../../web/src/package/safety.ts'

describe('what the filter says of copies', () => {
  it('counts a text without a verdict as not judged, never as fine', () => {
    const safety = {
      pack_version: '1',
      product_types: [],
      moderation: 'on' as const,
      verdicts: [{ where: 'ad_copies.c1', verdict: 'ok' as const, findings: [] }],
    }
    const verdicts = ['ad_copies.c1', 'ad_copies.c2'].map((where) => verdictOf(safety, where))
    expect(countVerdicts(verdicts)).toEqual({ ok: 1, needs_evidence: 0, blocked: 0, unjudged: 1 })
    expect(verdictOf(null, 'ad_copies.c1')).toBeNull()
  })

  it('marks the words of findings and loses none of the text', () => {
    const text = '국내 1위 커피, 국내 최고의 맛'
    const pieces = markedPieces(text, ['국내 1위', '1위 커피', '없는 말', ''])
    expect(pieces.map((piece) => piece.text).join('')).toBe(text)
    expect(pieces.filter(({ marked }) => marked).map((piece) => piece.text)).toEqual([
      '국내 1위',
      ' 커피',
    ])
  })
})

describe('small facts of a text', () => {
  it('counts characters as readers do', () => {
    expect(characterCount('커피☕️')).toBe(3)
    expect(characterCount('👨‍👩‍👧')).toBe(1)
  })

  it('leads to addresses of the web only', () => {
    expect(webAddress('https://example.com/a?b=1')).toBe('https://example.com/a?b=1')
    for (const url of ['javascript:alert(1)', 'data:text/html,x', 'no address', '']) {
      expect(webAddress(url)).toBeUndefined()
    }
  })
})
