import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { bedrockFilms } from '../../../shared/clients/video/bedrock-films.ts'
import type { FilmOrder, FilmVendor } from '../../../shared/clients/video/film-vendor.ts'
import { type BedrockServer, startBedrock } from '../../support/film/bedrock-server.ts'
import { smallClip } from '../../support/film/clips.ts'

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
    expect(await vendor().look({ name, folder }, never)).toMatchObject({ state: 'working' })
    expect(await vendor().look({ name, folder }, never)).toEqual({ state: 'done' })
    const clip = await vendor().fetch({ name, folder }, never)
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
    const looking = vendor().look({ name, folder }, never)
    await expect(looking).rejects.toMatchObject({ code: 'MODEL_REFUSED' })
  })

  it('fails with a cause when its job fails, or stores nothing, or one byte', async () => {
    server.script({ status: 'Failed', failureMessage: 'capacity' })
    const failed = await start()
    await expect(vendor().look({ name: failed, folder }, never)).rejects.toMatchObject({
      code: 'UPSTREAM_ERROR',
    })
    const missing = { name: 'arn:x/async-invoke/none', folder }
    await expect(vendor().fetch(missing, never)).rejects.toThrow('stored no clip')
    objects.set(`${folder}byte/output.mp4`, Uint8Array.of(1))
    const byte = { name: 'arn:x/async-invoke/byte', folder }
    await expect(vendor().fetch(byte, never)).rejects.toThrow('no MP4')
  })
})
