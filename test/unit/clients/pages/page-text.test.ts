import { describe, expect, test } from 'vitest'
import { pageSource } from '../../../../shared/clients/pages/page-text.ts'

/** 안녕하세요 / 日本語テスト, as older sites send them. */
const eucKr = Buffer.from('bec8b3e7c7cfbcbcbfe4', 'hex')
const shiftJis = Buffer.from('93fa967b8cea8365835883678145', 'hex').subarray(0, 12)
const utf16 = (text: string, mark = true) =>
  Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le')
const textOf = (bytes: Buffer, type = 'text/plain') => pageSource(bytes, type).text

describe('the charset of a page', () => {
  test.each([
    ['is UTF-8 without a word', Buffer.from('안녕하세요'), 'text/plain'],
    ['is the header’s', eucKr, 'text/plain; charset=EUC-KR'],
    ['is the header’s, by another name', eucKr, 'text/plain; charset="ks_c_5601-1987"'],
    ['is the byte order mark’s', utf16('안녕하세요'), 'text/plain; charset=utf-8'],
    [
      'is UTF-16 when only the header says so',
      utf16('안녕하세요', false),
      'text/plain; charset=utf-16le',
    ],
    [
      'is UTF-8 although the header says EUC-KR',
      Buffer.from('안녕하세요'),
      'text/plain; charset=euc-kr',
    ],
    ['is EUC-KR although the header says UTF-8', eucKr, 'text/plain; charset=utf-8'],
    ['is EUC-KR without a word', eucKr, 'text/plain'],
    ['is not an unknown one', Buffer.from('안녕하세요'), 'text/plain; charset=klingon'],
    ['passes over a mark of UTF-8', Buffer.from('\ufeff안녕하세요'), 'text/plain'],
  ])('%s', (_, bytes, type) => {
    expect(textOf(bytes, type)).toBe('안녕하세요')
  })

  test.each([
    '<meta charset=euc-kr>',
    '<META content="text/html; CHARSET=euc-kr" http-equiv=x>',
    '<?xml version="1.0" encoding="euc-kr"?>',
  ])('is the markup’s: %s', (markup) => {
    const bytes = Buffer.concat([Buffer.from(markup), eucKr])
    expect(textOf(bytes, 'text/html')).toBe(`${markup}안녕하세요`)
  })

  test('is Japanese where the markup says so', () => {
    const bytes = Buffer.concat([Buffer.from('<meta charset="Shift_JIS">'), shiftJis])
    expect(textOf(bytes, 'text/html')).toMatch(/日本語テスト$/)
  })

  test('stays UTF-8 when a few bytes of it are broken', () => {
    const text = '올해 핸드크림 매출은 지난해보다 늘었다. '.repeat(10)
    const bytes = Buffer.concat([Buffer.from(text), Buffer.from([0xec, 0x95])])
    expect(textOf(bytes)).toBe(`${text}\ufffd`)
  })

  test.each([
    ['the header', 'text/plain; charset=euc-kr', ''],
    ['the markup', 'text/html', '<meta charset=euc-kr>'],
    ['nothing', 'text/plain', ''],
  ])('stays EUC-KR by %s when a byte of it is broken', (_, type, markup) => {
    const line = Buffer.concat([eucKr, Buffer.from('. ')])
    const lines = Array.from({ length: 20 }, () => line)
    const bytes = Buffer.concat([Buffer.from(markup), ...lines, Buffer.from([0xff, 0x20]), line])
    expect(textOf(bytes, type)).toBe(`${markup}${'안녕하세요. '.repeat(20)}\ufffd 안녕하세요. `)
  })

  test('stays Shift_JIS by its markup when a byte of it is broken', () => {
    const lines = Array.from({ length: 20 }, () => shiftJis)
    const bytes = Buffer.concat([
      Buffer.from('<meta charset="Shift_JIS">'),
      ...lines,
      Buffer.from([0xff]),
    ])
    expect(textOf(bytes, 'text/html')).toMatch(/(?:日本語テスト){20}\ufffd$/)
  })

  test.each([
    'Le marché français des crèmes à été évalué à près de 2 milliards, où le rôle de l’âge a déjà.',
    'Für die Käufer in München größer, süßer und schöner: Öl, Körper, Füße und natürlich Hände.',
    'El año pasado el mercado español creció más del 12 %, según la asociación de señoras ¿y tú?',
  ])('is the Western one without a word: %s', (text) => {
    const bytes = Buffer.from(`${text.replaceAll('’', "'")} `.repeat(10), 'latin1')
    expect(textOf(bytes)).toContain(text.replaceAll('’', "'"))
  })
})
