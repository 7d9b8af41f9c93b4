import { describe, expect, test } from 'vitest'
import { normalizedUrl } from '../../../shared/rules/web-address.ts'

describe('an address', () => {
  test.each([
    ['https://a.kr/x', 'http://a.kr/x'],
    ['https://A.kr/x', 'https://a.kr/x/'],
    ['https://a.kr/x#part', 'https://a.kr/x?utm_source=openai&utm_medium=web'],
    ['https://a.kr', 'https://a.kr/'],
    ['https://a.kr:443/x', 'https://a.kr/x'],
    ['https://a.kr/x?b=1&utm_source=openai', ' https://a.kr/x?b=1 '],
  ])('%s is the same as %s', (one, other) => {
    expect(normalizedUrl(one)).toBe(normalizedUrl(other))
  })

  test.each([
    ['https://a.kr/x', 'https://a.kr/y'],
    ['https://a.kr/x', 'https://b.kr/x'],
    ['https://a.kr/x?page=1', 'https://a.kr/x?page=2'],
    ['https://a.kr/x', 'https://a.kr.evil.example/x'],
    ['https://a.kr/x', 'https://a.kr:8443/x'],
    ['https://a.kr/x', 'https://a.kr@evil.example/x'],
  ])('%s is another than %s', (one, other) => {
    expect(normalizedUrl(one)).not.toBe(normalizedUrl(other))
  })

  test.each(['', 'not an address', 'javascript:alert(1)', 'ftp://a.kr/x', 'data:text/html,x'])(
    '%j is none of the web',
    (address) => {
      expect(normalizedUrl(address)).toBeNull()
    },
  )
})
