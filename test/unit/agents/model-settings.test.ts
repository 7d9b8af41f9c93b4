import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  agentSettings,
  modelApi,
  modelProvider,
  reasoningEffort,
} from '../../../shared/platform/model-settings.ts'

afterEach(() => vi.unstubAllEnvs())

describe('the settings of an agent', () => {
  test('have defaults', () => {
    expect(agentSettings('creative')).toEqual({
      model: 'gpt-6.1-terra',
      deadline: 90_000,
      budget: 207_000,
      maxCalls: 3,
      maxOutputTokens: 64_000,
    })
  })

  test('come from the environment where it names them', () => {
    vi.stubEnv('VOICE_MODEL', 'my-model')
    vi.stubEnv('VOICE_DEADLINE_MS', '1000')
    expect(agentSettings('voice')).toEqual({
      model: 'my-model',
      deadline: 1000,
      budget: 2300,
      maxCalls: 3,
      maxOutputTokens: 40_000,
    })
  })

  test('let every route but one take the time that they name', () => {
    expect(agentSettings('planner').budget).toBe(40_000)
    vi.stubEnv('PLANNER_DEADLINE_MS', '60000')
    expect(agentSettings('planner').budget).toBe(120_000)
  })

  test('that are no numbers are named', () => {
    vi.stubEnv('RESEARCH_DEADLINE_MS', 'soon')
    expect(() => agentSettings('research')).toThrow('RESEARCH_DEADLINE_MS')
  })
})

describe('the provider', () => {
  test('is named after the server that answers', () => {
    expect(modelProvider()).toBe('openai')
    vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:1/v1')
    expect(modelProvider()).toBe('openai-compatible')
    vi.stubEnv('MODEL_PROVIDER', 'rehearsal')
    expect(modelProvider()).toBe('rehearsal')
  })

  test('is sent a reasoning effort only where the setting is known', () => {
    expect(reasoningEffort('planner', 'standard')).toBe('low')
    expect(reasoningEffort('strategy', 'standard')).toBe('medium')
    expect(reasoningEffort('strategy', 'fast')).toBe('low')
    vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:1/v1')
    expect(reasoningEffort('strategy', 'fast')).toBeUndefined()
  })
})

describe('the API of the model’s server', () => {
  test('is found out for any server but OpenAI itself, unless it is set', () => {
    expect(modelApi()).toBe('responses')
    vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:1/v1')
    expect(modelApi()).toBe('auto')
    vi.stubEnv('MODEL_API', 'chat')
    expect(modelApi()).toBe('chat')
  })

  test('that is unknown is named', () => {
    vi.stubEnv('MODEL_API', 'telepathy')
    expect(() => modelApi()).toThrow('MODEL_API must be one of responses, chat, auto.')
  })
})
