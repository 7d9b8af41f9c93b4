import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { configuredModerator } from '../../../shared/clients/openai/moderation.ts'
import { failureOf } from '../../support/model-server/agents.ts'
import { answers } from '../../support/model-server/answers.ts'
import { type ModelServer, startModelServer } from '../../support/model-server/model-server.ts'
import { moderationOf } from '../../support/model-server/moderation.ts'

let server: ModelServer
beforeAll(async () => {
  server = await startModelServer()
})
beforeEach(() => {
  server.reset()
  vi.stubEnv('OPENAI_API_KEY', 'sk-a-secret')
  vi.stubEnv('OPENAI_BASE_URL', server.url)
  vi.stubEnv('MODERATION_MODEL', 'a-moderation-model')
})
afterEach(() => vi.unstubAllEnvs())
afterAll(() => server.stop())

const moderate = async (...texts: string[]) => configuredModerator()?.moderate(texts)
const made = (content: unknown) => ({
  kind: 'made' as const,
  contentType: 'application/json',
  content: JSON.stringify(content),
})

describe('moderation is on', () => {
  test.each([
    ['', '', true],
    ['', 'off', false],
    ['http://127.0.0.1:1/v1', '', false],
    ['http://127.0.0.1:1/v1', 'my-model', true],
    ['http://127.0.0.1:1/v1', 'off', false],
  ])('at base URL “%s” with the model “%s”: %s', (url, model, isOn) => {
    vi.stubEnv('OPENAI_BASE_URL', url)
    vi.stubEnv('MODERATION_MODEL', model)
    expect(configuredModerator() !== undefined).toBe(isOn)
  })
})

describe('a batch', () => {
  test('is one request, and each text gets its own categories', async () => {
    server.moderation.respond((call) =>
      moderationOf(call, (text) => (text === 'b' ? ['violence', 'hate/threatening'] : [])),
    )
    expect(await moderate('a', 'b', 'c')).toEqual([[], ['violence', 'hate/threatening'], []])
    expect(server.moderation.calls).toMatchObject([
      {
        body: { model: 'a-moderation-model', input: ['a', 'b', 'c'] },
        authorization: 'Bearer sk-a-secret',
      },
    ])
  })

  test('that is flagged for nothing that has a name is flagged all the same', async () => {
    server.moderation.script(made({ results: [{ flagged: true }] }))
    expect(await moderate('a')).toEqual([['unspecified']])
  })

  test('is asked for once more when the service fails', async () => {
    server.moderation.script(answers.status(503))
    expect(await moderate('a')).toEqual([[]])
    expect(server.moderation.calls).toHaveLength(2)
  })

  test.each([
    ['a failure', answers.status(500)],
    ['a limit', answers.rateLimited('0')],
    ['no JSON', { ...made({}), content: 'no' }],
    ['another form', made({ results: [{ categories: {} }] })],
    ['too few results', made({ results: [{ flagged: false, categories: {} }] })],
  ])('that gets %s twice is not judged', async (_, answer) => {
    server.moderation.respond(() => answer)
    expect(await failureOf(moderate('text one', 'text two'))).toMatchObject({
      code: 'UPSTREAM_ERROR',
      retryable: true,
      message: expect.stringContaining('The moderation service did not judge'),
      vendor: { service: 'The moderation service', message: expect.any(String) },
    })
    expect(server.moderation.calls).toHaveLength(2)
  })

  test('is not asked for again when that is of no use, nor longer than its caller waits', async () => {
    server.moderation.respond(() =>
      answers.status(401, { message: 'Incorrect API key: sk-a-secret', code: 'invalid_api_key' }),
    )
    const refused = await failureOf(moderate('a'))
    expect(refused).toMatchObject({ code: 'CAPABILITY_NOT_CONFIGURED', retryable: false })
    expect(JSON.stringify(refused.vendor)).not.toContain('sk-a-secret')
    expect(server.moderation.calls).toHaveLength(1)
    server.moderation.respond(() => answers.rateLimited('60'))
    expect((await failureOf(moderate('a'))).retryAfter).toBeGreaterThan(50)
    expect(server.moderation.calls).toHaveLength(2)
  })

  test('ends with its caller', async () => {
    server.moderation.respond(() => answers.silence())
    const stop = new AbortController()
    const work = configuredModerator()?.moderate(['a'], stop.signal)
    work?.catch(() => {})
    await server.moderation.until((calls) => calls.length === 1)
    const reason = new Error('The lease is lost.')
    stop.abort(reason)
    await expect(work).rejects.toBe(reason)
    server.hangUp()
  })
})
