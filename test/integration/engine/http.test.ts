import { readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '../../../local/engine.ts'
import { eventually, jsonOf } from './eventually.ts'
import { makeWorkspace, removeWorkspace, startSample } from './sample-engine.ts'

let directory: string
let engine: Engine
const log: string[] = []

beforeAll(async () => {
  directory = await makeWorkspace()
  engine = await startSample(directory, { log: (line) => log.push(line) })
})

afterAll(async () => {
  await engine.close()
  await removeWorkspace(directory)
})

const echo = async (path: string, init?: RequestInit) =>
  await jsonOf(fetch(`${engine.origin}${path}`, init))

describe('an HTTP API', () => {
  it('hands a function the event of payload format 2.0', async () => {
    const { event } = await echo('/things/a%20b?x=1&x=2&y=%26', {
      headers: { 'X-Custom': 'value', cookie: 'a=1; b=2' },
    })

    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'GET /things/{id}',
      rawPath: '/things/a b',
      rawQueryString: 'x=1&x=2&y=%26',
      queryStringParameters: { x: '1,2', y: '&' },
      pathParameters: { id: 'a b' },
      cookies: ['a=1', 'b=2'],
      headers: { 'x-custom': 'value', 'x-forwarded-proto': 'https' },
      isBase64Encoded: false,
      requestContext: {
        accountId: '000000000000',
        stage: '$default',
        routeKey: 'GET /things/{id}',
        http: { method: 'GET', path: '/things/a b', sourceIp: '198.51.100.1' },
      },
    })
    expect(event.headers).not.toHaveProperty('cookie')
    expect(event.requestContext.time).toMatch(/^\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000$/)
  })

  it('is reached from an edge of the distribution, which says who its viewer is', async () => {
    const { event } = await echo('/things/a', {
      headers: {
        'X-Proof': 'of a viewer',
        'CloudFront-Viewer-Address': '203.0.113.7:1',
        'CloudFront-Viewer-Country': 'KR',
        'X-Forwarded-For': '203.0.113.7',
      },
    })
    expect(event.headers).toMatchObject({
      'x-proof': 'from the edge',
      'cloudfront-viewer-address': expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      'x-forwarded-for': '203.0.113.7, 127.0.0.1',
    })
    expect(event.headers).not.toHaveProperty('cloudfront-viewer-country')
  })

  it('chooses the most specific route', async () => {
    const routeOf = async (path: string, method = 'GET') =>
      (await echo(path, { method })).event.routeKey

    expect(await routeOf('/things/special')).toBe('GET /things/special')
    expect(await routeOf('/things/other')).toBe('GET /things/{id}')
    expect(await routeOf('/things/other', 'DELETE')).toBe('$default')
    expect(await routeOf('/things/other/more')).toBe('$default')
    expect(await routeOf('/files/a/b/c', 'PUT')).toBe('ANY /files/{path+}')
    expect((await echo('/files/a/b/c')).event.pathParameters).toEqual({ path: 'a/b/c' })
  })

  it('passes text as text and everything else in base64', async () => {
    const body = 'grüße'
    const post = async (type: string) =>
      (await echo('/', { method: 'POST', body, headers: { 'content-type': type } })).event

    expect(await post('application/json; charset=utf-8')).toMatchObject({
      body,
      isBase64Encoded: false,
    })
    expect(await post('application/problem+json')).toMatchObject({ body, isBase64Encoded: false })
    expect(await post('application/octet-stream')).toMatchObject({
      body: Buffer.from(body).toString('base64'),
      isBase64Encoded: true,
    })
  })

  it('returns status, headers, cookies and binary bodies', async () => {
    const response = await fetch(`${engine.origin}/do/binary`)

    expect(response.status).toBe(201)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(response.headers.get('x-number')).toBe('7')
    expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2'])
    expect(response.headers.get('apigw-requestid')).toBeTruthy()
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255, 1, 254])
  })

  it.each([
    ['throw', 'TypeError: asked for it'],
    ['exit', 'Runtime.ExitError: Runtime exited with error: exit status 3'],
    ['crash', 'RangeError: out of nowhere'],
    ['huge', 'Function.ResponseSizeTooLarge'],
    ['malformed', undefined],
  ])('answers 500 when a function does: %s, and names what it failed of', async (what, failure) => {
    const before = log.length
    const response = await fetch(`${engine.origin}/do/${what}`)

    expect(response.status).toBe(500)
    expect(await jsonOf(response)).toEqual({ message: 'Internal Server Error' })
    expect(log.slice(before).filter((line) => line.startsWith('Echo failed: '))).toEqual(
      failure ? [expect.stringContaining(failure)] : [],
    )
    expect((await fetch(`${engine.origin}/after`)).status).toBe(200)
  })

  it('answers 503 when the integration takes too long, and the function goes on', async () => {
    const response = await fetch(`${engine.origin}/do/wait`)

    expect(response.status).toBe(503)
    expect(await jsonOf(response)).toEqual({ message: 'Service Unavailable' })
    await eventually(async () => {
      const lines = await readFile(join(directory, 'data', 'functions.log'), 'utf8')
      expect(lines).toMatch(/^\S+Z Echo \| echo says hello to \/do\/wait$/m)
    })
  })

  it('ends a function at its timeout', async () => {
    const response = await fetch(`${engine.origin}/do/hang`)

    expect(response.status).toBe(500)
    expect(log.at(-1)).toMatch(
      /^Brief failed: Sandbox.Timedout: RequestId: \S+ Error: Task timed out after 1.00 seconds$/,
    )
  })

  it('handles one event at a time on each instance', async () => {
    const together = await Promise.all(['a', 'b', 'c'].map((name) => echo(`/do/wait/${name}`)))
    const later = await echo('/later')

    expect(new Set(together.map(({ instance }) => instance)).size).toBe(3)
    expect(together.map(({ mostActive }) => mostActive)).toEqual([1, 1, 1])
    expect(together.map(({ instance }) => instance)).toContain(later.instance)
  })

  it('refuses more than 10 MB', async () => {
    const status = await new Promise((resolve, reject) => {
      const sent = request(`${engine.origin}/`, { method: 'POST' }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
      sent.on('error', reject)
      sent.end(Buffer.alloc(10 * 1024 * 1024 + 1))
    })

    expect(status).toBe(413)
  })

  it('gives functions the environment of Lambda, of the template and from outside', async () => {
    const { environment, context } = await echo('/')
    const port = new URL(engine.origin).port

    expect(environment).toMatchObject({
      AWS_LAMBDA_FUNCTION_NAME: 'Echo',
      AWS_REGION: 'ap-northeast-2',
      AWS_ENDPOINT_URL_DYNAMODB: engine.endpoints.dynamodb,
      AWS_ENDPOINT_URL_SFN: engine.endpoints.sfn,
      AWS_ENDPOINT_URL_EVENTBRIDGE: engine.endpoints.eventbridge,
      TABLE_NAME: 'Table',
      VERSION: '/cdk/version',
      FROM_OUTSIDE: 'yes',
      API: engine.origin,
      STREAM: `${engine.origin}/_urls/StreamUrl/`,
      SOCKET_URL: `ws://127.0.0.1:${port}/_sockets/Sockets/live`,
      QUEUE: `${engine.endpoints.sqs}/000000000000/Work`,
    })
    expect(environment).not.toHaveProperty('HOME')
    expect(environment).not.toHaveProperty('NODE_COMPILE_CACHE')
    expect(context.remaining).toBeGreaterThan(5000)
    expect(context.remaining).toBeLessThanOrEqual(10_000)
    expect(context.functionName).toBe('Echo')
  })
})

describe('CORS', () => {
  const preflight = (origin: string) =>
    fetch(`${engine.origin}/things/1`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    })

  it('answers the preflight of an allowed origin', async () => {
    const response = await preflight('https://allowed.example')

    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe('https://allowed.example')
    expect(response.headers.get('access-control-allow-methods')).toBe('GET,POST')
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization')
    expect(response.headers.get('access-control-max-age')).toBe('60')
  })

  it('allows nothing to another origin', async () => {
    const response = await preflight('https://other.example')

    expect(response.status).toBe(204)
    expect(response.headers.has('access-control-allow-origin')).toBe(false)
  })

  it('marks every answer to an allowed origin, failures included', async () => {
    const response = await fetch(`${engine.origin}/do/throw`, {
      headers: { origin: 'https://allowed.example' },
    })

    expect(response.status).toBe(500)
    expect(response.headers.get('access-control-allow-origin')).toBe('https://allowed.example')
  })
})
