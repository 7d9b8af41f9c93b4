import { expect, test } from 'vitest'
import { createStudio } from '../../../shared/client/index.ts'

interface Sent {
  line: string
  authorization: string | null
  body: unknown
}

/** Answers each call by its line, and keeps what was sent. */
const answering = (answers: Record<string, object | undefined>) => {
  const sent: Sent[] = []
  const fetch: typeof globalThis.fetch = async (input, { method, headers, body } = {}) => {
    const line = `${method} ${input}`
    const authorization = new Headers(headers).get('authorization')
    sent.push({ line, authorization, body: body ? JSON.parse(String(body)) : undefined })
    const answer = answers[line]
    return answer ? Response.json(answer) : new Response(null, { status: 204 })
  }
  return { fetch, sent }
}

const taken = { session_id: 'sess_1', principal: 'p2' }
const session = 'GET /api/chat/session/sess_1'

test('a client that takes a session over acts as its owner from then on', async () => {
  const { fetch, sent } = answering({
    'POST /api/me/handoff': { ...taken, token: 'theirs' },
    [session]: {},
  })
  const tokens: string[] = []
  const studio = createStudio({ fetch, token: 'mine', onToken: (token) => tokens.push(token) })
  expect(await studio.redeem({ code: 'c', replace: true })).toMatchObject(taken)
  await studio.session('sess_1').view()
  expect(sent).toMatchObject([
    { authorization: 'Bearer mine', body: { code: 'c', replace: true } },
    { line: session, authorization: 'Bearer theirs' },
  ])
  expect(tokens).toEqual(['theirs'])
})

test('a page with a cookie is given no token, and sends none', async () => {
  const { fetch, sent } = answering({ 'POST /api/me/handoff': taken, [session]: {} })
  const studio = createStudio({ fetch, auth: 'cookie' })
  await studio.redeem({ code: 'c' })
  await studio.session('sess_1').view()
  await studio.signOut()
  expect(sent.map(({ line }) => line)).toEqual([
    'POST /api/me/handoff',
    session,
    'POST /api/me/sign-out',
  ])
  expect(sent.every(({ authorization }) => authorization === null)).toBe(true)
})

test('the caller’s sessions are searched and paged', async () => {
  const line = 'GET /api/chat/session?q=tea&limit=5&cursor=next'
  const { fetch } = answering({ [line]: { sessions: [], next_cursor: null } })
  const studio = createStudio({ fetch })
  expect(await studio.sessions.list({ q: 'tea', limit: 5, cursor: 'next' })).toEqual({
    sessions: [],
    next_cursor: null,
  })
})
