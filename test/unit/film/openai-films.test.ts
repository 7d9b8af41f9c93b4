import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { FilmOrder } from '../../../shared/clients/video/film-vendor.ts'
import { openaiFilms } from '../../../shared/clients/video/openai-films.ts'
import { smallClip } from '../../support/film/clips.ts'
import {
  type FilmScript,
  type FilmServer,
  startFilmServer,
} from '../../support/film/film-server.ts'

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
afterEach(() => server.charges.clear())

const vendor = () =>
  openaiFilms({
    model: 'sora-2',
    baseUrl: server.url,
    isModelServer: false,
    provider: 'openai-compatible',
  })
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
const job = (name: string) => ({ name, folder: 'sessions/s/' })

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
    ['nothing', { bytes: new Uint8Array() }, 'UPSTREAM_ERROR'],
    ['one byte', { bytes: Uint8Array.of(1) }, 'UPSTREAM_ERROR'],
    ['a page', { type: 'text/html', bytes: Buffer.from('<html>'.repeat(400)) }, 'UPSTREAM_ERROR'],
    ['a link that is gone', { status: 404, bytes: Buffer.from('{}') }, 'UPSTREAM_ERROR'],
    ['an expired link', { status: 410, bytes: Buffer.from('{}') }, 'UPSTREAM_ERROR'],
    ['a server that fails', { status: 503, bytes: Buffer.from('{}') }, 'UPSTREAM_ERROR'],
    ['a limit', { status: 429, bytes: Buffer.from('{}') }, 'RATE_LIMITED'],
  ] as const)('that answers with %s for a clip fails with a cause', async (_, content, code) => {
    const name = await start({ content })
    await expect(vendor().fetch(job(name), never)).rejects.toMatchObject({ code })
  })

  it('is left when the work is stopped', async () => {
    const name = await start({ content: 'hangs' })
    const stop = new AbortController()
    const fetching = vendor().fetch(job(name), stop.signal)
    stop.abort(new Error('stopped'))
    await expect(fetching).rejects.toThrow('stopped')
  })

  it('is called not configured when it knows no films', async () => {
    const refusal = { status: 404, body: { error: { message: 'no such route' } } }
    await expect(start({ refusal })).rejects.toMatchObject({ code: 'CAPABILITY_NOT_CONFIGURED' })
  })
})
