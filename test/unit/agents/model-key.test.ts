import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const request = { model: 'm', instructions: '', messages: [] }
const signal = new AbortController().signal

beforeEach(() => {
  vi.resetModules()
  for (const name of ['OPENAI_API_KEY', 'OPENAI_API_KEY_PARAMETER', 'OPENAI_BASE_URL']) {
    vi.stubEnv(name, '')
  }
})
afterEach(() => vi.unstubAllEnvs())

/** The client of a fresh process. */
const freshModel = async () => (await import('../../../shared/clients/openai/model.ts')).model

test('without a key the model is a capability that is not configured, and the variable is named', async () => {
  const model = await freshModel()
  await expect(model.stream(request, signal)).rejects.toMatchObject({
    code: 'CAPABILITY_NOT_CONFIGURED',
    retryable: false,
    message: expect.stringContaining('OPENAI_API_KEY'),
  })
})

test('a key that comes later is found, because a failure is not remembered', async () => {
  const model = await freshModel()
  await expect(model.stream(request, signal)).rejects.toMatchObject({
    code: 'CAPABILITY_NOT_CONFIGURED',
  })
  vi.stubEnv('OPENAI_API_KEY', 'sk-test')
  await expect(model.stream(request, AbortSignal.abort(new Error('far enough')))).rejects.toThrow(
    'far enough',
  )
})

test('a self-hosted server needs no key', async () => {
  vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:9/v1')
  const model = await freshModel()
  await expect(model.stream(request, signal)).rejects.toMatchObject({
    code: 'UPSTREAM_ERROR',
    retryable: true,
  })
})
