import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainText } from '../../../shared/clients/search/plain-text.ts'

test.each([
  ['<b>핸드크림</b> 추천', '핸드크림 추천'],
  ['3 &lt; 5 &amp;&amp; 5 > 3', '3 < 5 && 5 > 3'],
  ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
  ['&lt;b&gt;38%&lt;/b&gt; &lt;EM&gt;늘었다&lt;/EM&gt;', '38% 늘었다'],
  ['&lt;p&gt; 태그와 a &lt; b &gt; c', '<p> 태그와 a < b > c'],
  ['3 < 5 > 1', '3 < 5 > 1'],
  ['&#39;한국&#x27; &middot; &hellip;', "'한국' · …"],
  ['&unknown; &#0; &#xD800; &#99999999;', '&unknown; &#99999999;'],
  ['  여러\n줄\t과   공백 ', '여러 줄 과 공백'],
  ['보이지\u200b않는\ue000글자\u202e\ufffd', '보이지않는글자'],
  ['\ud83d 반쪽', '반쪽'],
  ['가족 👨‍👩‍👧 사진', '가족 👨‍👩‍👧 사진'],
  ['한글'.normalize('NFD'), '한글'],
  ['<script>alert(1)</script>본문', 'alert(1) 본문'],
  ['12<br>34<p>새 줄</p><b>핸드</b>크림', '12 34 새 줄 핸드크림'],
  ['&euro;5', '€5'],
])('%j reads %j', (markup, expected) => {
  expect(plainText(markup, 200)).toBe(expected)
})

test('is never cut within a character that shows', () => {
  expect(plainText('가나👨‍👩‍👧다', 5)).toBe('가나')
})

test('whatever comes is one bounded, well-formed line in NFC', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.nat(80), (markup, length) => {
      const plain = plainText(markup, length)
      expect(plain.length).toBeLessThanOrEqual(length)
      expect(plain.isWellFormed()).toBe(true)
      expect(plain).not.toMatch(/[\n\t\0\ufffd]/)
    }),
  )
})
