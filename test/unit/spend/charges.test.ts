import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { CallReport, PlannedCall } from '../../../shared/agents/call-budget.ts'
import type { QueryProviderName } from '../../../shared/rules/search-order.ts'
import { inputTokenBound } from '../../../shared/rules/token-bound.ts'
import { modelCharge } from '../../../shared/services/spend/model-charges.ts'
import {
  maxSearchMicros,
  searchesUsed,
  speechCharge,
  transcriptionCharge,
} from '../../../shared/services/spend/service-charges.ts'

beforeEach(() => {
  vi.stubEnv('OPENAI_BASE_URL', '')
  vi.stubEnv('MODEL_PRICES', '')
})
afterEach(() => vi.unstubAllEnvs())

const now = Date.UTC(2026, 10, 26)
const planned = (more: Partial<PlannedCall> = {}): PlannedCall => ({
  agent: 'creative',
  model: 'gpt-6.1-terra',
  inputTokens: 10_000,
  outputTokens: 1_000,
  searches: 0,
  ...more,
})
const report = (more: Partial<CallReport> = {}): CallReport => ({
  usage: undefined,
  searches: 0,
  refused: false,
  ...more,
})
const usage = { input_tokens: 100, output_tokens: 50, total_tokens: 150 }
const answered = { failed: false, refused: false }

describe('a call of the model', () => {
  test('costs at most what its bounds cost, and then what was reported', () => {
    const charge = modelCharge(planned(), now)
    expect(charge.micros).toBe(15_000)
    expect(charge.used(report({ usage }))).toMatchObject([
      { service: 'model', agent: 'creative', micros: 350, counted: 350, estimated: 0 },
    ])
  })

  test('without usage costs what was reserved, and nothing when it was refused', () => {
    const charge = modelCharge(planned(), now)
    const kept = { micros: 15_000, counted: 15_000, estimated: 15_000, withoutUsage: 1 }
    expect(charge.used(report())).toMatchObject([kept])
    const nothing = { micros: 0, counted: 0, estimated: 0, calls: 1 }
    expect(charge.used(report({ refused: true }))).toMatchObject([nothing])
  })

  test('of a model that OpenAI does not list counts as the dearest, and has no price', () => {
    const charge = modelCharge(planned({ model: 'gpt-7' }), now)
    expect(charge.micros).toBe(30_000)
    expect(charge.used(report({ usage }))).toMatchObject([
      { micros: 0, counted: 700, withoutPrice: 1, table: null },
    ])
  })

  test('on another server costs nothing unless the owner has named a price', () => {
    vi.stubEnv('OPENAI_BASE_URL', 'http://localhost:11434/v1')
    const unknown = modelCharge(planned({ searches: 10 }), now)
    expect(unknown.micros).toBe(0)
    expect(unknown.used(report({ usage, searches: 2 }))).toMatchObject([
      { counted: 0, withoutPrice: 1, tokens: usage },
      { service: 'search', calls: 2, counted: 0, withoutPrice: 2 },
    ])
    vi.stubEnv('MODEL_PRICES', '*=2/4,web_search=0.01')
    const known = modelCharge(planned({ searches: 10 }), now)
    expect(known.micros).toBe(20_000 + 4_000 + 100_000)
    expect(known.used(report({ usage, searches: 2 }))).toMatchObject([
      { micros: 400, table: 'MODEL_PRICES' },
      { micros: 20_000, calls: 2, table: 'MODEL_PRICES' },
    ])
  })

  test('keeps the searches reserved whose number is not known', () => {
    const charge = modelCharge(planned({ searches: 10 }), now)
    expect(charge.micros).toBe(115_000)
    expect(charge.used(report({ usage, searches: undefined }))).toMatchObject([
      { service: 'model', micros: 350 },
      { service: 'search', micros: 100_000, estimated: 100_000, withoutUsage: 1 },
    ])
    expect(charge.used(report({ usage }))).toHaveLength(1)
  })
})

test('the input is bounded by its bytes, whatever language it is in', () => {
  const texts = { instructions: '너는 기획자다.', messages: [{ content: '🌺 camellia' }] }
  const bytes = Buffer.byteLength('너는 기획자다.🌺 camellia')
  expect(inputTokenBound(texts)).toBeGreaterThanOrEqual(bytes)
  const schema = { type: 'object', properties: { 가: { type: 'string' } } }
  expect(inputTokenBound({ ...texts, format: { schema } })).toBeGreaterThanOrEqual(
    bytes + 2 * Buffer.byteLength(JSON.stringify(schema)),
  )
})

describe('searches', () => {
  test('are bounded by all queries to all providers, the last of which is asked twice', () => {
    expect(maxSearchMicros(['brave'])).toBe(8 * 2 * 5_000)
    expect(maxSearchMicros(['brave', 'tavily'])).toBe(8 * (5_000 + 2 * 8_000))
    expect(maxSearchMicros(['naver', 'kakao', 'searxng'])).toBe(0)
  })

  test('cost by request; those of a server of one’s own have no price', () => {
    const requests = new Map<QueryProviderName, number>([
      ['naver', 8],
      ['tavily', 3],
      ['searxng', 2],
    ])
    expect(searchesUsed(requests)).toMatchObject([
      { calls: 8, micros: 0, withoutPrice: 0 },
      { calls: 3, micros: 24_000, withoutPrice: 0 },
      { calls: 2, micros: 0, withoutPrice: 2, table: null },
    ])
  })
})

describe('sound', () => {
  test.each([
    ['transcribe', '', 3.2, 6_000],
    ['transcribe', '', 40.1, 41 * 400],
    ['openai', 'gpt-transcribe', 59.4, 60 * 75],
  ])('%s %s of %s s costs %s', (provider, model, seconds, micros) => {
    const charge = transcriptionCharge({ provider, model }, seconds)
    expect(charge.micros).toBe(micros)
    expect(charge.used(answered)).toMatchObject([{ calls: 1, micros, estimated: 0 }])
    expect(charge.used({ failed: true, refused: false })).toMatchObject([{ estimated: micros }])
    expect(charge.used({ failed: true, refused: true })).toMatchObject([{ counted: 0 }])
  })

  test('speech is priced by its characters, twice where marks are asked for, or by its length', () => {
    const polly = speechCharge({ provider: 'polly', model: '' }, '안녕하세요 🌺')
    expect(polly.micros).toBe(7 * 32)
    const mini = speechCharge({ provider: 'openai', model: 'gpt-4o-mini-tts' }, 'a'.repeat(100))
    expect(mini.micros).toBe(100 + 55 * 250)
    expect(mini.used(answered, 8_000)).toMatchObject([
      { characters: 100, milliseconds: 8_000, micros: 100 + 8 * 250, table: 'speech-2026-11-26' },
    ])
    const unlisted = speechCharge({ provider: 'openai', model: 'new' }, 'a'.repeat(100))
    expect(unlisted.micros).toBe(mini.micros)
    expect(unlisted.used(answered, 8_000)).toMatchObject([{ micros: 0, withoutPrice: 1 }])
    vi.stubEnv('OPENAI_BASE_URL', 'http://localhost:8000/v1')
    expect(speechCharge({ provider: 'openai-compatible', model: 'm' }, 'a').micros).toBe(0)
  })
})
