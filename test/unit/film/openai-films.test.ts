import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { mayYetCome } from '../../../shared/clients/video/film-failure.ts'
import type { FilmOrder } from '../../../shared/clients/video/film-vendor.ts'
import { openaiFilms } from '../../../shared/clients/video/openai-films.ts'
import { smallClip } from '../../support/film/clips.ts'
import {
  type FilmScript,
  type FilmServer,
  startFilmServer,
} from '../../support/film/film-server.ts'
import { failureOf } from '../../support/model-server/agents.ts'

let server: FilmServer
let clip: Uint8Array
beforeAll(async () => {
  vi.stubEnv('VIDEO_API_KEY', 'sk-film')
  clip = await smallClip()
  server = await startFilmServer(clip)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await server.stop()
})
afterEach(() => server.reset())

const settings = { model: 'sora-2', isModelServer: false, provider: 'openai-compatible' }
const vendor = () => openaiFilms({ ...settings, baseUrl: server.url })
const order: FilmOrder = {
  prompt: '동백 핸드크림',
  ...{ seconds: 8, width: 720, height: 1280, reference: null },
}
const never = new AbortController().signal
let count = 0
const start = (script: FilmScript = {}) => {
  server.script(script)
  count += 1
  return vendor().start(order, { idempotencyKey: `key-${count}`, folder: 'sessions/s/' }, never)
}
const job = (name: string) => ({ name, folder: 'sessions/s/', prompt: order.prompt })

/** What comes of a job that is done at once. */
const fetched = async (script: FilmScript): Promise<Uint8Array> =>
  vendor().fetch(job(await start(script)), never)

