import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { multipartParts } from '../../../shared/platform/multipart.ts'

const type = 'multipart/form-data; boundary=b'
const read = (body: string | Buffer, contentType = type) =>
  multipartParts(Buffer.from(body), contentType).map(({ content, ...part }) => ({
    ...part,
    content: content.toString(),
  }))
const part = (disposition: string, content = 'x') =>
  `--b\r\nContent-Disposition: ${disposition}\r\n\r\n${content}\r\n--b--\r\n`

describe('a form', () => {
  test('that the platform writes is read part by part, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 60 }), { minLength: 1, maxLength: 3 }),
        fc.string({ unit: 'grapheme', maxLength: 10 }),
        async (files, text) => {
          const form = new FormData()
          form.set('text', text)
          for (const bytes of files)
            form.append('file', new File([new Uint8Array(bytes)], '녹음 "1".wav'))
          const request = new Response(form)
          const contentType = request.headers.get('content-type') ?? ''
          const parts = multipartParts(Buffer.from(await request.bytes()), contentType)
          const [first, ...rest] = parts
          expect(first?.content.toString()).toBe(text.replaceAll(/\r\n|\r|\n/g, '\r\n'))
          expect(rest.map(({ content }) => [...content])).toEqual(files.map((bytes) => [...bytes]))
          expect(rest[0]).toMatchObject({ name: 'file', filename: '녹음 "1".wav' })
        },
      ),
    )
  })

  test.each([
    [
      'a quotation mark escaped by a backslash',
      'form-data; name="a"; filename="내 \\"노래\\".webm"',
      '내 "노래".webm',
    ],
    [
      'a quotation mark escaped in percent',
      'form-data; name="a"; filename="내 %22노래%22.webm"',
      '내 "노래".webm',
    ],
    ['a path of Windows', 'form-data; name="a"; filename="C:\\rec\\one.webm"', 'C:\\rec\\one.webm'],
    ['no quotation marks', 'form-data; name=a; filename=one.webm', 'one.webm'],
    ['a line of its own', 'form-data;\r\n name="a";\r\n\tfilename="one.webm"', 'one.webm'],
    ['the name last', 'Form-Data; filename="b"; name="a"', 'b'],
    ['an empty name', 'form-data; name="a"; filename=""', ''],
    [
      'its characters in percent',
      'form-data; name="a"; filename="_.webm"; filename*=UTF-8\'\'%EB%82%B4%20%22%EB%85%B8%EB%9E%98%22.webm',
      '내 "노래".webm',
    ],
    [
      'percent signs that encode nothing',
      'form-data; name="a"; filename="b.webm"; filename*=UTF-8\'\'%EB%8',
      'b.webm',
    ],
  ])('may have a file name with %s', (_, disposition, filename) => {
    expect(read(part(disposition))).toEqual([
      { name: 'a', filename, contentType: '', content: 'x' },
    ])
  })

  test.each([
    ['audio/webm', ''],
    ['application/octet-stream', ''],
    ['text/plain', undefined],
  ])('may leave the name of a file out, which %s tells', (contentType, filename) => {
    const body = `--b\r\nContent-Disposition: form-data; name="a"\r\nContent-Type: ${contentType}\r\n\r\nx\r\n--b--`
    expect(read(body)).toEqual([{ name: 'a', filename, contentType, content: 'x' }])
  })

  test('may have a preamble, padding, and what looks like a boundary inside', () => {
    const body = `pre\r\n--b  \r\ncontent-disposition: form-data; name="a"\r\n\r\nx--b\r\n--b--`
    expect(read(body)).toMatchObject([{ name: 'a', content: 'x--b' }])
  })

  test.each([
    ['no boundary', part('form-data; name="a"'), 'multipart/form-data'],
    ['another boundary', part('form-data; name="a"'), 'multipart/form-data; boundary=c'],
    ['no end', '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx', type],
    ['no name', part('form-data'), type],
    ['no headers', '--b\r\n\r\nx\r\n--b--', type],
    ['nothing', '', type],
    [
      'too many parts',
      `${'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n'.repeat(30)}--b--`,
      type,
    ],
  ])('with %s is refused', (_, body, contentType) => {
    expect(() => read(body, contentType)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    )
  })

  test('whose names are not UTF-8 is refused for that', () => {
    const body = Buffer.from(part('form-data; name="a"; filename="\xb3\xec.webm"'), 'latin1')
    expect(() => read(body)).toThrow(expect.objectContaining({ code: 'NOT_UTF8' }))
  })

  test('is read or refused, whatever its bytes', () => {
    const pieces = fc.constantFrom(
      '--b',
      '\r\n',
      '--',
      'Content-Disposition: form-data; name="a"',
      'x',
      ':',
      '\0',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (all) => {
        try {
          read(all.join(''))
        } catch (error) {
          expect(error).toMatchObject({ code: 'INVALID_INPUT' })
        }
      }),
    )
  })
})
