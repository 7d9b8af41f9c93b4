import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import tls from 'node:tls'
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import {
  createPageReader,
  type PageReaderOptions,
  type PageResult,
} from '../../../../shared/clients/pages/page-reader.ts'
import { systemClock as clock } from '../../../../shared/platform/clock.ts'
import { pageLimit } from '../../../../shared/rules/model-limits.ts'
import { deadline } from '../../../support/limits/machine-speed.ts'
import { certificate } from '../../../support/pages/certificate.ts'
import { type ServedPage, startPageServer } from '../../../support/pages/page-server.ts'

const server = await startPageServer()
afterAll(() => server.stop())
const { signal } = new AbortController()

const readerWith = (options: Partial<PageReaderOptions> = {}) =>
  createPageReader({ clock, allowLoopback: true, deadlineMs: deadline(8_000), ...options })
const reader = readerWith()
const read = (url: string): Promise<PageResult> => reader.read(url, signal)

let paths = 0
/** Publishes at a path of its own and reads it. */
const readPage = (page: Parameters<typeof server.publish>[1], site?: string) => {
  paths += 1
  return read(server.publish(`/page-${paths}`, page, site))
}
const reasonOf = (result: PageResult) => ('reason' in result ? result.reason : result.page.text)
const textOf = (result: PageResult) => (result.status === 'read' ? result.page.text : result.reason)

const sentence = '올해 핸드크림 매출은 지난해보다 12% 늘었다.'
const article = `<!doctype html><html><head><title>기사</title></head><body><p>${sentence}</p></body></html>`
const plain = (body: string | Uint8Array, type = 'text/plain; charset=utf-8'): ServedPage => ({
  headers: { 'content-type': type },
  body,
})

