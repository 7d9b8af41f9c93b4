import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { bedrockFilms } from '../../../shared/clients/video/bedrock-films.ts'
import { mayYetCome } from '../../../shared/clients/video/film-failure.ts'
import type { FilmOrder, FilmVendor } from '../../../shared/clients/video/film-vendor.ts'
import { type BedrockServer, startBedrock } from '../../support/film/bedrock-server.ts'
import { smallClip } from '../../support/film/clips.ts'
import { failureOf } from '../../support/model-server/agents.ts'

let server: BedrockServer
const objects = new Map<string, Uint8Array>()
let stored: Uint8Array
beforeAll(async () => {
  stored = await smallClip()
  server = await startBedrock(async (uri) => {
    objects.set(uri.replace('s3://bucket/', ''), stored)
  })
  vi.stubEnv('AWS_ENDPOINT_URL_BEDROCK_RUNTIME', server.url)
  vi.stubEnv('AWS_REGION', 'us-west-2')
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await server.stop()
})

const vendor = (): FilmVendor =>
  bedrockFilms(
    { model: 'luma.ray-v2:0', baseUrl: undefined, isModelServer: false, provider: 'bedrock' },
    {
      uri: (key) => `s3://bucket/${key}`,
      get: async (key) => objects.get(key),
      async *list(prefix) {
        const found = [...objects.entries()].filter(([key]) => key.startsWith(prefix))
        yield found.map(([key, bytes]) => ({ key, bytes: bytes.length, storedAt: 0 }))
      },
    },
  )
const order: FilmOrder = {
  prompt: '동백 핸드크림',
  ...{ seconds: 9, width: 720, height: 1280, reference: null },
}
const never = new AbortController().signal
const folder = 'sessions/s/purchases/d-film/'
const job = (name: string) => ({ name, folder, prompt: order.prompt })
let count = 0
const start = (one = order) => {
  count += 1
  return vendor().start(one, { idempotencyKey: `token-${count}`, folder }, never)
}

