import { describe, expect, it } from 'vitest'
import { StudioProblem } from '../../../shared/client/index.ts'
import { retryAfterMs } from '../../../shared/client/problem.ts'
import { gone, ok, refused, scripted } from '../../support/client/scripted-fetch.ts'

describe('a creating call', () => {
  it('has a key of its own, the same at each try, and none that another call has', async () => {
    const { clock, sent, session } = scripted([gone, ok({ turn: 1 }), ok({ turn: 2 })], {
      token: 't',
    })
    const first = session.send('안녕')
    await clock.pass(10_000)
    await first
    await session.send('안녕')
    const keys = sent.map(({ headers }) => headers['idempotency-key'])
    expect(keys[0]).toMatch(/^"[0-9a-f]{32}"$/)
    expect(keys[1]).toBe(keys[0])
    expect(keys[2]).not.toBe(keys[0])
    const [body] = sent.map(({ body }) => JSON.parse(String(body)))
    expect(body).toEqual({ message: '안녕', client_message_id: keys[0]?.slice(1, -1) })
    expect(sent[0]?.headers.authorization).toBe('Bearer t')
  })

  it('without a token brings a secret, and with the token that it gets none', async () => {
    const { clock, sent, studio } = scripted([
      gone,
      ok({ session_id: 'sess_1', token: 'minted' }, 201),
      ok(),
    ])
    const tokens: string[] = []
    const creating = studio.createSession({ locale: 'en-US' })
    await clock.pass(10_000)
    const session = await creating
    expect(session.started).toMatchObject({ session_id: 'sess_1' })
    const secrets = sent.map(({ headers }) => headers['idempotency-secret'])
    expect(secrets[0]).toMatch(/^[0-9a-f]{64}$/)
    expect(secrets[1]).toBe(secrets[0])
    tokens.push((await studio.token()) ?? '')
    await session.generate()
    expect(tokens).toEqual(['minted'])
    expect(sent[2]?.headers).toMatchObject({ authorization: 'Bearer minted' })
    expect(sent[2]?.headers['idempotency-secret']).toBeUndefined()
  })

  it.each([
    ['say "hi"', '"say \\"hi\\""'],
    ['C:\\orders\\7', '"C:\\\\orders\\\\7"'],
  ])('may have any key of ASCII characters that show: %s', async (key, header) => {
    const { sent, session } = scripted([ok({ job_id: 'job_1' }, 202)], { token: 't' })
    await session.generate({ key })
    expect(sent[0]?.headers['idempotency-key']).toBe(header)
  })

  it.each([
    ['a key', 'idempotency-key', { key: '주문-7' }, 't'],
    ['a key of two lines', 'idempotency-key', { key: 'a\nb' }, 't'],
    ['a key of Latin-1', 'idempotency-key', { key: 'caf\u00e9' }, 't'],
    ['a token', 'authorization', {}, 'a\nb'],
  ])(
    'with %s that no header can carry is refused before it is sent',
    async (_, path, options, token) => {
      const { clock, sent, session } = scripted([], { token })
      const refusal = expect(session.generate(options)).rejects.toMatchObject({
        name: 'StudioProblem',
        code: 'INVALID_INPUT',
        retryable: false,
        errors: [{ path }],
      })
      await clock.pass(60_000)
      await refusal
      expect(sent).toHaveLength(0)
    },
  )

  it('waits for the same call that is still being served, for as long as the server says', async () => {
    const inFlight = refused(409, 'REQUEST_IN_FLIGHT', { headers: { 'retry-after': '2' } })
    const { clock, sent, session } = scripted([gone, inFlight, ok({ job_id: 'job_1' }, 202)])
    const answer = session.generate()
    await clock.pass(30_000)
    expect(await answer).toEqual({ job_id: 'job_1' })
    expect((sent[2]?.at ?? 0) - (sent[1]?.at ?? 0)).toBeGreaterThanOrEqual(2_000)
  })
})