describe('A server with /videos', () => {
  it('makes what it offers, and is waited for', async () => {
    const name = await start()
    expect([...server.charges.values()][0]?.fields).toEqual({
      model: 'sora-2',
      prompt: order.prompt,
      seconds: '8',
      size: '720x1280',
    })
    expect(await vendor().look(job(name), never)).toEqual({ state: 'working', share: 0.4 })
    expect(await vendor().look(job(name), never)).toEqual({ state: 'done' })
    expect(Buffer.from(await vendor().fetch(job(name), never)).equals(clip)).toBe(true)
  })

  it('charges once for a start whose answer was lost', async () => {
    server.script({})
    const at = { idempotencyKey: 'lost', folder: 'sessions/s/' }
    const names = [await vendor().start(order, at, never), await vendor().start(order, at, never)]
    expect(new Set(names).size).toBe(1)
    expect(server.charges.size).toBe(1)
  })

  it('shows by its list the job of a start whose answer was lost, where it has one', async () => {
    const find = (one = order, since = Date.now() - 1_000) => vendor().find?.(one, since, never)
    const one = { ...order, prompt: '목록에 있는 영화' }
    expect(await find(one)).toBeNull()
    server.script({})
    const at = { idempotencyKey: 'listed', folder: 'sessions/s/' }
    const name = await vendor().start(one, at, never)
    expect(await find(one)).toBe(name)
    expect(await find({ ...one, seconds: 12 })).toBeNull()
    expect(await find({ ...one, prompt: '다른 영화' })).toBeNull()
    expect(await find(one, Date.now() + 60_000)).toBeNull()
    server.knows.list = false
    expect(await find(one)).toBeNull()
    server.knows.list = true
  })

  it('sends the picture that a film begins with', async () => {
    server.script({})
    const reference = {
      bytes: new Uint8Array(900),
      contentType: 'image/jpeg',
      sha256: 'a',
    } as const
    const at = { idempotencyKey: 'picture', folder: 'sessions/s/' }
    await vendor().start({ ...order, reference }, at, never)
    expect(server.charges.get('picture')?.reference).toBe(900)
  })

  it.each([
    [
      'at once',
      { refusal: { status: 400, body: { error: { code: 'moderation_blocked', message: 'x' } } } },
    ],
    [
      'while it works',
      { looks: [{ status: 'failed', error: { code: 'moderation_blocked', message: 'x' } }] },
    ],
    ['by a text', { looks: [{ status: 'FAILED', error: 'Blocked by our safety system' }] }],
  ] satisfies [string, FilmScript][])('refuses %s, for good', async (_, script) => {
    const made = start(script).then((name) => vendor().look(job(name), never))
    await expect(made).rejects.toMatchObject({ code: 'MODEL_REFUSED', retryable: false })
  })

  it('fails with its own reason', async () => {
    const looks = [{ status: 'failed', error: { code: 'render_failed', message: 'no GPU left' } }]
    const name = await start({ looks })
    await expect(vendor().look(job(name), never)).rejects.toMatchObject({
      code: 'UPSTREAM_ERROR',
      vendor: { message: 'no GPU left' },
    })
  })

  it.each([
    ['nothing', { bytes: new Uint8Array() }, 'empty'],
    ['one byte', { bytes: Uint8Array.of(1) }, '1 bytes that are no MP4'],
    ['a page', { type: 'text/html', bytes: Buffer.from('<html>'.repeat(400)) }, 'no MP4'],
    ['a GIF called MP4', { bytes: Buffer.from('GIF89a'.padEnd(2_000, '0')) }, 'no MP4'],
    [
      'more than is taken',
      { headers: { 'content-length': `${400 * 1024 ** 2}` }, bytes: Buffer.alloc(1_000) },
      'without an end',
    ],
    ['an expired link', 'expired link', 'HTTP 403; it may have expired'],
  ] satisfies [string, FilmScript['content'], string][])(
    'that answers with %s for a clip has ended its job, with a cause',
    async (_, content, reason) => {
      const failure = await failureOf(fetched({ content }))
      expect(failure).toMatchObject({ code: 'UPSTREAM_ERROR', vendor: { status: 200 } })
      expect(failure.message).toContain(reason)
      expect(mayYetCome(failure)).toBe(false)
    },
  )

  it('asks for a link anew that has expired', async () => {
    const bytes = await fetched({ content: ['expired link', 'clip'] })
    expect(Buffer.from(bytes).equals(clip)).toBe(true)
  })

  it.each([
    [{ status: 400, error: { message: 'no such size' } }, 'UPSTREAM_ERROR', false],
    [{ status: 401, error: { code: 'invalid_api_key' } }, 'CAPABILITY_NOT_CONFIGURED', false],
    [{ status: 403, error: { message: 'Forbidden' } }, 'CAPABILITY_NOT_CONFIGURED', false],
    [{ status: 404, error: { message: 'no such route' } }, 'CAPABILITY_NOT_CONFIGURED', false],
    [{ status: 429, error: { message: 'Slow down.' } }, 'RATE_LIMITED', true],
    [{ status: 500, error: { message: 'Something broke' } }, 'UPSTREAM_ERROR', true],
    [{ status: 503, error: { message: 'Out of capacity' } }, 'UPSTREAM_ERROR', true],
  ] as const)('that answers a start with %j is %s', async ({ status, error }, code, retryable) => {
    const refusal = { status, body: { error }, headers: { 'retry-after': '7' } }
    const failure = await failureOf(start({ refusal }))
    expect(failure).toMatchObject({ code, retryable, unserved: status < 500 })
    expect(failure.retryAfter).toBe(retryable ? 7 : undefined)
    expect(failure.vendor).toMatchObject({ service: 'The server of films', status })
    if ('message' in error) expect(failure.vendor?.message).toBe(error.message)
    if (code === 'CAPABILITY_NOT_CONFIGURED') expect(failure.message).toContain('VIDEO_MODEL')
    expect(server.charges.size).toBe(0)
  })

  it.each([
    [{ http: 404, error: { message: 'no such film' } }, 'UPSTREAM_ERROR', false],
    [{ http: 401, error: { message: 'bad key' } }, 'CAPABILITY_NOT_CONFIGURED', false],
    [{ http: 429, error: { message: 'Slow down.' } }, 'RATE_LIMITED', true],
    [{ http: 503, error: { message: 'Out of capacity' } }, 'UPSTREAM_ERROR', true],
    [{ status: 'failed', error: { message: 'no GPU' } }, 'UPSTREAM_ERROR', false],
    [{ status: 'cancelled' }, 'UPSTREAM_ERROR', false],
    [{ status: 'expired' }, 'UPSTREAM_ERROR', false],
    [{ error: { code: 'render_failed', message: 'no GPU' } }, 'UPSTREAM_ERROR', false],
  ] as const)('that answers a look with %j: %s, and may yet come: %s', async (...row) => {
    const [look, code, mayCome] = row
    const name = await start({ looks: [look] })
    const failure = await failureOf(vendor().look(job(name), never))
    expect(failure.code).toBe(code)
    expect(mayYetCome(failure)).toBe(mayCome)
    if ('error' in look) expect(failure.vendor?.message).toBe(look.error.message)
  })

  it.each([
    [{ error: { code: 'moderation_blocked', message: 'No.' } }, 'MODEL_REFUSED'],
    [{ error: { message: 'Blocked by our safety system' } }, 'MODEL_REFUSED'],
    [{ error: { code: 'overloaded', message: 'Out of capacity' } }, 'UPSTREAM_ERROR'],
    [{ error: 'Out of capacity' }, 'UPSTREAM_ERROR'],
    [{}, 'UPSTREAM_ERROR'],
    [[], 'UPSTREAM_ERROR'],
  ] as const)('that answers 200 with %j has failed, and says why', async (body, code) => {
    const failure = await failureOf(start({ refusal: { status: 200, body } }))
    expect(failure.code).toBe(code)
    if (code === 'UPSTREAM_ERROR' && 'error' in body)
      expect(failure.vendor?.message).toBe('Out of capacity')
    const bytes = Buffer.from(JSON.stringify(body))
    const clipFailure = await failureOf(fetched({ content: { bytes } }))
    expect(clipFailure.code).toBe(code)
  })

  it('is not reached, and says so', async () => {
    const nowhere = openaiFilms({ ...settings, baseUrl: 'http://127.0.0.1:9/v1' })
    const at = { idempotencyKey: 'nowhere', folder: 'sessions/s/' }
    for (const call of [
      nowhere.start(order, at, never),
      nowhere.look(job('video_1'), never),
      nowhere.fetch(job('video_1'), never),
    ]) {
      const failure = await failureOf(call)
      expect(failure).toMatchObject({ code: 'UPSTREAM_ERROR', retryable: true })
      expect(failure.message).toContain('could not be reached')
      expect(mayYetCome(failure)).toBe(true)
    }
  })

  it('repeats nothing of the prompt and no key', async () => {
    const message = `The prompt "${order.prompt}" with sk-film was blocked by moderation`
    for (const script of [
      { refusal: { status: 400, body: { error: { message } } } },
      { looks: [{ status: 'failed', error: { message } }] },
    ]) {
      const made = start(script).then((name) => vendor().look(job(name), never))
      const { code, vendor: said } = await failureOf(made)
      expect(code).toBe('MODEL_REFUSED')
      expect(said?.message).toContain('was blocked')
      expect(said?.message).not.toMatch(/동백|핸드크림/)
    }
  })

  it('is left when the work is stopped', async () => {
    const name = await start({ content: 'hangs' })
    const stop = new AbortController()
    const fetching = vendor().fetch(job(name), stop.signal)
    stop.abort(new Error('stopped'))
    await expect(fetching).rejects.toThrow('stopped')
  })
})
