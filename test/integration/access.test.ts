import { beforeAll, describe, expect, it } from 'vitest'
import { accessNeeded, type Route, routeKey } from '../../shared/contracts/http/route.ts'
import { routes } from '../../shared/contracts/http.ts'
import { ClientFrame } from '../../shared/contracts/socket.ts'
import { claimsOf, signedWith, tampered, unsigned } from '../support/identity/forged-tokens.ts'
import { eventually } from '../support/limits/eventually.ts'
import { limit } from '../support/limits/machine-speed.ts'
import {
  type Client,
  createClient,
  openSocket,
  startSession,
  waitForEvent,
} from '../support/studio/client.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { plannerAnswer, readySession, scriptRun } from '../support/studio/studio.ts'

/** Every route and every frame under every kind of token: a new one is tried without being named here. */

const studio = useStudio()
const signingKey = 'a-key-for-tests-that-is-long-enough'

/** Bodies of routes that take one; a route that takes none is sent none. */
const bodies: Partial<Record<keyof typeof routes, object>> = {
  sendMessage: { message: '안녕하세요' },
  editBrief: { slots: { 'product.name': '동백 크림' } },
  streamMessage: { message: '안녕하세요' },
  launch: {
    brief: {
      product_name: '동백 핸드크림',
      product_category: '화장품',
      target_audience: '사무실에서 손을 자주 씻는 직장인',
      price_band: '2만 원 아래',
      core_kpi: '구매',
      channel_focus: ['인스타그램'],
    },
  },
  checkCopy: { text: '손이 촉촉해져요', product_category: '화장품' },
  speak: { upload_id: `upload_${'0'.repeat(26)}` },
  streamSpeech: { upload_id: `upload_${'0'.repeat(26)}` },
  createVoiceUpload: { format: 'webm' },
  addProductImage: { upload_id: `upload_${'0'.repeat(26)}` },
  createPictureUpload: { format: 'heic' },
  reviseRun: { from: 'voice', note: '더 따뜻하게' },
  redeemHandoff: { code: '0'.repeat(58) },
  assistantVoice: { text: '아직 아무도 하지 않은 말', voice_preset: 'friendly_ko' },
  createWebhook: { url: 'https://hooks.example/studio' },
}

const frames: Record<ClientFrame['action'], object> = {
  resume: { after_seq: 0 },
  message: { message: '안녕하세요' },
  voice: { upload_id: `upload_${'0'.repeat(26)}` },
  stop: {},
  ping: {},
}
const actionsOfReaders = ['resume', 'ping']

let owner: Client
let reader: Client
let stranger: Client
let ids: Record<string, string>

beforeAll(async () => {
  const session = await readySession(studio)
  owner = session.client
  ;[reader, stranger] = (await Promise.all(
    [1, 2].map(async () => (await startSession(studio.origin)).client),
  )) as [Client, Client]
  const { principal } = (await reader.get('/api/me')).body
  scriptRun(studio.model)
  const { body } = await owner.post(`/api/runs/${session.sessionId}/generate/async`)
  await waitForEvent(owner, session.sessionId, ({ type }) => type === 'run.completed')
  const assets = `/api/runs/${body.run_id}/assets`
  const { body: made } = await owner.post(`${assets}/generate/async`, { kinds: ['subtitles'] })
  await eventually(async () => {
    const job = await owner.get(`/api/jobs/${made.job_id}`)
    expect(['queued', 'running']).not.toContain(job.body.status)
  })
  await owner.put(`/api/chat/session/${session.sessionId}/readers/${principal}`)
  const { run_id, job_id } = body
  const picture_id = `picture_${'0'.repeat(26)}`
  const { body: exported } = await owner.post(`/api/runs/${body.run_id}/export`)
  const [asset_id] = made.asset_ids
  ids = {
    session_id: session.sessionId,
    run_id,
    job_id,
    asset_id,
    export_id: exported.export_id,
    request_id: run_id,
    principal,
    picture_id,
    // Of a principal alone, whatever the session: see webhooks.test.ts.
    webhook_id: `webhook_${'0'.repeat(26)}`,
    event_id: `ping_${'0'.repeat(26)}`,
  }
})

const named = Object.entries(routes) as [keyof typeof routes, Route][]
const closed = named.filter(([, { principal }]) => principal !== 'none')

const pathOf = ({ path }: Route, values: Record<string, string>): string =>
  path.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name]
    if (value === undefined) throw new Error(`There is no ${name} for ${path}: add one to ids.`)
    return value
  })

interface Told {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: answers of all routes
  body: any
  /** How to authenticate, when it refuses. */
  challenge: string | null
}

const ask = async (
  [name, route]: (typeof named)[number],
  token: string | undefined,
  values: Record<string, string> = ids,
): Promise<Told> => {
  const body = bodies[name]
  const response = await fetch(studio.origin + pathOf(route, values), {
    method: route.method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(limit(20_000)),
  })
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
  if (isStream) await response.body?.cancel()
  const text = isStream ? '' : await response.text()
  return {
    status: response.status,
    body: text === '' ? undefined : JSON.parse(text),
    challenge: response.headers.get('www-authenticate'),
  }
}

