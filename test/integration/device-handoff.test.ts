import { describe, expect, it } from 'vitest'
import { createClient, openSocket, startSession } from '../support/studio/client.ts'
import { useStudio } from '../support/studio/shared-studio.ts'

const studio = useStudio()

const console = { 'x-launch-studio': 'console' }
/** A browser's cookies of the studio. */
const cookieOf = (headers: Headers): string => headers.getSetCookie()[0]?.split(';')[0] ?? ''

const begin = async () => {
  const client = createClient(studio.origin)
  const { headers, body } = await client.post('/api/chat/session', {}, console)
  return {
    client,
    headers,
    body,
    cookie: cookieOf(headers),
    path: `/api/chat/session/${body.session_id}`,
  }
}

describe('the token of a page of this origin', () => {
  it('is in a cookie that no script reads, and in no answer', async () => {
    const { client, headers, body, cookie, path } = await begin()
    expect(body).not.toHaveProperty('token')
    const [set = ''] = headers.getSetCookie()
    expect(set).toMatch(/; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/)
    const asPage = { ...console, cookie, 'sec-fetch-site': 'same-origin' }
    expect(await client.get(path, asPage)).toMatchObject({ status: 200, body: { access: 'owner' } })
    const second = await client.post('/api/chat/session', {}, asPage)
    expect(second.headers.getSetCookie()).toEqual([])
    const { body: list } = await client.get('/api/chat/session', asPage)
    expect(list.sessions).toHaveLength(2)
    // A socket opens with a ticket, as ever.
    const ticket = await client.post(`${path}/ticket`, {}, asPage)
    expect(ticket.status).toBe(201)
  })

  it('counts for no request that another site could have made', async () => {
    const { client, cookie, path } = await begin()
    expect((await client.get(path, { cookie })).status).toBe(401)
    expect((await client.post(`${path}/message`, { message: '네' }, { cookie })).status).toBe(401)
    for (const site of ['cross-site', 'same-site', 'none']) {
      const forged = { ...console, cookie, 'sec-fetch-site': site }
      expect((await client.get(path, forged)).status).toBe(403)
    }
    const preflight = await fetch(studio.origin + path, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://elsewhere.example',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'x-launch-studio',
      },
    })
    expect(preflight.headers.get('access-control-allow-headers') ?? '').not.toContain(
      'x-launch-studio',
    )
  })

  it('gives way to a token in the header, and is forgotten at a sign-out', async () => {
    const { client, cookie, path } = await begin()
    const other = await startSession(studio.origin)
    const both = { ...console, cookie, authorization: `Bearer ${other.client.token}` }
    expect((await client.get(path, both)).status).toBe(404)
    const { status, headers } = await client.post('/api/me/sign-out', undefined, console)
    expect(status).toBe(204)
    expect(headers.getSetCookie()[0]).toContain('Max-Age=0')
  })
})

describe('a session that is carried to another device', () => {
  it('is owned there too, once for each code', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const path = `/api/chat/session/${sessionId}`
    const { status, body } = await client.post(`${path}/handoff`)
    expect(status).toBe(201)
    const seconds = (Date.parse(body.expires_at) - Date.now()) / 1000
    expect(seconds).toBeGreaterThan(240)
    expect(seconds).toBeLessThanOrEqual(300)

    const phone = createClient(studio.origin)
    const taken = await phone.post('/api/me/handoff', { code: body.code })
    expect(taken).toMatchObject({ status: 200, body: { session_id: sessionId } })
    phone.token = taken.body.token
    expect((await phone.get(path)).body).toMatchObject({ access: 'owner' })
    const socket = await openSocket(phone, sessionId)
    await socket.close()
    const again = await createClient(studio.origin).post('/api/me/handoff', { code: body.code })
    expect(again).toMatchObject({ status: 404, body: { error: { code: 'HANDOFF_NOT_FOUND' } } })
  })

  it('goes into the cookie of a page', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const { body } = await client.post(`/api/chat/session/${sessionId}/handoff`)
    const phone = createClient(studio.origin)
    const taken = await phone.post('/api/me/handoff', { code: body.code }, console)
    expect(taken.body).not.toHaveProperty('token')
    const cookie = cookieOf(taken.headers)
    const { status } = await phone.get(`/api/chat/session/${sessionId}`, { ...console, cookie })
    expect(status).toBe(200)
  })

  it('takes the place of what the device was only when that is said', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const { body } = await client.post(`/api/chat/session/${sessionId}/handoff`)
    const { client: phone } = await startSession(studio.origin)
    const asked = await phone.post('/api/me/handoff', { code: body.code })
    expect(asked).toMatchObject({ status: 409, body: { error: { code: 'IDENTITY_CONFLICT' } } })
    const meant = await phone.post('/api/me/handoff', { code: body.code, replace: true })
    expect(meant).toMatchObject({ status: 200, body: { session_id: sessionId } })
  })

  it.each(['', 'abc', '0'.repeat(58), 'x'.repeat(100)])(
    'is found by no other code: %j',
    async (code) => {
      const { body } = await createClient(studio.origin).post('/api/me/handoff', { code })
      expect(body.error.code).toBe('HANDOFF_NOT_FOUND')
    },
  )

  it('once at most when several devices try, and never after its erasure', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const path = `/api/chat/session/${sessionId}`
    const { body } = await client.post(`${path}/handoff`)
    const tries = await Promise.all(
      [1, 2, 3, 4].map(() =>
        createClient(studio.origin).post('/api/me/handoff', { code: body.code }),
      ),
    )
    expect(tries.map(({ status }) => status).toSorted()).toEqual([200, 404, 404, 404])
    const other = (await client.post(`${path}/handoff`)).body
    await client.delete(path)
    const late = await createClient(studio.origin).post('/api/me/handoff', { code: other.code })
    expect(late.body.error.code).toBe('HANDOFF_NOT_FOUND')
  })
})
