import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ImageOrder } from '../../../shared/clients/images/image-maker.ts'
import { openaiImages } from '../../../shared/clients/images/openai-images.ts'
import { decodePicture } from '../../../shared/platform/pictures/decode-picture.ts'
import { encodeJpeg, encodePng } from '../../../shared/platform/pictures/encode-picture.ts'
import { imageLimit } from '../../../shared/rules/model-limits.ts'
import { drawBackground } from '../../support/image-server/draw.ts'
import { drawnFor, type ImageAnswer } from '../../support/image-server/image-routes.ts'
import { failureOf } from '../../support/model-server/agents.ts'
import { type ModelServer, startModelServer } from '../../support/model-server/model-server.ts'
import { type PageServer, startPageServer } from '../../support/pages/page-server.ts'

let server: ModelServer
let web: PageServer
let counter = 0
beforeAll(async () => {
  ;[server, web] = await Promise.all([startModelServer(), startPageServer()])
})
beforeEach(() => {
  server.reset()
  counter += 1
  vi.stubEnv('OPENAI_API_KEY', 'sk-text-secret')
  vi.stubEnv('OPENAI_BASE_URL', server.url)
  // What is learnt of a model is kept: each test has one of its own.
  vi.stubEnv('IMAGE_MODEL', `gpt-image-test-${counter}`)
})
afterEach(() => vi.unstubAllEnvs())
afterAll(() => Promise.all([server.stop(), web.stop()]))

const order: ImageOrder = { prompt: '겨울 창가의 동백꽃', shape: 'portrait' }
const never = new AbortController().signal
const make = (asked: ImageOrder = order, signal = never) =>
  openaiImages().make(asked, 'purchase-1', signal)
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const item = (data: unknown): ImageAnswer => ({ json: { created: 1, data: [data] } })
const refusing = (status: number, error: object): ImageAnswer => ({ status, json: { error } })

describe('a picture', () => {
  test('is drawn from the prompt in the size of its shape', async () => {
    for (const [shape, width, height] of [
      ['portrait', 1024, 1536],
      ['square', 1024, 1024],
      ['landscape', 1536, 1024],
    ] as const) {
      const { picture } = await decodePicture(await make({ ...order, shape }))
      expect([picture.width, picture.height]).toEqual([width, height])
    }
    const [call] = server.images.calls
    expect(call).toMatchObject({
      path: 'generations',
      fields: { prompt: order.prompt, size: '1024x1536', n: '1' },
      authorization: 'Bearer sk-text-secret',
      idempotencyKey: 'purchase-1',
      reference: undefined,
    })
    expect(server.images.charges()).toBe(1)
  })

  test('of a product is an edit of its photo', async () => {
    const photo = await encodePng(await drawBackground('a photo', 400, 300))
    const reference = { bytes: photo, contentType: 'image/png', sha256: 'a'.repeat(64) } as const
    const { picture } = await decodePicture(await make({ ...order, reference }))
    expect([picture.width, picture.height]).toEqual([1024, 1536])
    expect(server.images.calls).toMatchObject([
      { path: 'edits', fields: { n: '1' }, reference: { name: 'product.png', type: 'image/png' } },
    ])
    expect(server.images.calls[0]?.reference?.bytes).toEqual(new Uint8Array(photo))
  })

  test.each([
    [
      'as a data URL',
      async (png: Uint8Array) => item({ url: `data:image/png;base64,${base64(png)}` }),
    ],
    ['as bytes', async (png: Uint8Array) => ({ bytes: png, type: 'image/png' })],
    ['in a bare list', async (png: Uint8Array) => ({ json: [{ b64_json: base64(png) }] })],
    [
      'as JPEG',
      async () => {
        const { bytes } = await encodeJpeg(await drawBackground('a jpeg', 512, 512))
        return item({ b64_json: base64(bytes) })
      },
    ],
  ] as const)('comes %s, and is a PNG for the caller', async (_, answer) => {
    server.images.script(async (call) => answer(await drawnFor(call)))
    expect((await decodePicture(await make())).kind).toBe('png')
  })

  test('comes by a link, which gets no key, and whose redirects are followed', async () => {
    vi.stubEnv('PAGES_ALLOW_LOOPBACK', 'true')
    const png = await encodePng(await drawBackground('a link', 512, 512))
    const url = web.publish('/made.png', { headers: { 'content-type': 'image/png' }, body: png })
    const first = web.publish('/first.png', { status: 302, headers: { location: url } })
    server.images.script(item({ url: first }))
    expect(new Uint8Array(await make())).toEqual(png)
    for (const { headers } of web.requests) expect(headers.authorization).toBeUndefined()
  })

  test('is asked for again without what the server does not know, which is charged once', async () => {
    server.images.script(
      refusing(400, { message: "Unknown parameter: 'quality'.", param: 'quality' }),
      refusing(400, { message: 'size must be one of 512x512, 768x1344, 1344x768', param: 'size' }),
    )
    const { picture } = await decodePicture(await make())
    expect([picture.width, picture.height]).toEqual([768, 1344])
    await make()
    expect(server.images.calls.map(({ fields }) => [fields.quality, fields.size])).toEqual([
      ['medium', '1024x1536'],
      [undefined, '1024x1536'],
      [undefined, '768x1344'],
      [undefined, '768x1344'],
    ])
    expect(server.images.charges()).toBe(1)
  })
})