describe('Amazon Bedrock', () => {
  it('gets what the model offers, and stores the clip in the session’s own folder', async () => {
    server.script({ status: 'InProgress' }, { status: 'Completed' })
    const name = await start()
    const asked = [...server.charges.values()].at(-1)
    expect(asked?.modelInput).toMatchObject({
      aspect_ratio: '9:16',
      duration: '9s',
      resolution: '720p',
    })
    expect(asked?.outputDataConfig.s3OutputDataConfig.s3Uri).toBe(`s3://bucket/${folder}`)
    expect(await vendor().look(job(name), never)).toMatchObject({ state: 'working' })
    expect(await vendor().look(job(name), never)).toEqual({ state: 'done' })
    const clip = await vendor().fetch(job(name), never)
    expect(Buffer.from(clip).equals(stored)).toBe(true)
  })

  it('charges a token once', async () => {
    const before = server.charges.size
    const at = { idempotencyKey: 'twice', folder }
    const one = await vendor().start(order, at, never)
    expect(await vendor().start(order, at, never)).toBe(one)
    expect(server.charges.size).toBe(before + 1)
  })

  it('gets the product picture as the first frame', async () => {
    const reference = {
      bytes: Buffer.from('jpeg'),
      contentType: 'image/jpeg',
      sha256: 'a',
    } as const
    await start({ ...order, reference })
    expect([...server.charges.values()].at(-1)?.modelInput.keyframes).toMatchObject({
      frame0: { source: { data: Buffer.from('jpeg').toString('base64') } },
    })
  })

  it('refuses for good', async () => {
    server.refuse('ValidationException', 'The prompt was blocked by our content filters.')
    await expect(start()).rejects.toMatchObject({ code: 'MODEL_REFUSED', retryable: false })
    server.script({ status: 'Failed', failureMessage: 'Blocked by responsible AI policy' })
    const name = await start()
    const looking = vendor().look(job(name), never)
    await expect(looking).rejects.toMatchObject({ code: 'MODEL_REFUSED' })
  })

  it('fails with a cause when its job fails, or stores nothing, or one byte', async () => {
    server.script({ status: 'Failed', failureMessage: 'capacity' })
    const failed = await start()
    await expect(vendor().look(job(failed), never)).rejects.toMatchObject({
      code: 'UPSTREAM_ERROR',
      vendor: { service: 'Amazon Bedrock', message: 'capacity' },
    })
    const missing = job('arn:x/async-invoke/none')
    await expect(vendor().fetch(missing, never)).rejects.toThrow('stored no clip')
    objects.set(`${folder}byte/output.mp4`, Uint8Array.of(1))
    const byte = job('arn:x/async-invoke/byte')
    await expect(vendor().fetch(byte, never)).rejects.toThrow('no MP4')
  })

  it.each([
    ['ValidationException', 400, 'duration is not supported', 'UPSTREAM_ERROR', false],
    ['AccessDeniedException', 403, 'no access to the model', 'CAPABILITY_NOT_CONFIGURED', false],
    ['ResourceNotFoundException', 404, 'no such model', 'UPSTREAM_ERROR', false],
    ['ThrottlingException', 429, 'Too many requests', 'RATE_LIMITED', true],
    ['InternalServerException', 500, 'Something broke', 'UPSTREAM_ERROR', true],
    ['ServiceUnavailableException', 503, 'Out of capacity', 'UPSTREAM_ERROR', true],
  ] as const)('says why it does not start: %s', async (name, status, message, code, retryable) => {
    server.refuse(name, message, status)
    const before = server.charges.size
    const failure = await failureOf(start())
    expect(failure).toMatchObject({ code, retryable, unserved: status < 500 })
    expect(failure.vendor).toMatchObject({ service: 'Amazon Bedrock', status, code: name, message })
    expect(mayYetCome(failure)).toBe(retryable)
    expect(server.charges.size).toBe(before)
  })

  it('repeats nothing of the prompt in its reasons', async () => {
    const message = `The prompt "${order.prompt}" was blocked by our content filters.`
    server.refuse('ValidationException', message)
    const refused = await failureOf(start())
    server.script({ status: 'Failed', failureMessage: message })
    const failed = await failureOf(vendor().look(job(await start()), never))
    for (const { code, vendor: said } of [refused, failed]) {
      expect(code).toBe('MODEL_REFUSED')
      expect(said?.message).toContain('was blocked by our content filters')
      expect(said?.message).not.toMatch(/동백|핸드크림/)
    }
    server.script({ status: 'Completed' })
  })

  it.each([
    ['a GIF', Buffer.from('GIF89a'.padEnd(2_000, '0')), 'no MP4'],
    ['nothing', new Uint8Array(), 'empty'],
  ] as const)('fails when it stores %s', async (_, bytes, reason) => {
    objects.set(`${folder}broken/output.mp4`, bytes)
    const failure = await failureOf(vendor().fetch(job('arn:x/async-invoke/broken'), never))
    expect(failure).toMatchObject({ code: 'UPSTREAM_ERROR', vendor: { status: 200 } })
    expect(failure.message).toContain(reason)
  })

  it('fails when what it stores is more than is taken, which is not read', async () => {
    const huge = { length: 400 * 1024 ** 2 } as Uint8Array
    objects.set(`${folder}huge/output.mp4`, huge)
    const failure = await failureOf(vendor().fetch(job('arn:x/async-invoke/huge'), never))
    expect(failure.message).toContain('too large')
  })

  it('that is not reached says so, and its job may yet come', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_BEDROCK_RUNTIME', 'http://127.0.0.1:9')
    try {
      const failure = await failureOf(vendor().look(job('arn:x/async-invoke/y'), never))
      expect(failure).toMatchObject({ code: 'UPSTREAM_ERROR', retryable: true, unanswered: true })
      expect(failure.message).toContain('could not be reached')
      expect(mayYetCome(failure)).toBe(true)
    } finally {
      vi.stubEnv('AWS_ENDPOINT_URL_BEDROCK_RUNTIME', server.url)
    }
  })
})
