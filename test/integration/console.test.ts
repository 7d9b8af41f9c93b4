import { describe, expect, it } from 'vitest'
import { Problem } from '../../shared/contracts/problems.ts'
import { createClient, startSession } from '../support/studio/client.ts'
import { useStudio } from '../support/studio/shared-studio.ts'

const studio = useStudio()
const get = (path: string, init?: RequestInit) => fetch(`${studio.origin}${path}`, init)

describe('the console', () => {
  it('is at the root of the product, with everything that it loads', async () => {
    const page = await get('/')
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.headers.get('cache-control')).toBe('no-cache')
    const files = [...(await page.text()).matchAll(/(?:src|href)="(\/[^"]+)"/g)]
    expect(files.length).toBeGreaterThan(2)
    for (const [, path = ''] of files) {
      const file = await get(path)
      expect(file.status, path).toBe(200)
      const kept = path.startsWith('/assets/') ? /immutable/ : /no-cache/
      expect(file.headers.get('cache-control'), path).toMatch(kept)
    }
  })

  it('may open sockets where the product has them, and run nothing inline', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const { body } = await client.post(`/api/chat/session/${sessionId}/ticket`)
    const { socket_url } = body as { socket_url: string }
    const policy = (await get('/')).headers.get('content-security-policy') ?? ''
    const connect = policy.split('; ').find((each) => each.startsWith('connect-src '))
    expect(connect?.split(' ')).toContain(new URL(socket_url).origin)
    expect(policy).not.toContain('unsafe')
  })

  it('takes no path from the API', async () => {
    const answer = await createClient(studio.origin).get('/nowhere')
    expect(answer.status).toBe(404)
    expect(Problem.parse(answer.body).error.code).toBe('ROUTE_NOT_FOUND')
    expect((await get('/health')).headers.get('content-security-policy')).toBeNull()
  })
})
