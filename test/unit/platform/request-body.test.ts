import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { chatRoutes } from '../../../shared/contracts/http/chat-routes.ts'
import { voiceRoutes } from '../../../shared/contracts/http/voice-routes.ts'
import { readBody } from '../../../shared/platform/request-body.ts'
import { parseFrame } from '../../../shared/services/delivery/socket-frames.ts'
import { urlEvent } from '../../support/aws/function-url.ts'

const read = (body: string, headers: Record<string, string> = {}, isBase64Encoded = false) =>
  readBody(chatRoutes.sendMessage, {
    ...urlEvent('POST', '/', { headers }),
    ...{ body, isBase64Encoded },
  }).value

describe('a body that is encoded', () => {
  const zipped = gzipSync('{"message":"안녕"}').toString('base64')
  const refused = expect.objectContaining({
    code: 'UNSUPPORTED_MEDIA',
    message: expect.stringContaining('Content-Encoding'),
    errors: [expect.objectContaining({ path: 'Content-Encoding' })],
  })

  it.each(['gzip', 'GZIP', 'br', 'identity, gzip', 'aws-chunked'])(
    'as %s is refused',
    (encoding) => {
      expect(() => read(zipped, { 'content-encoding': encoding }, true)).toThrow(refused)
    },
  )

  it('is refused as a form, too', () => {
    const headers = {
      'content-type': 'multipart/form-data; boundary=b',
      'content-encoding': 'gzip',
    }
    const event = { ...urlEvent('POST', '/', { headers }), body: zipped, isBase64Encoded: true }
    expect(() => readBody(voiceRoutes.speak, event)).toThrow(refused)
  })

  it.each(['identity', 'Identity', ''])('as %j is as it is', (encoding) => {
    expect(read('{"message":"안녕"}', { 'content-encoding': encoding })).toEqual({
      message: '안녕',
    })
  })
})

describe('a key that is given twice', () => {
  const refused = (path: string) =>
    expect.objectContaining({
      code: 'INVALID_INPUT',
      errors: [{ path, message: 'must be given once' }],
    })

  it.each([
    ['at once', '{"message":"a","message":"b"}', 'message'],
    ['with the same value', '{"message":"a" , "message" : "a"}', 'message'],
    ['in another spelling', '{"message":"a","m\\u0065ssage":"b"}', 'message'],
    ['behind an object of the same keys', '{"a":{"b":1},"b":2,"a":3}', 'a'],
    ['further in', '[{"slots":{"x":[{}],"x":1}}]', 'x'],
    ['as __proto__', '{"__proto__":1,"__proto__":2}', '__proto__'],
    ['that does not show', '{"\\u202e":1,"\\u202e":2}', 'U+202E'],
  ])('is refused %s', (_, body, path) => {
    expect(() => read(body)).toThrow(refused(path))
  })

  it('is refused in a frame', () => {
    const frame = '{"action":"message","message":"a","message":"b"}'
    expect(() => parseFrame(frame)).toThrow(refused('message'))
  })

  it.each([
    '{"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]}',
    '{"a":"\\"a\\":1, {\\"a\\":","b":"}","c":"a"}',
    '{"a":"\\\\","b":"a","c":["a","a"]}',
    '"a"',
    '[]',
  ])('is none where it stands once in each object: %s', (body) => {
    expect(read(body)).toEqual(JSON.parse(body))
  })

  it('costs time in proportion to the body', () => {
    const keys = Array.from({ length: 3000 }, (_, index) => `"k${index}":"\\"{${' '.repeat(3)}"`)
    expect(Object.keys(read(`{${keys.join(',')}}`) as object)).toHaveLength(3000)
    expect(read(`{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`)).toHaveProperty('a')
  })
})
