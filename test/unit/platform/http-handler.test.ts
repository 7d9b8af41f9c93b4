import { describe, expect, it } from 'vitest'
import { chatRoutes } from '../../../shared/contracts/http/chat-routes.ts'
import { platformRoutes } from '../../../shared/contracts/http/platform-routes.ts'
import { endpoint, httpHandler } from '../../../shared/platform/http-handler.ts'
import { minuteLeft, urlEvent } from '../../support/aws/function-url.ts'

const health = { status: 'ok' as const, rehearsal: false }
const document = { openapi: '3.1.0' }

const handler = httpHandler(
  [
    endpoint(platformRoutes.health, async () => health),
    endpoint(platformRoutes.openapi, async () => document),
    endpoint(chatRoutes.stopTurn, async () => ({}) as never),
  ],
  { identify: async () => 'principal', known: [chatRoutes.listMessages] },
)

/** A request by the route key that an HTTP API gives it. */
const ask = async (
  method: string,
  path: string,
  { key = '$default', headers = {} }: { key?: string; headers?: Record<string, string> } = {},
) => {
  const event = { ...urlEvent(method, path, { headers }), routeKey: key }
  const { statusCode, body, ...head } = await handler(event, minuteLeft)
  return { status: statusCode, headers: head.headers ?? {}, body }
}
const problemOf = async (method: string, path: string) =>
  JSON.parse((await ask(method, path)).body ?? '')

describe('a HEAD', () => {
  it.each(['/health', '/openapi.json'])(
    'is answered as the GET of %s, without its body',
    async (path) => {
      const get = await ask('GET', path, {
        key: `GET ${path}`,
        headers: { 'x-request-id': 'mine' },
      })
      const head = await ask('HEAD', path, { headers: { 'x-request-id': 'mine' } })
      expect(get.body).toBeDefined()
      expect(head).toEqual({ ...get, body: undefined })
    },
  )

  it('has its conditions met', async () => {
    const { headers } = await ask('HEAD', '/openapi.json')
    const same = { 'if-none-match': String(headers.etag) }
    expect((await ask('HEAD', '/openapi.json', { headers: same })).status).toBe(304)
  })

  it.each([
    ['what another function serves', '/api/chat/session/s/messages', 405, 'GET'],
    ['what has no GET', '/api/chat/session/s/stop', 405, 'POST'],
    ['what there is not', '/nowhere', 404, undefined],
  ])('of %s is refused, without a body too', async (_, path, status, allow) => {
    const answer = await ask('HEAD', path)
    expect(answer).toMatchObject({ status, body: undefined })
    expect(answer.headers.allow).toBe(allow)
  })

  it('is named among the methods of an address that takes it', async () => {
    expect((await ask('DELETE', '/health')).headers.allow).toBe('GET, HEAD')
  })
})

it('takes a request whose gateway says null where a path has no parameters', async () => {
  const event = { ...urlEvent('GET', '/health', {}), routeKey: 'GET /health' }
  const answer = await handler({ ...event, pathParameters: null as never }, minuteLeft)
  expect(answer.statusCode).toBe(200)
})

describe('a problem with an address', () => {
  it.each([
    ['a direction mark', '/api/nowhere\u202egpj', 'U+202Egpj', '/api/nowhere%E2%80%AEgpj'],
    ['a line break', '/a\u2028b\nc', '/aU+2028bU+Ac', '/a%E2%80%A8b%0Ac'],
    ['half a surrogate pair', '/a\ud83d', '/aU+D83D', '/a%EF%BF%BD'],
    ['Korean', '/상품', '/상품', '/%EC%83%81%ED%92%88'],
    ['a question mark', '/a?b#c d', '/a?b#c d', '/a%3Fb%23c%20d'],
    ['what is percent-encoded already', '/a%20b%e2', '/a%20b%e2', '/a%20b%e2'],
    ['a percent sign', '/100%', '/100%', '/100%25'],
    ['a second slash', '//host/a', '//host/a', '/%2Fhost/a'],
  ])('tells of %s', async (_, path, shown, instance) => {
    const problem = await problemOf('GET', path)
    expect(problem).toMatchObject({ status: 404, instance })
    expect(problem.detail).toContain(shown)
    expect(problem.detail).not.toMatch(/[\p{C}\p{Zl}]/u)
    expect(new URL(problem.instance, 'https://studio.test').origin).toBe('https://studio.test')
  })

  it('does so for a wrong method', async () => {
    const path = '/api/chat/session/\u202es/messages'
    const problem = await problemOf('PUT', path)
    expect(problem).toMatchObject({ status: 405, detail: expect.stringContaining('U+202E') })
  })
})

describe('If-None-Match', () => {
  const conditional = async (tag: string, path = '/openapi.json') =>
    (await ask('GET', path, { key: `GET ${path}`, headers: { 'if-none-match': tag } })).status

  it('finds its tag, weak or strong, in a list', async () => {
    const { headers } = await ask('GET', '/openapi.json', { key: 'GET /openapi.json' })
    expect(await conditional(`"other", W/${headers.etag}`)).toBe(304)
    expect(await conditional('"other"')).toBe(200)
  })

  it('with * is met by any state of things', async () => {
    expect(await conditional(' * ')).toBe(304)
    expect(await conditional('"*"')).toBe(200)
  })

  it('means nothing where there are no tags', async () => {
    expect(await conditional('*', '/health')).toBe(200)
  })
})
