import { describe, expect, it } from 'vitest'
import { checkHeader, checkLink, signedHeaders } from '../../../local/aws/signature.ts'

const host = '127.0.0.1:9000'
const url = '/media/speech/%ED%95%9C%20(1)+a.mp3?list-type=2&prefix=a%2Fb'
const body = 'text'

const signed = async (keys?: { accessKeyId: string; secretAccessKey: string }) => {
  const request = { method: 'PUT', headers: { 'content-type': 'audio/mpeg' }, body }
  return {
    method: 'PUT',
    url,
    headers: await signedHeaders('s3', `http://${host}${url}`, request, keys),
  }
}
const check = async (request: Parameters<typeof checkHeader>[0], sent = body, now?: number) =>
  checkHeader(request, Buffer.from(sent), now).then(
    () => 'taken',
    (error) => error.code,
  )

describe('a signature in the headers', () => {
  it('holds for what was signed, and headers that were not signed may be added', async () => {
    const request = await signed()
    expect(await check(request)).toBe('taken')
    expect(await check({ ...request, headers: { ...request.headers, te: 'x' } })).toBe('taken')
  })

  it.each([
    ['another method', { method: 'DELETE' }],
    ['another path', { url: url.replace('speech', 'spooch') }],
    ['another query', { url: url.replace('prefix=a', 'prefix=b') }],
    ['a longer query', { url: `${url}&x=1` }],
  ])('does not hold for %s', async (_, change) => {
    expect(await check({ ...(await signed()), ...change })).toBe('SignatureDoesNotMatch')
  })

  it.each([
    ['content-type', 'text/html', 'SignatureDoesNotMatch'],
    ['host', 'elsewhere', 'SignatureDoesNotMatch'],
    ['x-amz-content-sha256', 'UNSIGNED-PAYLOAD', 'SignatureDoesNotMatch'],
    ['x-amz-date', 'yesterday', 'SignatureDoesNotMatch'],
    ['authorization', 'AWS4-HMAC-SHA256 Credential=local', 'AccessDenied'],
  ])('does not hold with another %s', async (name, value, code) => {
    const request = await signed()
    const headers = { ...request.headers, [name]: value }
    expect(await check({ ...request, headers })).toBe(code)
  })

  it('does not hold without the host among the signed headers', async () => {
    const request = await signed()
    const authorization = (request.headers.authorization ?? '').replace('host;', '')
    const headers = { ...request.headers, authorization }
    expect(await check({ ...request, headers })).toBe('SignatureDoesNotMatch')
  })

  it('does not hold for another body, long after, or by another key', async () => {
    const request = await signed()
    expect(await check(request, 'test')).toBe('XAmzContentSHA256Mismatch')
    const late = Date.now() + 16 * 60_000
    expect(await check(request, body, late)).toBe('RequestTimeTooSkewed')
    const other = { accessKeyId: 'local', secretAccessKey: 'local' }
    expect(await check(await signed(other))).toBe('InvalidAccessKeyId')
  })
})

describe('a signature in a link', () => {
  it.each(['', '1e9', '-1', '0x10', '604801', '999999999999'])(
    'is not good for %j seconds',
    async (seconds) => {
      const date = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')
      const query = new URLSearchParams({ 'X-Amz-Date': date, 'X-Amz-Expires': seconds })
      const request = { method: 'GET', url: `/media/a?${query}`, headers: { host } }
      await expect(checkLink(request)).rejects.toMatchObject({ code: 'AccessDenied', status: 403 })
    },
  )
})