describe('a page', () => {
  test('is read as evidence: address, title, site, times, text and its hash', async () => {
    const url = server.publish(
      '/article?a=1',
      `<html><head><title>제목</title><meta property="og:site_name" content="온담일보">
       <meta property="article:published_time" content="2026-11-03T10:00:00+09:00"></head>
       <body><p>${sentence}</p></body></html>`,
    )
    const fixed = readerWith({ clock: { now: () => Date.UTC(2026, 10, 26) } })
    expect(await fixed.read(`${url}#part`, signal)).toEqual({
      status: 'read',
      page: {
        url,
        requestedUrl: `${url}#part`,
        title: '제목',
        site: '온담일보',
        publishedAt: '2026-11-03T01:00:00.000Z',
        observedAt: '2026-11-26T00:00:00.000Z',
        text: sentence,
        hash: 'f3bf73c9702651d4604a980f8cde16572824d4da5e0af35499d10515f176df7c',
      },
    })
  })

  test('is asked for by an honest name, without cookies, on a connection of its own', async () => {
    await readPage({ headers: { 'set-cookie': 'id=1', 'content-type': 'text/plain' }, body: 'one' })
    await readPage(plain('two'))
    const { headers } = server.requests.at(-1) ?? {}
    expect(headers).toMatchObject({
      'user-agent': expect.stringMatching(/^LaunchStudio\//),
      connection: 'close',
    })
    expect(headers).not.toHaveProperty('cookie')
  })

  test.each([
    ['gzip', gzipSync(sentence)],
    ['deflate', deflateSync(sentence)],
    ['br', brotliCompressSync(sentence)],
    ['gzip, identity', gzipSync(sentence)],
    ['UTF-8', Buffer.from(sentence)],
    ['none', Buffer.from(sentence)],
  ])('may be compressed with %s', async (encoding, body) => {
    const page = { headers: { 'content-type': 'text/plain', 'content-encoding': encoding }, body }
    expect(textOf(await readPage(page))).toBe(sentence)
  })
})

describe('redirects', () => {
  const chain = (length: number) => {
    paths += 1
    const at = (hop: number) => `/hop-${paths}-${hop}`
    for (let hop = 0; hop < length; hop += 1) {
      server.publish(at(hop), { status: 302, headers: { location: at(hop + 1) } })
    }
    return [server.url(at(0)), server.publish(at(length), plain(sentence))] as const
  }

  test('are followed up to three', async () => {
    const [first, last] = chain(pageLimit.maxRedirects)
    expect(await read(first)).toMatchObject({ page: { url: last, requestedUrl: first } })
    expect(reasonOf(await read(chain(pageLimit.maxRedirects + 1)[0]))).toBe('too-many-redirects')
  })

  test('in a circle end', async () => {
    const url = server.publish('/circle', { status: 301, headers: { location: '/circle' } })
    expect(await read(url)).toEqual({ status: 'refused', url, reason: 'too-many-redirects' })
  })

  test.each([
    ['http://example.com/', 'not-https'],
    ['https://169.254.169.254/latest/meta-data/', 'private-address'],
    ['https://[fd00:ec2::254]/', 'private-address'],
    ['https://2130706434.example:8443/', 'port'],
    ['https://me:secret@example.com/', 'credentials'],
    ['file:///etc/passwd', 'not-https'],
    ['https://exa mple/', 'bad-response'],
  ])('to %s are refused: %s', async (location, reason) => {
    expect(reasonOf(await readPage({ status: 302, headers: { location } }))).toBe(reason)
    const refresh = `<meta http-equiv="Refresh" content="0; url='${location}'">${article}`
    if (reason !== 'bad-response') expect(reasonOf(await readPage(refresh))).toBe(reason)
  })

  test('may be written into the page', async () => {
    const last = server.publish(encodeURI('/다음'), article)
    const url = server.publish('/refreshing', `<meta http-equiv=refresh content="0;URL=/다음">`)
    expect(await read(url)).toMatchObject({ page: { url: last } })
  })

  test('that cannot be followed leave the text that a page has of its own', async () => {
    const text = `${sentence} `.repeat(20).trim()
    const gone = server.url('/gone')
    for (const target of [gone, 'http://example.com/', '?again=1']) {
      const html = `<meta http-equiv=refresh content="5;url=${target}"><p>${text}</p>`
      expect(textOf(await readPage(html))).toBe(text)
    }
  })

  test('may be spelled in UTF-8, as sites do', async () => {
    const path = Buffer.from('/한글').toString('latin1')
    server.publish(encodeURI('/한글'), plain(sentence))
    expect(textOf(await readPage({ status: 302, headers: { location: path } }))).toBe(sentence)
  })

  test('lead into the frame that holds the text of an otherwise empty page', async () => {
    const frame = server.publish('/PostView?logNo=1', article)
    const shell =
      '<html><head><title>블로그</title></head><body><iframe src="/PostView?logNo=1"></iframe></body></html>'
    expect(await readPage(shell)).toMatchObject({
      page: { url: frame, title: '블로그', text: sentence },
    })
  })
})

describe('an address is refused', () => {
  test.each([
    ['', 'bad-address'],
    ['not an address', 'bad-address'],
    ['http://example.com/', 'not-https'],
    ['ftp://example.com/', 'not-https'],
    ['javascript:alert(1)', 'not-https'],
    ['data:text/plain,x', 'not-https'],
    ['https://example.com:8443/', 'port'],
    ['https://example.com:22/', 'port'],
    ['https://user@example.com/', 'credentials'],
    [`https://example.com/${'a'.repeat(3_000)}`, 'bad-address'],
  ])('%s: %s', async (url, reason) => {
    expect(await read(url)).toEqual({ status: 'refused', url, reason })
  })

  test.each([
    ...['127.0.0.1', '127.1', '0x7f.1', '0177.0.0.1', '2130706433', '0x7f000001', '017700000001'],
    ...['0', '0.0.0.0', '[::1]', '[::]', '[::ffff:127.0.0.1]', '[::127.0.0.1]', '１２７.０.０.１'],
    ...['10.0.0.1', '192.168.0.1', '100.64.0.1', '169.254.169.254', '2852039166', '0xa9fea9fe'],
    ...['[64:ff9b::a9fe:a9fe]', '[2002:a9fe:a9fe::]', '[fd00:ec2::254]', '100.100.100.200'],
    ...['localhost', 'LOCALHOST', 'localhost.', 'a.localhost', '⑯⑨。②⑤④。⑯⑨。②⑤④'],
  ])('https://%s/: private', async (host) => {
    const strict = readerWith({
      allowLoopback: false,
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    })
    const result = await strict.read(`https://${host}/`, signal)
    expect(['private-address', 'bad-address']).toContain(reasonOf(result))
    expect(result.status).toBe('refused')
  })

  test('when its name resolves to this machine, also where this machine may be read by its own names', async () => {
    const rebound = readerWith({ resolve: async () => [{ address: '127.0.0.1', family: 4 }] })
    expect(reasonOf(await rebound.read('https://rebound.example/', signal))).toBe('private-address')
  })

  test('when it is on this machine, unless that is allowed', async () => {
    const url = server.publish('/here', plain(sentence))
    const secure = url.replace('http:', 'https:').replace(/:\d+/, '')
    const strict = readerWith({ allowLoopback: false })
    expect(reasonOf(await strict.read(url, signal))).toBe('not-https')
    expect(reasonOf(await strict.read(secure, signal))).toBe('private-address')
  })
})

describe('what is no text', () => {
  test.each([
    ['pdf', 'application/pdf', '%PDF-1.7'],
    ['pdf', 'text/html', '%PDF-1.7 …'],
    ['image', 'image/png', '\x89PNG'],
    ['image', 'text/plain', '\x89PNG\r\n\x1a\n'],
    ['video', 'video/mp4', 'x'],
    ['audio', 'audio/mpeg', 'x'],
    ['archive', 'text/html', 'PK\x03\x04…'],
    ['not-text', 'application/json', '{}'],
    ['not-text', 'application/octet-stream', 'text'],
    ['not-text', 'text/css', 'a{}'],
    ['not-text', 'text/html', 'a\0b'],
  ])('is refused by name: %s (%s)', async (reason, type, body) => {
    expect(reasonOf(await readPage(plain(Buffer.from(body, 'latin1'), type)))).toBe(reason)
  })

  test.each([
    ['http-404', { status: 404, body: article }],
    ['http-403', { status: 403 }],
    ['http-500', { status: 500 }],
    ['http-204', { status: 204 }],
    ['http-302', { status: 302 }],
    ['no-text', { body: '' }],
    ['no-text', { body: '<html><body><script>x</script></body></html>' }],
    ['bad-encoding', { headers: { 'content-encoding': 'gzip' }, body: 'no gzip' }],
    ['bad-encoding', { headers: { 'content-encoding': 'compress' }, body: 'x' }],
  ] satisfies [string, ServedPage][])('or fails: %s', async (reason, page) => {
    expect(reasonOf(await readPage(page))).toBe(reason)
  })
})

describe('sizes', () => {
  test('of two megabytes are read, more is refused, announced or not', async () => {
    const most = 'a'.repeat(pageLimit.maxBytes)
    expect(textOf(await readPage(plain(most)))).toHaveLength(pageLimit.maxText)
    expect(reasonOf(await readPage(plain(`${most}a`)))).toBe('too-large')
    const chunked = await readPage((_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' })
      for (let megabyte = 0; megabyte < 3; megabyte += 1)
        response.write(Buffer.alloc(1_000_000, 97))
      response.end()
    })
    expect(reasonOf(chunked)).toBe('too-large')
  })

  test.each([
    ['gzip', gzipSync(Buffer.alloc(20_000_000))],
    [
      'br',
      brotliCompressSync(Buffer.alloc(20_000_000), {
        params: { [constants.BROTLI_PARAM_QUALITY]: 1 },
      }),
    ],
  ])('are counted decompressed: %s', async (encoding, body) => {
    const page = { headers: { 'content-type': 'text/plain', 'content-encoding': encoding }, body }
    expect(reasonOf(await readPage(page))).toBe('too-large')
  })

  test('of headers are bounded', async () => {
    expect(reasonOf(await readPage({ headers: { 'x-long': 'a'.repeat(100_000) } }))).toBe(
      'bad-response',
    )
  })
})

describe('time', () => {
  const impatient = readerWith({ deadlineMs: deadline(500) })

  test.each([
    ['does not answer', () => {}],
    [
      'does not end its headers',
      (_: unknown, { socket }: { socket: NodeJS.WritableStream | null }) =>
        void socket?.write('HTTP/1.1 200 OK\r\n'),
    ],
  ])('ends for a site that %s', async (_, handler) => {
    paths += 1
    const url = server.publish(`/slow-${paths}`, handler as never)
    expect(await impatient.read(url, signal)).toEqual({ status: 'failed', url, reason: 'too-slow' })
  })

  test('ends for a body that trickles', async () => {
    const url = server.publish('/trickle', (_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' })
      const timer = setInterval(() => response.write('a'), 20)
      response.on('close', () => clearInterval(timer))
    })
    expect(reasonOf(await impatient.read(url, signal))).toBe('too-slow')
  })

  test('ends for a name that does not resolve in time', async () => {
    const lost = readerWith({ deadlineMs: deadline(200), resolve: () => new Promise(() => {}) })
    const result = await lost.read('https://lost.example/', signal)
    expect(['too-slow', 'robots-unreachable']).toContain(reasonOf(result))
  })

  test('of the caller ends it with the caller’s reason', async () => {
    const url = server.publish('/waiting', () => {})
    const caller = new AbortController()
    const reading = reader.read(url, caller.signal)
    caller.abort(new Error('cancelled'))
    await expect(reading).rejects.toThrow('cancelled')
    await expect(reader.read(url, caller.signal)).rejects.toThrow('cancelled')
  })

  test('goes on for other readers of the same site', async () => {
    const stuck = server.publish('/stuck', () => {}, 'crowded')
    const free = server.publish('/free', plain(sentence), 'crowded')
    const callers = [0, 1, 2].map(() => new AbortController())
    const readings = callers.map((caller) => reader.read(stuck, caller.signal))
    const other = reader.read(free, signal)
    for (const caller of callers) caller.abort(new Error('cancelled'))
    await Promise.allSettled(readings)
    expect(textOf(await other)).toBe(sentence)
  })
})

test('no more requests at a time go to one host than allowed', async () => {
  let open = 0
  let most = 0
  const urls = Array.from({ length: 8 }, (_, index) =>
    server.publish(`/beside-${index}`, (_, response) => {
      open += 1
      most = Math.max(most, open)
      setImmediate(() => {
        open -= 1
        response.writeHead(200, { 'content-type': 'text/plain' }).end(sentence)
      })
    }),
  )
  const results = await Promise.all(urls.map(read))
  expect(results.map(textOf)).toEqual(urls.map(() => sentence))
  expect(most).toBeLessThanOrEqual(pageLimit.maxRequestsPerHost)
})

test('a connection that a server turns to another protocol is a bad response', async () => {
  const turned = await readPage((request) => {
    request.socket.end(
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    )
  })
  expect(reasonOf(turned)).toBe('bad-response')
})

describe('a broken connection', () => {
  test('is a result', async () => {
    expect(reasonOf(await readPage((request) => request.socket.destroy()))).toBe(
      'broken-connection',
    )
    const cut = await readPage((request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain', 'content-length': '100' })
      response.write('abc', () => request.socket.destroy())
    })
    expect(reasonOf(cut)).toBe('broken-connection')
  })

  test('or none at all', async () => {
    const gone = await startPageServer()
    const url = gone.url('/')
    await gone.stop()
    expect(reasonOf(await read(url))).toBe('unreachable')
    const unknown = readerWith({ resolve: () => Promise.reject(new Error('ENOTFOUND')) })
    expect(reasonOf(await unknown.read('https://unknown.example/', signal))).toBe('unknown-host')
  })
})

test('a certificate must be trusted and name the site', async () => {
  const secure = createServer(
    { key: certificate.key, cert: certificate.cert },
    (request, response) => {
      if (request.url === '/robots.txt') response.writeHead(404).end()
      else response.writeHead(200, { 'content-type': 'text/plain' }).end(sentence)
    },
  )
  await new Promise<void>((listening) => secure.listen(0, '127.0.0.1', listening))
  const { port } = secure.address() as AddressInfo
  const trusted = tls.getCACertificates()
  try {
    const url = `https://${certificate.host}:${port}/`
    expect(reasonOf(await readerWith().read(url, signal))).toBe('bad-certificate')
    tls.setDefaultCACertificates([certificate.cert])
    expect(textOf(await readerWith().read(url, signal))).toBe(sentence)
    const other = url.replace(certificate.host, 'other.localhost')
    expect(reasonOf(await readerWith().read(other, signal))).toBe('bad-certificate')
  } finally {
    tls.setDefaultCACertificates(trusted)
    secure.closeAllConnections()
    secure.close()
  }
})
