import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

let secret: typeof import('../../../shared/clients/secrets.ts').secret

beforeEach(async () => {
  // What was read is remembered by the module.
  vi.resetModules()
  ;({ secret } = await import('../../../shared/clients/secrets.ts'))
})

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('a secret', () => {
  it('is the variable, when it is set', async () => {
    vi.stubEnv('SOME_KEY', 'plain')
    expect(await secret('SOME_KEY', 'SOME_KEY_PARAMETER')).toBe('plain')
  })

  it('is read from the parameter through the extension, once, and again after a failure', async () => {
    const asked: (string | undefined)[] = []
    let status = 400
    const server = createServer((request, response) => {
      asked.push(`${request.url} ${request.headers['x-aws-parameters-secrets-token']}`)
      response.statusCode = status
      response.end(JSON.stringify({ Parameter: { Value: 'deployed' } }))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    vi.stubEnv('PARAMETERS_SECRETS_EXTENSION_HTTP_PORT', String(port))
    vi.stubEnv('AWS_SESSION_TOKEN', 'session')
    vi.stubEnv('SOME_KEY_PARAMETER', '/launch-studio/dev/some-key')
    const read = () => secret('SOME_KEY', 'SOME_KEY_PARAMETER')
    await expect(read()).rejects.toMatchObject({ code: 'CAPABILITY_NOT_CONFIGURED' })
    status = 200
    expect([await read(), await read()]).toEqual(['deployed', 'deployed'])
    const path = '/systemsmanager/parameters/get?name=%2Flaunch-studio%2Fdev%2Fsome-key'
    expect(asked).toEqual([
      `${path}&withDecryption=true session`,
      `${path}&withDecryption=true session`,
    ])
    server.close()
  })

  it('that was exchanged is known after five minutes, and the one before while it cannot be read', async () => {
    let value: string | undefined = 'before'
    const server = createServer((_, response) => {
      response.statusCode = value === undefined ? 500 : 200
      response.end(JSON.stringify({ Parameter: { Value: value } }))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    vi.stubEnv('PARAMETERS_SECRETS_EXTENSION_HTTP_PORT', String(port))
    vi.stubEnv('SOME_KEY_PARAMETER', '/launch-studio/dev/some-key')
    const start = Date.now()
    const readAfter = async (minutes: number) => {
      vi.useFakeTimers({ toFake: ['Date'], now: start + minutes * 60_000 })
      return secret('SOME_KEY', 'SOME_KEY_PARAMETER')
    }
    expect(await readAfter(0)).toBe('before')
    value = undefined
    expect(await readAfter(6)).toBe('before')
    value = 'after'
    expect([await readAfter(7), await readAfter(12)]).toEqual(['before', 'after'])
    vi.useRealTimers()
    server.close()
  })

  it('that is not configured is named', async () => {
    await expect(secret('NO_KEY', 'NO_KEY_PARAMETER')).rejects.toThrow('NO_KEY')
  })
})
