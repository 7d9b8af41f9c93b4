import type { APIGatewayProxyEventV2, Context } from 'aws-lambda'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chatRoutes } from '../../../shared/contracts/http/chat-routes.ts'
import { launchRoutes } from '../../../shared/contracts/http/launch-routes.ts'
import type { Route } from '../../../shared/contracts/http/route.ts'
import { routeKey } from '../../../shared/contracts/http/route.ts'
import { voiceOutputRoutes } from '../../../shared/contracts/http/voice-output-routes.ts'
import { voiceRoutes } from '../../../shared/contracts/http/voice-routes.ts'
import { Problem } from '../../../shared/contracts/problems.ts'
import { Reply } from '../../../shared/platform/http-answer.ts'
import { endpoint, httpHandler } from '../../../shared/platform/http-handler.ts'
import { newId } from '../../../shared/platform/ids.ts'
import { parseFrame, rejectedFrame } from '../../../shared/services/delivery/socket-frames.ts'

const sessionId = newId('sess')

/** A handler that answers with what it took, and how it answers to an event. */
const answering = (route: Route) => {
  const handler = httpHandler(
    [
      endpoint(route, async ({ body, query }) => {
        const { audio, ...fields } = body as { audio?: File }
        const file = audio && { name: audio.name, bytes: [...(await audio.bytes())] }
        return new Reply({ body: { ...fields, ...(file ? { audio: file } : {}) }, query }, {})
      }),
    ],
    { identify: async () => 'principal' },
  )
  return async (event: Partial<APIGatewayProxyEventV2>) => {
    const result = await handler(
      {
        routeKey: routeKey(route),
        rawPath: route.path,
        pathParameters: { session_id: sessionId },
        requestContext: { http: { method: route.method } },
        headers: {},
        isBase64Encoded: false,
        ...event,
      } as APIGatewayProxyEventV2,
      { getRemainingTimeInMillis: () => 1000 } as Context,
    )
    const body = JSON.parse(result.body ?? 'null')
    return { status: result.statusCode ?? 0, body, text: result.body ?? '' }
  }
}

/** Bytes as a gateway hands them on: as a string, with what is not UTF-8 replaced, or in base64. */
const inString = (bytes: Uint8Array) => ({
  body: Buffer.from(bytes).toString('utf8'),
  headers: { 'content-type': 'application/json', 'content-length': `${bytes.length}` },
})
const inBase64 = (bytes: Uint8Array) => ({
  body: Buffer.from(bytes).toString('base64'),
  isBase64Encoded: true,
})
const around = (text: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from('{"message":"'), text, Buffer.from('"}')])

const send = answering(chatRoutes.sendMessage)
const cp949 = Uint8Array.from([0xbe, 0xc8, 0xb3, 0xe7])

describe.each([
  ['a string', inString],
  ['base64', inBase64],
])('a body that the gateway hands on as %s', (_, handed) => {
  test.each([
    ['CP949', cp949],
    ['an overlong form', Uint8Array.from([0xc0, 0xaf])],
    ['a truncated form', Uint8Array.from([0xec, 0x95])],
    ['half a surrogate pair', Uint8Array.from([0xed, 0xa0, 0xbd])],
    ['Latin-1', Buffer.from('caf\xe9', 'latin1')],
  ])('is refused in %s, and the problem says so', async (_, bytes) => {
    const { status, body } = await send(handed(around(bytes)))
    expect(status).toBe(400)
    expect(Problem.parse(body)).toMatchObject({
      error: { code: 'NOT_UTF8' },
      detail: expect.stringContaining('not UTF-8'),
    })
    expect(body.title).toContain('UTF-8')
  })

  test('may begin with a byte order mark', async () => {
    const bytes = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), around(Buffer.from('안녕'))])
    expect(await send(handed(bytes))).toMatchObject({
      status: 200,
      body: { body: { message: '안녕' } },
    })
    const empty = await answering(chatRoutes.createSession)(handed(Buffer.from([0xef, 0xbb, 0xbf])))
    expect(empty.status).toBe(201)
  })

  test('may hold a replacement character, which no text may', async () => {
    const { status, body } = await send(handed(around(Buffer.from('a\ufffd'))))
    expect(status).toBe(422)
    expect(body.errors).toMatchObject([{ path: 'message', rule: 'REPLACEMENT_CHARACTER' }])
  })
})