describe('a refusal', () => {
  const shapes: [name: string, answer: ImageAnswer][] = [
    [
      'moderation_blocked',
      refusing(400, {
        message: 'Your request was rejected.',
        type: 'image_generation_user_error',
        code: 'moderation_blocked',
      }),
    ],
    [
      'content_policy_violation',
      refusing(400, { code: 'content_policy_violation', message: 'No.' }),
    ],
    [
      'the safety system without a code',
      refusing(400, {
        message: 'Your request was rejected as a result of our safety system.',
        code: null,
      }),
    ],
    [
      "Azure's contentFilter",
      refusing(400, { code: 'contentFilter', message: 'Your task failed.' }),
    ],
    [
      'a proxy that answers 500',
      refusing(500, {
        message: 'Image generation blocked [IMAGE_SAFETY]: safety policy violation',
        type: 'channel_error',
      }),
    ],
    ['nothing with respect_moderation', item({ respect_moderation: false })],
    ['a finish reason', item({ b64_json: null, finish_reason: 'CONTENT_FILTERED' })],
    [
      'a reason of Google',
      { json: { data: [{ raiFilteredReason: 'Blocked: prohibited_content' }] } },
    ],
    ['an error in a 200', { json: { error: { code: 'moderation_blocked', message: 'No.' } } }],
    [
      'content filter results',
      { json: { data: [], content_filter_results: { sexual: { filtered: true } } } },
    ],
  ]

  test.each(shapes)('is one in the shape of %s, and is final', async (_, answer) => {
    server.images.script(answer)
    const failure = await failureOf(make())
    expect(failure).toMatchObject({ code: 'MODEL_REFUSED', retryable: false })
    expect(failure.vendor?.service).toBe('The server of pictures')
    expect(server.images.calls).toHaveLength(1)
  })

  test('repeats nothing of the prompt and no key', async () => {
    server.images.script(
      refusing(400, {
        code: 'moderation_blocked',
        message: `The prompt "${order.prompt}" with sk-text-secret was rejected, request req_1.`,
      }),
    )
    const { vendor } = await failureOf(make())
    expect(vendor?.message).toContain('was rejected')
    expect(JSON.stringify(vendor)).not.toMatch(/동백|secret/)
  })
})