describe('trying again', () => {
  it.each([
    ['a turn that failed', () => refused(502, 'UPSTREAM_ERROR')],
    [
      'a turn whose model is too busy, which is told in the log',
      () => refused(429, 'RATE_LIMITED'),
    ],
    ['another turn in progress', () => refused(409, 'TURN_IN_PROGRESS')],
    ['what is wrong', () => refused(422, 'INVALID_INPUT', { retryable: false })],
    [
      'what is not configured',
      () => refused(503, 'CAPABILITY_NOT_CONFIGURED', { retryable: false }),
    ],
  ])('is left to the caller for %s', async (_, answer) => {
    const { clock, sent, session } = scripted([answer()])
    const sending = session.send('안녕')
    sending.catch(() => {})
    await clock.pass(60_000)
    await expect(sending).rejects.toMatchObject({
      message: '안 돼요.',
      requestId: 'req_1',
      detail: 'Why.',
    })
    expect(sent).toHaveLength(1)
  })

  it('happens for a limit of the product’s own, for a gateway’s refusal, and for what only reads', async () => {
    const limit = { name: 'turns', scope: 'principal', max: 1, window_seconds: 60 }
    const { clock, sent, session } = scripted([
      refused(429, 'RATE_LIMITED', { limit, headers: { 'retry-after': '3' } }),
      new Response('{"message":"Service Unavailable"}', { status: 503 }),
      ok({ turn: 1 }),
      refused(502, 'UPSTREAM_ERROR'),
      ok({ messages: [] }),
    ])
    const sending = session.send('안녕')
    await clock.pass(60_000)
    await sending
    expect(sent[0] && sent[1] && sent[1].at - sent[0].at).toBeGreaterThanOrEqual(3_000)
    const reading = session.messages()
    await clock.pass(60_000)
    expect(await reading).toEqual({ messages: [] })
    expect(sent).toHaveLength(5)
  })

  it('never happens to a stop whose answer was lost: by now it could be another turn', async () => {
    const { clock, sent, session } = scripted([gone])
    const stopping = session.stop()
    stopping.catch(() => {})
    await clock.pass(60_000)
    await expect(stopping).rejects.toMatchObject({ code: 'UNREACHABLE', status: 0 })
    expect(sent).toHaveLength(1)
  })

  it('ends after some tries, and at once when the wait would be long', async () => {
    const long = refused(429, 'RATE_LIMITED', { limit: {}, headers: { 'retry-after': '3600' } })
    const { clock, sent, session } = scripted([gone, gone, gone, gone, gone, long])
    const reading = session.view()
    reading.catch(() => {})
    await clock.pass(60_000)
    await expect(reading).rejects.toMatchObject({ code: 'UNREACHABLE' })
    const gaps = sent.map(({ at }, index) => at - (sent[index - 1]?.at ?? at))
    expect(gaps).toEqual([0, 300, 600, 1_200, 2_400])
    await expect(session.view()).rejects.toMatchObject({ status: 429, retryAfterMs: 3_600_000 })
  })

  it('takes for done what an earlier try has erased', async () => {
    const { clock, session } = scripted([
      gone,
      refused(404, 'SESSION_NOT_FOUND', { retryable: false }),
    ])
    const erasing = session.delete()
    await clock.pass(10_000)
    expect(await erasing).toBeUndefined()
  })

  it('follows a request that never comes back', async () => {
    const { clock, sent, session } = scripted(['hangs', ok({ state: 'DONE' })])
    const reading = session.view()
    await clock.pass(60_000)
    expect(await reading).toEqual({ state: 'DONE' })
    expect(sent).toHaveLength(2)
  })
})

describe('a signal', () => {
  it('ends a call with its own reason, while it waits for the server and between tries', async () => {
    for (const answer of ['hangs', gone] as const) {
      const { clock, sent, session } = scripted([answer])
      const abort = new AbortController()
      const sending = session.send('안녕', { signal: abort.signal })
      sending.catch(() => {})
      await clock.pass(10)
      abort.abort(new Error('left'))
      await expect(sending).rejects.toThrow('left')
      await clock.pass(60_000)
      expect(sent).toHaveLength(1)
    }
  })

  it('that is aborted already sends nothing', async () => {
    const { sent, session } = scripted([])
    const signal = AbortSignal.abort(new Error('never'))
    await expect(session.view({ signal })).rejects.toThrow('never')
    expect(sent).toEqual([])
  })
})