const json = (value: unknown) => inString(Buffer.from(JSON.stringify(value)))

describe('a text that breaks a rule', () => {
  test.each([
    [chatRoutes.sendMessage, { message: '사진 \ud83d 보내요' }, 'message', 'UNPAIRED_SURROGATE'],
    [
      chatRoutes.sendMessage,
      { message: 'a', client_message_id: '\ud83d' },
      'client_message_id',
      'UNPAIRED_SURROGATE',
    ],
    [
      chatRoutes.sendMessage,
      { message: 'a', client_message_id: '\u3164' },
      'client_message_id',
      'NOTHING_VISIBLE',
    ],
    [chatRoutes.sendMessage, { message: '\u3164' }, 'message', 'NOTHING_VISIBLE'],
    [chatRoutes.streamMessage, { message: '\0' }, 'message', 'CONTROL_CHARACTER'],
    [
      voiceOutputRoutes.assistantVoice,
      { text: '\ue200', voice_preset: 'calm_ko' },
      'text',
      'PRIVATE_USE_CHARACTER',
    ],
    [
      launchRoutes.launch,
      { brief: { product_name: '\u2800' } },
      'brief.product_name',
      'NOTHING_VISIBLE',
    ],
  ] as const)('is named with its field and rule (%#)', async (route, value, path, rule) => {
    const { status, body } = await answering(route)(json(value))
    expect(status).toBe(422)
    expect(Problem.parse(body).errors).toContainEqual(expect.objectContaining({ path, rule }))
  })

  test('is named in a query', async () => {
    const history = answering(launchRoutes.launchHistory)
    const queried = (q: string) => history({ queryStringParameters: { q } })
    expect(await queried('\ufffd')).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'q', rule: 'REPLACEMENT_CHARACTER' }] },
    })
    expect(await queried('')).toMatchObject({ status: 200, body: { query: { q: '' } } })
  })

  test.each([
    ['0', 'must be at least 1'],
    ['101', 'must be at most 100'],
    ['1e1', 'must be a whole number in decimal digits'],
  ])('is told from a number that is no good: limit=%s', async (limit, message) => {
    const history = answering(launchRoutes.launchHistory)
    expect(await history({ queryStringParameters: { limit } })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'limit', message }] },
    })
  })

  test('is named in a frame', () => {
    const refused = (frame: string) => {
      try {
        return parseFrame(frame)
      } catch (error) {
        return rejectedFrame(frame, error, 'ko-KR')
      }
    }
    expect(refused('{"action":"message","message":"\\ud83d"}')).toMatchObject({
      action: 'message',
      error: { code: 'INVALID_INPUT' },
      errors: [{ path: 'message', rule: 'UNPAIRED_SURROGATE' }],
    })
    expect(refused('{"action":"\\ud83d"}')).toMatchObject({ action: null })
    expect(refused('\ufeff{"action":"ping"}')).toEqual({ action: 'ping' })
  })
})

describe('a problem', () => {
  test('can be read by every reader of JSON, whatever a key is called', async () => {
    const { status, text } = await send(json({ message: 'a', '\ud83d\0\u202e': 1 }))
    expect(status).toBe(422)
    expect(text).not.toMatch(/\\u|[\p{C}]/u)
  })

  test('is bounded, however much is wrong', async () => {
    const keys = Array.from({ length: 5000 }, (_, index) => [`key${index}`, 1])
    const { text } = await send(json(Object.fromEntries(keys)))
    expect(text.length).toBeLessThan(5000)
    const channel_focus = Array.from({ length: 3000 }, () => 1)
    const launch = await answering(launchRoutes.launch)(json({ brief: { channel_focus } }))
    expect(launch).toMatchObject({ status: 422 })
    expect(launch.body.errors.length).toBeLessThanOrEqual(50)
  })

  test('comes for any depth of nesting', async () => {
    const depth = 30_000
    const deep = `{"message":${'['.repeat(depth)}${']'.repeat(depth)}}`
    expect((await send(inString(Buffer.from(deep)))).status).toBe(422)
  })
})