it.each(named.filter(([, { method }]) => method === 'POST' || method === 'PATCH'))(
  'this test knows what to send: %s',
  (name, { body }) => {
    expect(body.safeParse(bodies[name] ?? {}).error).toBeUndefined()
  },
)

describe('a token that is none of ours', () => {
  const claims = (): Record<string, unknown> => claimsOf(owner.token ?? '')
  const tokens: Record<string, () => Promise<string> | string> = {
    'of no algorithm': () => unsigned(claims()),
    'that was changed': () => tampered(stranger.token ?? '', { sub: claims().sub as string }),
    'that has expired': () => signedWith(signingKey, { ...claims(), exp: 1 }),
    'for another audience': () =>
      signedWith(signingKey, { ...claims(), aud: 'launch-studio-admin' }),
    'of a key that is gone': () =>
      signedWith('the-key-of-last-year-that-is-gone-now', claims(), { kid: 'last-year' }),
    'without a subject': () => signedWith(signingKey, { ...claims(), sub: '' }),
    'that is no token': () => 'abc',
  }

  it.each(Object.keys(tokens))('opens no route: %s', async (kind) => {
    const token = await (tokens[kind] as () => Promise<string>)()
    const answers = await Promise.all(closed.map((route) => ask(route, token)))
    const opened = closed.filter((_, index) => answers[index]?.body?.error?.code !== 'UNAUTHORIZED')
    expect(opened.map(([, route]) => routeKey(route))).toEqual([])
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]))
  })
})

it('without a token nothing is open but what mints one', async () => {
  const required = closed.filter(([, { principal }]) => principal === 'required')
  const answers = await Promise.all(required.map((route) => ask(route, undefined)))
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.error.code}`))).toEqual(
    new Set(['401 UNAUTHORIZED']),
  )
  const challenges = answers.map(({ challenge }) => challenge)
  expect(new Set(challenges)).toEqual(new Set(['Bearer realm="launch-studio"']))
  const minting = closed.filter(([, { principal }]) => principal === 'optional')
  expect(minting.map(([name]) => name)).toEqual(['createSession', 'redeemHandoff'])
})

/** Well-formed ids of nothing. */
const unknownIds = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(ids).map(([name, id]) => [
      name,
      name === 'principal' ? id : `${id.split('_')[0]}_${'0'.repeat(26)}`,
    ]),
  )

const ofSessions = closed.filter(([, route]) => accessNeeded(route) !== undefined)

it.each(ofSessions)('a stranger finds what a missing one looks like: %s', async (name, route) => {
  const compared = async (values: Record<string, string>) => {
    const { status, body } = await ask([name, route], stranger.token, values)
    const { instance: _, request_id: __, ...rest } = body
    return { status, rest }
  }
  const found = await compared(ids)
  expect(found).toEqual(await compared(unknownIds()))
  expect(found.status).toBe(404)
})

it.each(ofSessions)('a reader may do what the contract says: %s', async (name, route) => {
  const { status, body } = await ask([name, route], reader.token)
  if (accessNeeded(route) === 'owner') {
    expect({ status, code: body?.error?.code }).toEqual({ status: 403, code: 'FORBIDDEN' })
  } else if (name === 'launchDetail') {
    expect(body.error.code).toBe('RUN_NOT_FOUND')
  } else if (name === 'getProductImage') {
    expect(body.error.code).toBe('UPLOAD_NOT_FOUND')
  } else if (name === 'assistantVoice') {
    expect(body.error.code).toBe('INVALID_INPUT')
  } else expect([route.status, 204]).toContain(status)
})

it('lists of a reader hold its own, and nothing of what it reads', async () => {
  const lists = closed.filter(
    ([, route]) => route.method === 'GET' && !route.path.includes('{') && route.path !== '/api/me',
  )
  for (const list of lists) {
    const text = JSON.stringify((await ask(list, reader.token)).body)
    for (const id of [ids.session_id, ids.run_id, ids.job_id]) expect(text).not.toContain(id)
  }
})

it.each(ClientFrame.options.map(({ shape }) => shape.action.value))(
  'over a socket a reader reads: %s',
  async (action) => {
    const socket = await openSocket(reader, ids.session_id ?? '')
    socket.send({ action, ...frames[action] })
    await socket.until(() => socket.frames.length > 0)
    const [answer] = socket.frames
    if (actionsOfReaders.includes(action)) expect(answer).not.toMatchObject({ type: 'rejected' })
    else expect(answer).toMatchObject({ type: 'rejected', error: { code: 'FORBIDDEN' } })
    await socket.close()
  },
)

it('nothing of all this was stored', async () => {
  const { body } = await owner.get(`/api/chat/session/${ids.session_id}`)
  expect(body).toMatchObject({ turn: 1, state: 'DONE', run_id: ids.run_id })
  studio.model.script('planner', plannerAnswer([]))
  const path = `/api/chat/session/${ids.session_id}`
  expect((await owner.post(`${path}/message`, { message: '저는 주인이에요.' })).status).toBe(200)
  expect((await createClient(studio.origin).get(path)).status).toBe(401)
})
