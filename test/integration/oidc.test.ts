import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { synthesize } from '../../lib/synthesize.ts'
import { type Issuer, startIssuer } from '../support/identity/issuer.ts'
import { createClient, openSocket } from '../support/studio/client.ts'
import { openEvents } from '../support/studio/event-reader.ts'
import { sharedBundle } from '../support/studio/shared-bundle.ts'
import { plannerAnswer, type Studio, startStudioOn } from '../support/studio/studio.ts'

/** A deployment that takes the tokens of an issuer, gateway and all. */

let issuer: Issuer
let studio: Studio
let folder: string

beforeAll(async () => {
  issuer = await startIssuer()
  folder = mkdtempSync(join(tmpdir(), 'oidc-'))
  const { template, outdir } = await synthesize({
    environment: { OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: issuer.audience },
    bundle: sharedBundle(),
    console: inject('console'),
    outdir: join(folder, 'assembly'),
    checks: false,
  })
  studio = await startStudioOn({ template: JSON.parse(JSON.stringify(template)), outdir })
})
afterAll(async () => {
  await studio?.stop()
  await issuer?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const person = async (sub: string) => createClient(studio.origin, await issuer.token({ sub }))

/** A session of a person, which gets no token of ours. */
const sessionOf = async (sub: string) => {
  const client = await person(sub)
  const { status, body } = await client.post('/api/chat/session', {})
  expect(status).toBe(201)
  expect(body).not.toHaveProperty('token')
  return { client, path: `/api/chat/session/${body.session_id}`, sessionId: body.session_id }
}

it('a person is the same principal under every token, over the gateway, the function URL and a socket', async () => {
  const { client, path, sessionId } = await sessionOf('person-1')
  client.token = await issuer.token({ sub: 'person-1', expiresIn: 100 })
  studio.model.script('planner', plannerAnswer([]))
  const turn = await openEvents(client, `${path}/message/stream`, {
    post: { message: '안녕하세요' },
  })
  await turn.until(() => turn.saw('turn.completed'))
  expect((await client.get(path)).body).toMatchObject({ turn: 1, access: 'owner' })
  const socket = await openSocket(client, sessionId)
  socket.send({ action: 'resume', after_seq: 0 })
  await socket.until(() => socket.events().length > 0)
  await socket.close()
})

it('people of a team share a session by naming each other', async () => {
  const { client, path } = await sessionOf('person-1')
  const other = await person('person-2')
  const { principal } = (await other.get('/api/me')).body
  expect(principal).toMatch(/^oidc_[0-9a-f]{40}$/)
  expect((await other.get(path)).status).toBe(404)
  expect((await client.put(`${path}/readers/${principal}`)).status).toBe(200)
  expect((await other.get(path)).body.access).toBe('reader')
})

describe('no principal is minted', () => {
  it('a session without a token is refused, and the answer says where to sign in', async () => {
    const answer = await createClient(studio.origin).post('/api/chat/session', {})
    expect(answer).toMatchObject({ status: 401, body: { error: { code: 'UNAUTHORIZED' } } })
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(answer.body.detail).toContain(issuer.url)
  })
})

describe('a token that is not good', () => {
  const bad = {
    none: async () => undefined,
    'of another issuer': () => issuer.token({ iss: 'https://elsewhere.example' }),
    'for another audience': () => issuer.token({ aud: 'another' }),
    'that has expired': () => issuer.token({ expiresIn: -60 }),
  }
  it.each(Object.entries(bad))('is refused by the gateway, in its words: %s', async (_, make) => {
    const { path } = await sessionOf('person-1')
    const answer = await createClient(studio.origin, await make()).get(path)
    expect(answer).toMatchObject({ status: 401, body: { message: 'Unauthorized' } })
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
  })

  it.each(Object.entries(bad))('is refused by the function behind its URL: %s', async (_, make) => {
    const { path } = await sessionOf('person-1')
    const client = createClient(studio.origin, await make())
    const answer = await client.post(`${path}/message/stream`, { message: '안녕하세요' })
    expect(answer).toMatchObject({ status: 401, body: { error: { code: 'UNAUTHORIZED' } } })
  })
})