describe('a form', () => {
  const speak = answering(voiceRoutes.speak)
  const form = (disposition: string, content = 'abc') => {
    const lines = `--b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n--b--\r\n`
    return {
      body: Buffer.from(lines, 'latin1').toString('base64'),
      isBase64Encoded: true,
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    }
  }
  const utf8 = (text: string): string => Buffer.from(text).toString('latin1')

  test('may bring a recording under any name that is text', async () => {
    const name = '내 \\"노래\\".webm'.normalize('NFD')
    expect(await speak(form(utf8(`name="audio"; filename="${name}"`)))).toMatchObject({
      status: 200,
      body: { body: { audio: { name: '내 "노래".webm', bytes: [97, 98, 99] } } },
    })
    expect((await speak(form('name="audio"; filename=""'))).status).toBe(200)
  })

  test.each(['__proto__', 'constructor', 'toString'])(
    'names a field that no route takes, also %s',
    async (name) => {
      const { status, body } = await speak(form(`name="${name}"; filename="a.webm"`))
      expect(status).toBe(422)
      expect(body.errors).toContainEqual({ path: '', message: `Unrecognized key: "${name}"` })
    },
  )

  test.each([
    ['its name is not UTF-8', 'name="audio"; filename="\xb3\xec.webm"', 400, 'body'],
    [
      'its name breaks a rule',
      utf8('name="audio"; filename="a\u202ebew.webm"'),
      422,
      'audio.filename',
    ],
    ['a field is not UTF-8', 'name="format"', 400, 'format', '\xb3\xec'],
    ['a field breaks a rule', 'name="format"', 422, 'format', utf8('\u3164')],
  ])('is refused where %s', async (_, disposition, status, path, content?: string) => {
    const answer = await speak(form(disposition, content))
    expect(answer.status).toBe(status)
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ path }))
  })
})

describe('any bytes', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.string({ unit: 'binary', maxLength: 30 }).map((text) => Buffer.from(text)),
    fc
      .string({ unit: 'grapheme', maxLength: 30 })
      .map((text) => Buffer.from(JSON.stringify(text).slice(1, -1))),
    fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 })
      .map((units) =>
        Buffer.from(units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')),
      ),
  )
  const fields = fc.constantFrom<[Route, (field: Buffer) => Buffer, string]>(
    [chatRoutes.sendMessage, around, 'message'],
    [
      chatRoutes.sendMessage,
      (field) =>
        Buffer.concat([
          Buffer.from('{"message":"a","client_message_id":"'),
          field,
          Buffer.from('"}'),
        ]),
      'client_message_id',
    ],
    [
      voiceOutputRoutes.assistantVoice,
      (field) =>
        Buffer.concat([
          Buffer.from('{"voice_preset":"calm_ko","text":"'),
          field,
          Buffer.from('"}'),
        ]),
      'text',
    ],
  )

  test('in any field give the same text, composed, or a problem that names the field', async () => {
    await fc.assert(
      fc.asyncProperty(
        bytes,
        fields,
        fc.boolean(),
        async (field, [route, bodyOf, name], asString) => {
          const sent = bodyOf(Buffer.from(field))
          const answer = await answering(route)(asString ? inString(sent) : inBase64(sent))
          if (answer.status === 200) {
            const taken: string = answer.body.body[name]
            const meant: string = JSON.parse(sent.toString('utf8'))[name]
            expect(taken).toBe(meant.replaceAll('\r\n', '\n').trim().normalize('NFC').trim())
            expect(taken.isWellFormed()).toBe(true)
            return
          }
          const problem = Problem.parse(answer.body)
          expect(answer.text.isWellFormed()).toBe(true)
          if (answer.status === 422) {
            expect(problem.errors?.map(({ path }) => path)).toContain(name)
          } else expect(['MALFORMED_JSON', 'NOT_UTF8']).toContain(problem.error.code)
        },
      ),
      { numRuns: 400 },
    )
  })
})