describe('a file', () => {
  it('of up to 4 MB goes with its turn, and a larger one is uploaded first', async () => {
    const form = {
      upload_id: 'upload_1',
      url: 'https://bucket.test/',
      fields: { key: 'k' },
      expires_at: '',
    }
    const answers = [
      ok({ turn: 1 }),
      ok(form, 201),
      gone,
      new Response(null, { status: 204 }),
      ok({ turn: 2 }),
    ]
    const { clock, sent, session } = scripted(answers, { token: 't' })
    const shares: number[] = []
    const onProgress = (share: number) => shares.push(share)
    await session.speak(new Blob(['a'], { type: 'audio/webm;codecs=opus' }), { locale: 'ko-KR' })
    const large = new Blob([new Uint8Array(4 * 1024 * 1024 + 1)], { type: 'audio/mpeg' })
    const speaking = session.speak(large, { voice_preset: 'calm_ko', onProgress })
    await clock.pass(10_000)
    expect(await speaking).toEqual({ turn: 2 })
    const [inline, asked, , uploaded, spoken] = sent
    expect(Object.fromEntries(inline?.body as FormData)).toMatchObject({
      locale: 'ko-KR',
      audio: { size: 1 },
    })
    expect(asked?.body).toBe('{"format":"mp3"}')
    expect(Object.keys(Object.fromEntries((uploaded?.body ?? new FormData()) as FormData))).toEqual(
      ['key', 'file'],
    )
    expect(uploaded).toMatchObject({ url: 'https://bucket.test/', headers: {} })
    expect(JSON.parse(String(spoken?.body))).toEqual({
      upload_id: 'upload_1',
      voice_preset: 'calm_ko',
    })
    expect(shares).toEqual([0, 0, 1])
  })
})

it('reads what `Retry-After` says, and nothing into what it does not', () => {
  const now = Date.parse('2026-11-26T00:00:00Z')
  const read = (text: string | null) => retryAfterMs(text, now)
  expect([read(null), read('7'), read(' 0 '), read('-43'), read('soon'), read('1.5')]).toEqual([
    undefined,
    7_000,
    0,
    undefined,
    undefined,
    undefined,
  ])
  expect(read('Thu, 26 Nov 2026 00:01:00 GMT')).toBe(60_000)
  expect(read('Wed, 25 Nov 2026 00:01:00 GMT')).toBeUndefined()
})

it('tells what refused a request by the type of its error', async () => {
  const problem = refused(422, 'INVALID_INPUT', {
    retryable: false,
    errors: [{ path: 'message', message: '비었어요.', rule: 'EMPTY' }],
  })
  const { session } = scripted([problem, new Response('<html>', { status: 404 })])
  const error = await session.send('').catch((caught) => caught)
  expect(error).toBeInstanceOf(StudioProblem)
  expect(error).toMatchObject({
    status: 422,
    errors: [{ path: 'message' }],
    body: { title: 'INVALID_INPUT' },
  })
  await expect(session.view()).rejects.toMatchObject({ code: 'UNEXPECTED_ANSWER', status: 404 })
})

it("asks again when a network's own page came in the place of an answer, and then says so", async () => {
  const page = (): Response => new Response('<html>Sign in to this network</html>')
  const { clock, sent, session } = scripted([page(), page(), page(), page(), page()])
  const reading = session.view()
  reading.catch(() => {})
  await clock.pass(60_000)
  await expect(reading).rejects.toMatchObject({
    code: 'UNEXPECTED_ANSWER',
    status: 200,
    retryable: true,
  })
  expect(sent).toHaveLength(5)
})
