import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  type ParameterAnswer,
  type ParameterServer,
  startParameterServer,
} from '../../support/aws/parameter-server.ts'

let secret: typeof import('../../../shared/clients/secrets.ts').secret
let server: ParameterServer
let answers: ParameterAnswer[]

beforeEach(async () => {
  // What was read is remembered by the module.
  vi.resetModules()
  ;({ secret } = await import('../../../shared/clients/secrets.ts'))
  answers = []
  server = await startParameterServer(() => answers.shift() ?? { refused: 'NothingScripted' })
  for (const [name, value] of Object.entries(server.environment)) vi.stubEnv(name, value)
  vi.stubEnv('SOME_KEY_PARAMETER', '/launch-studio/dev/some-key')
})

afterEach(async () => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
  await server.stop()
})

const read = () => secret('SOME_KEY', 'SOME_KEY_PARAMETER')

describe('a secret', () => {
  it('is the variable, when it is set', async () => {
    vi.stubEnv('SOME_KEY', 'plain')
    expect(await read()).toBe('plain')
    expect(server.asked).toEqual([])
  })

  it('is read from the parameter with a signed request, once, and again after a refusal', async () => {
    answers = [{ refused: 'ParameterNotFound' }, { value: 'deployed' }]
    await expect(read()).rejects.toMatchObject({
      code: 'CAPABILITY_NOT_CONFIGURED',
      cause: { message: expect.stringContaining('400 (ParameterNotFound)') },
    })
    expect([await read(), await read()]).toEqual(['deployed', 'deployed'])
    const request = {
      operation: 'AmazonSSM.GetParameter',
      body: { Name: '/launch-studio/dev/some-key', WithDecryption: true },
    }
    expect(server.asked).toEqual([request, request])
  })

  it.each([{ refused: 'ThrottlingException' }, { refused: 'InternalServerError', status: 500 }])(
    'is asked for again while it is refused for a moment: $refused',
    async (refusal) => {
      answers = [refusal, refusal, { value: 'deployed' }]
      expect(await read()).toBe('deployed')
    },
  )

  it('is given up after three tries', async () => {
    const refused = { refused: 'ThrottlingException' }
    answers = [refused, refused, refused, { value: 'too late' }]
    await expect(read()).rejects.toThrow('SOME_KEY could not be read')
    expect(server.asked).toHaveLength(3)
  })

  it('is asked for where the template says, unless another address is set', async () => {
    const { AWS_ENDPOINT_URL_SSM: address = '' } = server.environment
    vi.stubEnv('AWS_ENDPOINT_URL_SSM', '')
    vi.stubEnv('PARAMETERS_ENDPOINT', address)
    answers = [{ value: 'deployed' }]
    expect(await read()).toBe('deployed')
  })

  it('that was exchanged is known after five minutes, and the one before while it cannot be read', async () => {
    const start = Date.now()
    const readAfter = (minutes: number, answer: ParameterAnswer) => {
      answers = [answer]
      // The server compares the time of a signature with its own clock.
      vi.useFakeTimers({ toFake: ['Date'], now: start + minutes * 60_000 })
      return read()
    }
    expect(await readAfter(0, { value: 'before' })).toBe('before')
    expect(await readAfter(6, { refused: 'ParameterNotFound' })).toBe('before')
    expect(await readAfter(7, { value: 'after' })).toBe('before')
    expect(await readAfter(12, { value: 'after' })).toBe('after')
  })

  it('that is not configured is named', async () => {
    await expect(secret('NO_KEY', 'NO_KEY_PARAMETER')).rejects.toThrow('NO_KEY')
  })
})
