import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StudioError } from '../../shared/contracts/errors.ts'
import { wholeNumber } from '../../shared/contracts/http/route.ts'
import { readIdempotencyKey } from '../../shared/platform/idempotency-key.ts'
import { readQuery } from '../../shared/platform/query.ts'
import { requestedLocale } from '../../shared/platform/requested-locale.ts'
import { holds } from '../support/limits/properties.ts'

const runs = { short: 300, full: 5000 }
const inAscii = (characters: string) =>
  fc.string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength: 200 })
const printable = Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(index + 32))
const quoted = (key: string): string => `"${key.replaceAll(/["\\]/g, '\\$&')}"`

/** The key, or that the header was refused by name. */
const read = (header: string): string | undefined => {
  try {
    return readIdempotencyKey(header)
  } catch (error) {
    expect(error).toBeInstanceOf(StudioError)
    expect(error).toMatchObject({ code: 'INVALID_INPUT', errors: [{ path: 'Idempotency-Key' }] })
    return undefined
  }
}

describe('an idempotency key', () => {
  it('says the same quoted and bare, whatever its characters', () =>
    holds(
      fc.asyncProperty(inAscii(printable.join('')), async (text) => {
        const key = text.trim()
        expect(read(quoted(text))).toBe(key === '' ? undefined : key)
        if (/^[^\s",][^\s,]*$/.test(text)) expect(read(text)).toBe(text)
      }),
      runs,
    ))

  it('of any header is refused by name or is a key, which reads as itself', () =>
    holds(
      fc.asyncProperty(
        fc.oneof(fc.string({ unit: 'binary' }), inAscii('"\\;=ak1 ,\t'), fc.string()),
        async (header) => {
          const key = read(header)
          if (key === undefined) return
          expect(key).toMatch(/^[ -~]{1,200}$/)
          expect(read(quoted(key))).toBe(key)
        },
      ),
      runs,
    ))

  it('however long is read to its end', () => {
    expect(read(`"${'\\"'.repeat(50_000)}`)).toBeUndefined()
    expect(read(`"a"${' ; a=b'.repeat(50_000)} !`)).toBeUndefined()
  })
})

describe('a number of a query', () => {
  it('is decimal digits within its bounds, and nothing else that a language reads as one', () =>
    holds(
      fc.asyncProperty(
        fc.oneof(
          fc.integer({ min: -20, max: 2000 }).map(String),
          fc.double().map(String),
          inAscii('0123456789+-.eExX_ '),
          fc.string({ unit: 'grapheme' }),
          fc.bigInt().map(String),
        ),
        async (text) => {
          const { success, data } = wholeNumber(-1, 1000, 7).safeParse(text)
          const isOne = /^(?:[0-9]{1,9}|-1)$/.test(text) && Number(text) <= 1000
          expect(success).toBe(isOne)
          if (success) expect(data).toBe(Number(text))
        },
      ),
      runs,
    ))
})

describe('a query', () => {
  it('holds each parameter once, however it is encoded', () =>
    holds(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('after', 'limit', 'a b', '가'), fc.string())),
        async (parameters) => {
          const rawQueryString = new URLSearchParams(parameters).toString()
          const names = parameters.map(([name]) => name)
          const request = { rawQueryString, queryStringParameters: Object.fromEntries(parameters) }
          if (new Set(names).size === names.length) {
            expect(readQuery(request)).toEqual(Object.fromEntries(parameters))
          } else expect(() => readQuery(request)).toThrow(StudioError)
        },
      ),
      runs,
    ))
})

describe('a language that is asked for', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['*', undefined],
    ['fr, de;q=0.5', undefined],
    ['en', 'en-US'],
    ['EN-gb', 'en-US'],
    ['ko_KR', undefined],
    ['ko-KR', 'ko-KR'],
    ['en;q=0.8, ko', 'ko-KR'],
    ['ko;q=0.8,en;q=0.8', 'ko-KR'],
    ['en;q=0', undefined],
    ['en;q=no', undefined],
    ['kok, eng', undefined],
  ])('of %j is %j', (header, locale) => expect(requestedLocale(header)).toBe(locale))
})
