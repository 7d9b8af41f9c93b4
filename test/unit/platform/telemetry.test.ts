import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { StudioError } from '../../../shared/contracts/errors.ts'
import {
  RecordedFailure,
  recorded,
  recordedInvocation,
} from '../../../shared/platform/recorded-work.ts'
import { log, measure } from '../../../shared/platform/telemetry.ts'
import { currentFacts, isRequestId, note, withFacts } from '../../../shared/platform/work-facts.ts'
import { metrics } from '../../../shared/rules/metrics.ts'

let lines: Record<string, unknown>[]
beforeEach(() => {
  lines = []
  vi.stubEnv('LOG_LEVEL', 'INFO')
  vi.stubEnv('STAGE', 'test')
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(JSON.parse(String(text)))
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

const session = 'sess_01234567890123456789012345'

describe('a piece of work writes one line, at its end', () => {
  it('with what was noted meanwhile, wherever that was', async () => {
    const inner = async () => note({ session_id: session, code: 'GATE_NOT_READY', status: 409 })
    await recorded('request', { what: 'POST /a', request_id: 'req-1' }, inner)
    expect(lines).toMatchObject([
      {
        level: 'INFO',
        deployment: 'test',
        message: 'request ended',
        kind: 'request',
        what: 'POST /a',
        request_id: 'req-1',
        session_id: session,
        code: 'GATE_NOT_READY',
        status: 409,
        outcome: 'refused',
        duration_ms: expect.any(Number),
      },
    ])
  })

  it('also when it fails, and then the platform hears nothing of why', async () => {
    const failing = recordedInvocation('event', { what: 'x' }, async () => {
      throw new Error('the secret recipe')
    })
    const error = await failing.catch((thrown) => thrown)
    expect(error).toBeInstanceOf(RecordedFailure)
    expect(`${error.message}${error.stack}${error.cause}`).not.toContain('recipe')
    expect(lines).toMatchObject([{ level: 'ERROR', outcome: 'failed', code: 'INTERNAL_ERROR' }])
  })

  it('and parts of it have lines of their own, which carry its ids and not its end', async () => {
    await recorded('message', { what: 'voice', request_id: 'req-1' }, async () => {
      note({ outcome: 'committed', session_id: session })
      await recorded('stage', { what: 'voice', stage: 'voice' }, async () =>
        note({ code: 'STAGE_TIMEOUT' }),
      )
    })
    expect(lines).toMatchObject([
      {
        kind: 'stage',
        request_id: 'req-1',
        session_id: session,
        outcome: 'refused',
        code: 'STAGE_TIMEOUT',
      },
      { kind: 'message', outcome: 'committed' },
    ])
    expect(lines[1]).not.toHaveProperty('code')
  })

  it('side by side without a mix', async () => {
    const one = (run: string) =>
      recorded('message', {}, async () => {
        note({ run_id: run })
        await Promise.resolve()
        log.info('a line')
      })
    const runs = ['run_01234567890123456789012345', 'run_11234567890123456789012345']
    await Promise.all(runs.map(one))
    const of = (run: string) => lines.filter((line) => line.run_id === run).length
    expect(runs.map(of)).toEqual([2, 2])
  })
})

describe('a line holds', () => {
  it('no id that is not of its form', async () => {
    await withFacts({ session_id: '010-1234-5678', request_id: 'a b', what: '안녕' }, async () => {
      expect(currentFacts()).toEqual({})
    })
  })

  it('of an error its name, codes and frames, and no attribute that somebody added', () => {
    const error = Object.assign(new TypeError('bad “our recipe” 010-1234-5678'), {
      prompt: 'our recipe',
      $metadata: { httpStatusCode: 503 },
    })
    log.error('it broke', {
      error: new StudioError('INTERNAL_ERROR', 'It broke.', { cause: error }),
    })
    expect(JSON.stringify(lines)).not.toMatch(/recipe|1234/)
    expect(lines).toMatchObject([
      {
        error: {
          name: 'StudioError',
          code: 'INTERNAL_ERROR',
          cause: { name: 'TypeError', status: 503, stack: expect.any(Array) },
        },
      },
    ])
  })

  it('nothing of what a parser was given', () => {
    try {
      JSON.parse('{"our recipe": oops')
    } catch (error) {
      log.warn('not read', { error })
    }
    expect(JSON.stringify(lines)).not.toContain('recipe')
  })

  it('no number of a person, whatever its type', () => {
    log.warn('x', { deep: { list: ['010 1234 5678', 1012345678] }, tel: 1012345678, small: 4711 })
    expect(JSON.stringify(lines[0])).not.toMatch(/1234/)
    expect(lines).toMatchObject([{ small: 4711 }])
  })
})

it.each([
  '550e8400-e29b-41d4-a716-446655440000',
  'order.7:a',
  '4bf92f3577b34da6a3ce929d0e0e4736',
  'start-of-sess_01m8b57zf5k07ccnyn1j8zj64r',
  'req_01k9x8aaaaaaaaaaaaaaaaaaaa',
  'web-12345678-1234-4234-8234-123456789012',
  '00-4bf92f3577b34da6a3ce929d0e0e4736-0012345678901234-01',
  '1-67891233-123456789012345678901234-a',
  'build-3f786850e387550fdab1234567890c881de23001b',
  '2026-11-27T22:11:00',
])('a caller may name its request %s', (id) => expect(isRequestId(id)).toBe(true))
it.each([
  '010-1234-5678',
  '900101-1234567',
  'tel:010.1234.5678',
  '4111-1111-1111-1111',
  '9001011234567',
  'tel01012345678',
  'face01012345678',
  'face-01012345678',
  'user-415-555-2671',
  'tel-02-312-4567',
  'amex-378282246310005',
  'amex378282246310005x',
  'acct_110.234.567890',
  'a-4111111111111111-b',
  'call-12345678-1234-4234-8234-123456789012-01012345678',
  'sk-proj-abcdefgh',
  'eyJhbGciOiJIUzI1NiJ9.e30.abc',
  'a b',
])('but not %s', (id) => expect(isRequestId(id)).toBe(false))

describe('a metric', () => {
  it('counts under every set of its table, by deployment', () => {
    measure('StageEnd', 1, { stage: 'voice', outcome: 'failed' })
    expect(lines).toMatchObject([
      {
        deployment: 'test',
        stage: 'voice',
        outcome: 'failed',
        StageEnd: 1,
        _aws: {
          CloudWatchMetrics: [
            {
              Namespace: 'LaunchStudio',
              Dimensions: [
                ['deployment', 'outcome'],
                ['deployment', 'stage', 'outcome'],
              ],
              Metrics: [{ Name: 'StageEnd', Unit: 'Count' }],
            },
          ],
        },
      },
    ])
  })

  it.each(Object.entries(metrics))(
    '%s has few values and a meaning',
    (_, { sets, meaning, ...rest }) => {
      expect(meaning).toMatch(/\.$/)
      const values: Record<string, readonly string[]> = 'values' in rest ? rest.values : {}
      const products = sets.map((set) =>
        set.reduce((product, name) => product * (values[name]?.length ?? 6), 1),
      )
      expect(Math.max(...products)).toBeLessThanOrEqual(24)
    },
  )
})