describe('a failure', () => {
  const png = async () => encodePng(await drawBackground('to be broken', 512, 512))
  const broken: [name: string, answer: () => Promise<ImageAnswer>][] = [
    ['no data', async () => ({ json: { created: 1, data: [] } })],
    ['nothing at all', async () => ({ json: {} })],
    ['no JSON', async () => ({ bytes: Buffer.from('<html>'), type: 'text/html' })],
    ['one byte', async () => item({ b64_json: base64(new Uint8Array([137])) })],
    ['an empty text', async () => item({ b64_json: '' })],
    ['no base64', async () => item({ b64_json: '<<<>>>' })],
    [
      'a GIF',
      async () => item({ b64_json: base64(Buffer.from('GIF89a\x01\x00\x01\x00', 'latin1')) }),
    ],
    [
      'an SVG',
      async () =>
        item({ b64_json: base64(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')) }),
    ],
    ['half a PNG', async () => item({ b64_json: base64((await png()).subarray(0, 900)) })],
    [
      'half a JPEG',
      async () => {
        const { bytes } = await encodeJpeg(await drawBackground('half', 512, 512))
        return item({ b64_json: base64(bytes.subarray(0, bytes.length / 2)) })
      },
    ],
    [
      'a dot',
      async () => item({ b64_json: base64(await encodePng(await drawBackground('dot', 1, 1))) }),
    ],
    ['an expired link', async () => item({ url: web.publish('/gone.png', { status: 403 }) })],
    [
      'a link into a private network',
      async () => item({ url: 'http://169.254.169.254/latest/meta-data' }),
    ],
    [
      'a redirect into a private network',
      async () =>
        item({
          url: web.publish('/away.png', {
            status: 302,
            headers: { location: 'https://10.0.0.1/x.png' },
          }),
        }),
    ],
    ['a link to a file', async () => item({ url: 'file:///etc/passwd' })],
  ]

  test.each(broken)('with a cause comes of %s', async (_, answer) => {
    vi.stubEnv('PAGES_ALLOW_LOOPBACK', 'true')
    server.images.script(await answer())
    const failure = await failureOf(make())
    expect(failure.code).toBe('UPSTREAM_ERROR')
    expect(failure.message).toMatch(/^The server of pictures (?:sent|named|answered)/)
    expect(failure.vendor).toMatchObject({ service: 'The server of pictures' })
  })

  test('comes of a link to this machine, unless tests allow it', async () => {
    server.images.script(item({ url: 'https://localhost/local.png' }))
    expect((await failureOf(make())).message).toContain('private-address')
  })

  test.each([
    [429, { message: 'Slow down.', code: 'rate_limit_exceeded' }, 'RATE_LIMITED', true],
    [
      401,
      { message: 'Incorrect API key provided.', code: 'invalid_api_key' },
      'CAPABILITY_NOT_CONFIGURED',
      false,
    ],
    [
      404,
      { message: 'The model does not exist.', code: 'model_not_found' },
      'CAPABILITY_NOT_CONFIGURED',
      false,
    ],
    [404, { message: 'Not Found' }, 'CAPABILITY_NOT_CONFIGURED', false],
    [403, { message: 'Forbidden' }, 'CAPABILITY_NOT_CONFIGURED', false],
    [500, { message: 'Something broke.' }, 'UPSTREAM_ERROR', true],
    [503, { message: 'Overloaded.' }, 'UPSTREAM_ERROR', true],
    [400, { message: 'prompt is too long' }, 'UPSTREAM_ERROR', false],
  ])('of status %s with %j is %s', async (status, error, code, retryable) => {
    server.images.script(refusing(status, error))
    expect(await failureOf(make())).toMatchObject({ code, retryable })
    expect(server.images.calls).toHaveLength(1)
  })

  test('gives the wait that the server asks for', async () => {
    const headers = { 'retry-after': '7' }
    server.images.script({ status: 429, json: { error: { message: 'Slow down.' } }, headers })
    const failure = await failureOf(make())
    expect(failure).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 7 })
    expect(failure.vendor).toMatchObject({ status: 429, message: 'Slow down.' })
  })

  test('comes of a server that is not there', async () => {
    vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:9/v1')
    const failure = await failureOf(make())
    expect(failure).toMatchObject({ code: 'UPSTREAM_ERROR', retryable: true })
    expect(failure.message).toContain('could not be reached')
  })

  test('comes of an answer beyond the limit, of which no more is read', async () => {
    const bytes = Buffer.alloc(imageLimit.answerBytes + 1)
    server.images.script({ bytes, type: 'application/json' })
    expect((await failureOf(make())).message).toContain('without an end')
  })

  test('comes of an error in a 200, with its reason', async () => {
    server.images.script({ json: { error: { code: 'overloaded', message: 'Out of pictures.' } } })
    const failure = await failureOf(make())
    expect(failure).toMatchObject({ code: 'UPSTREAM_ERROR', retryable: true })
    expect(failure.vendor?.message).toBe('Out of pictures.')
  })

  test('comes of a redirect, which would take the key along', async () => {
    server.images.script({ status: 307, json: {}, headers: { location: 'https://other.example/' } })
    expect(await failureOf(make())).toMatchObject({ code: 'UPSTREAM_ERROR', retryable: false })
  })

  test('comes of a server that hangs, at the deadline', async () => {
    vi.stubEnv('IMAGE_DEADLINE_MS', '200')
    server.images.script('silence')
    expect(await failureOf(make())).toMatchObject({ code: 'MEDIA_TIMEOUT', retryable: true })
  })

  test('ends with its caller', async () => {
    server.images.script('silence')
    const stop = new AbortController()
    const made = make(order, stop.signal)
    stop.abort(new Error('stopped'))
    await expect(made).rejects.toThrow('stopped')
  })
})

describe('the settings', () => {
  test.each([
    ['IMAGE_PROVIDER', { IMAGE_PROVIDER: 'none' }],
    ['IMAGE_PROVIDER', { IMAGE_PROVIDER: 'another' }],
    ['IMAGE_MODEL', { IMAGE_MODEL: '' }],
  ])('say by name what is missing: %s', async (name, settings) => {
    for (const [variable, value] of Object.entries(settings)) vi.stubEnv(variable, value)
    const failure = await failureOf(Promise.resolve().then(openaiImages))
    expect(failure.code).toBe('CAPABILITY_NOT_CONFIGURED')
    expect(failure.message).toContain(name)
  })

  test('need no model at OpenAI itself', () => {
    vi.stubEnv('OPENAI_BASE_URL', '')
    vi.stubEnv('IMAGE_MODEL', '')
    expect(openaiImages().offer(order)).toMatchObject({
      provider: 'openai',
      model: 'gpt-image-2.6-flare',
      micros: 43_500,
      priceTable: 'images-2026-11-26',
    })
  })

  test('send the key of the text model to its own server alone', async () => {
    vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:9/v1')
    vi.stubEnv('IMAGE_BASE_URL', server.url)
    await make()
    vi.stubEnv('IMAGE_API_KEY', 'sk-of-pictures')
    await make()
    expect(server.images.calls.map(({ authorization }) => authorization)).toEqual([
      'Bearer none',
      'Bearer sk-of-pictures',
    ])
  })

  test('tell two orders apart by all that the picture depends on', () => {
    const { offer } = openaiImages()
    const sha256 = 'b'.repeat(64)
    const reference = { bytes: new Uint8Array(), contentType: 'image/png', sha256 } as const
    const offers = [
      offer(order),
      offer({ ...order, prompt: 'another' }),
      offer({ ...order, shape: 'square' }),
      offer({ ...order, reference }),
    ].map((each) => JSON.stringify(each.parameters))
    expect(new Set(offers).size).toBe(offers.length)
    expect(JSON.stringify(offer(order).parameters)).toBe(offers[0])
  })
})
