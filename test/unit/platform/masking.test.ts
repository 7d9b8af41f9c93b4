import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hideSecret, loggableMessage, masked } from '../../../shared/platform/masking.ts'
import { technicalReason } from '../../../shared/platform/technical-words.ts'

const digitsOf = (text: string): number => [...text.matchAll(/\p{Nd}/gu)].length

describe('a number of a person is masked', () => {
  it.each([
    '010 1234 5678',
    '010-1234-5678',
    '01012345678',
    '010.1234.5678',
    '010\u00a01234\u00a05678',
    '010\u200b1234\u200b5678',
    '0\u200b1\u200b0\u200b1\u200b2\u200b3\u200b4\u200b5\u200b6\u200b7\u200b8',
    '０１０－１２３４－５６７８',
    '٠١٠-١٢٣٤-٥٦٧٨',
    '०१० १२३४ ५६७८',
    '①⓪①②③④⑤⑥⑦⑧',
    '𝟎𝟏𝟎-𝟏𝟐𝟑𝟒-𝟓𝟔𝟕𝟖',
    '+82-10-1234-5678',
    '+82 (0)10 1234 5678',
    '(010) 1234–5678',
    '010/1234/5678',
    '02-312-4567',
    '1588-1234',
    '900101-1234567',
    '900101 1234567',
    '９００１０１－１２３４５６７',
    '4111 1111 1111 1111',
    '4111-1111-1111-1111',
    '110-234-567890',
    '3333-01-1234567',
  ])('%s', (number) => {
    for (const text of [number, `call ${number} now`, `전화${number}번`, `tel${number}x`]) {
      expect(digitsOf(masked(text))).toBe(0)
    }
  })

  it.each([
    '공일공 일이삼사 오육칠팔',
    '공일공일이삼사오육칠팔',
    '〇一〇一二三四五六七八',
    'zero one zero one two three four',
  ])('%s', (spoken) => expect(masked(`a ${spoken}`)).toBe('a …'))

  it('however its digits are spaced', () => {
    const sign = fc.constantFrom(
      '',
      ' ',
      '-',
      '.',
      '\u00a0',
      '\u200b',
      '\u2011',
      ' - ',
      '·',
      '\u3000',
      '\ufeff',
    )
    const number = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), sign), {
      minLength: 7,
      maxLength: 16,
    })
    fc.assert(
      fc.property(number, fc.constantFrom(0x30, 0xff10, 0x660, 0x966), (parts, zero) => {
        const text = parts
          .map(([digit, after]) => String.fromCodePoint(zero + digit) + after)
          .join('')
        expect(digitsOf(masked(`tel ${text}`))).toBe(0)
      }),
    )
  })
})

describe('a secret is masked', () => {
  it.each([
    ['sk-proj-abcdef', 'a key by its prefix'],
    ['Bearer abc', 'a bearer token'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c2VyIn0.c2lnbmF0dXJl', 'a token of ours'],
    ['1b4e28ba-2fa1-11d2-883f-0016d3cca427', 'a ticket'],
    ['3f786850e387550fdab836ed7e6dc881de23001b', 'a signature'],
    ['password: hunter2', 'what is called one'],
    ['seller@example.com', 'an e-mail'],
    ['seller＠example.co.kr', 'an e-mail in wide characters'],
    ['seller @ example.com', 'an e-mail with spaces'],
    ['203.0.113.9', 'an address of a machine'],
    ['2001:db8:0:1:0:0:0:1', 'a longer one'],
  ])('%s (%s)', (secret) => {
    expect(masked(`it said ${secret} there`)).toBe('it said … there')
  })

  it('of a link the host remains', () => {
    const link =
      'https://bucket.s3.amazonaws.com/sessions/a.mp3?X-Amz-Signature=abcdef&X-Amz-Expires=900'
    expect(masked(`no answer from ${link}.`)).toBe(
      'no answer from https://bucket.s3.amazonaws.com/…',
    )
    expect(masked('https://name:word@host.example/path')).toBe('https://host.example/…')
  })

  it('that was read at run time, wherever it stands', () => {
    hideSecret('an-ordinary-looking-secret')
    expect(masked('x an-ordinary-looking-secret y')).toBe('x … y')
  })
})

describe('what an operator needs remains', () => {
  it.each([
    'The run run_01k9x8aaaaaaaaaaaaaaaaaaaa is in progress.',
    'sess_01234567890123456789012345 ended after 3 calls of 2000 ms',
    'connect ECONNREFUSED',
    'The model answered HTTP 429, rate_limit_exceeded.',
    'A body may have 65536 bytes at most.',
  ])('%s', (sentence) => {
    expect(masked(sentence)).toBe(sentence)
    expect(loggableMessage(sentence)).toBe(sentence)
  })
})

it('an error’s message keeps nothing that it quotes and nothing that is not English', () => {
  expect(loggableMessage('Unexpected token \'안\', "안녕하세요" is not valid JSON')).toBe(
    'Unexpected token … is not valid JSON',
  )
  expect(loggableMessage('bad value “our secret recipe” here')).toBe('bad value … here')
})

it('takes time in proportion to the text, whatever that is', () => {
  for (const piece of ['1 ', 'a-1', '@a.', '공 ', '::', '"a']) {
    expect(masked(piece.repeat(100_000)).length).toBeLessThanOrEqual(4_001)
  }
})

describe('a vendor’s reason', () => {
  it.each([
    [
      'Unsupported value: max_tokens must be at most 4096.',
      'Unsupported value: max_tokens must be at most 4096.',
    ],
    [
      'Rate limit reached for requests, try again in 20s',
      'Rate limit reached for requests, try again in 20s',
    ],
    ['Your request Camellia House is bad', 'Your request … is bad'],
    ['our secret_recipe is 3 spoons', '… is 3 …'],
  ])('keeps what servers say in general: %s', (message, kept) =>
    expect(technicalReason(message)).toBe(kept),
  )
})
