import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkSettings } from '../../../ops/checkup/setting-check.ts'
import { settingNames } from '../../../ops/checkup/setting-values.ts'

const example = readFileSync(join(import.meta.dirname, '../../../.env.example'), 'utf8')

test('every setting of .env.example is judged, and no other', () => {
  const named = [...example.matchAll(/^([A-Z0-9_]+)=/gm)].map(([, name]) => name)
  expect([...settingNames].sort()).toEqual(named.sort())
})

test('settings that can be used are one line', () => {
  const environment = {
    OPENAI_BASE_URL: 'http://localhost:11434/v1',
    MODEL_API: 'chat',
    PLANNER_DEADLINE_MS: '15000',
    LIMITS: 'turns.principal=100/3600,sessions.deployment=off',
    MODEL_PRICES: 'llama3:8b=0/0,*=0.2/0.8,web_search=0.01',
    ALLOWED_ORIGINS: 'https://studio.example',
    PORT: '0',
    PATH: '/bin',
  }
  expect(checkSettings(environment)).toEqual([
    { code: 'SETTINGS_VALID', subject: 'settings', found: expect.stringContaining('7 of ') },
  ])
})

test.each([
  ['MODEL_API', 'telepathy', 'responses, chat, auto'],
  ['STT_PROVIDER', 'ears', 'transcribe, openai'],
  ['TTS_PROVIDER', 'mouth', 'polly, openai'],
  ['IMAGE_PROVIDER', 'pencil', 'openai, none'],
  ['VIDEO_PROVIDER', 'camera', 'bedrock, openai, motion'],
  ['CONTENT_CREDENTIALS', 'yes', 'on, off'],
  ['OPENAI_BASE_URL', 'localhost:11434', 'https://'],
  ['IMAGE_BASE_URL', 'https://user:pass@host/v1', 'password'],
  ['SEARXNG_URL', 'searx', 'https://'],
  ['SEARCH_PROVIDERS', 'naver,bing', 'bing'],
  ['RESEARCH_DEADLINE_MS', '1 minute', 'milliseconds'],
  ['PICTURE_DEADLINE_MS', '60000', '26000'],
  ['VOICE_WAIT_MS', '0', 'milliseconds'],
  ['SPEND_CAP_RUN_USD', 'much', 'US dollars'],
  ['MODEL_PRICES', 'llama=1', 'million tokens'],
  ['OIDC_ISSUER', 'http://issuer.example', 'https://'],
  ['LIMITS', 'turns.moon=1/1', 'turns.moon'],
  ['LAMBDA_CONCURRENCY', '5', 'at least 10'],
  ['SPEND_ALARM_USD_PER_HOUR', '0', 'above 0'],
  ['ALLOWED_ORIGINS', 'https://*.example', 'wildcards'],
  ['PORT', '99999', '65535'],
  ['FFMPEG_LAYER_ARN', 'arn:aws:lambda', 'layer'],
  ['PLANNER_MODEL', 'gpt-6-luna ', 'blanks'],
])('%s=%s is invalid, and it is said why', (name, value, why) => {
  const invalid = checkSettings({ [name]: value }).filter(({ code }) => code === 'SETTING_INVALID')
  expect(invalid).toEqual([
    { code: 'SETTING_INVALID', subject: name, found: expect.stringContaining(why) },
  ])
})

describe('settings together', () => {
  test.each([
    [{ NAVER_API_HUB_KEY_ID: 'a' }, 'NAVER_API_HUB_KEY_ID'],
    [{ NAVER_CLIENT_SECRET: 'a' }, 'NAVER_CLIENT_SECRET'],
    [{ OIDC_AUDIENCE: 'studio' }, 'OIDC_AUDIENCE'],
    [{ SPEND_CAP_RUN_USD: '20' }, 'SPEND_CAP_RUN_USD'],
    [{ SPEND_CAP_PRINCIPAL_DAY_USD: '200' }, 'SPEND_CAP_PRINCIPAL_DAY_USD'],
    [{ VIDEO_PROVIDER: 'bedrock' }, 'VIDEO_PROVIDER'],
    [{ VIDEO_PROVIDER: 'bedrock', SPEND_CAP_RUN_USD: '9', FFMPEG_PATH: 'off' }, 'VIDEO_PROVIDER'],
  ])('%j contradict', (environment, subject) => {
    expect(checkSettings(environment)).toEqual([
      { code: 'SETTINGS_CONTRADICT', subject, found: expect.any(String) },
    ])
  })

  test.each([
    [{ IMAGE_API_KEY: 'k' }, 'IMAGE_API_KEY'],
    [{ VIDEO_API_KEY: 'k' }, 'VIDEO_API_KEY'],
    [{ IMAGE_MODEL: 'm', IMAGE_PROVIDER: 'none' }, 'IMAGE_MODEL'],
    [{ VIDEO_MODEL: 'm' }, 'VIDEO_MODEL'],
    [{ VIDEO_BASE_URL: 'https://films.example/v1' }, 'VIDEO_BASE_URL'],
    [{ STT_MODEL: 'm', STT_PROVIDER: 'transcribe' }, 'STT_MODEL'],
    [{ TRANSCRIBE_VOCABULARY_NAME: 'v', STT_PROVIDER: 'openai' }, 'TRANSCRIBE_VOCABULARY_NAME'],
    [{ TTS_MODEL: 'm', TTS_PROVIDER: 'polly' }, 'TTS_MODEL'],
    [{ C2PA_SIGNING_KEY: 'k' }, 'C2PA_SIGNING_KEY'],
    [
      { TOKEN_SIGNING_KEY: 'k', OIDC_ISSUER: 'https://issuer.example', OIDC_AUDIENCE: 'a' },
      'TOKEN_SIGNING_KEY',
    ],
    [{ BRAVE_API_KEY: 'k', TAVILY_API_KEY: 'k', SEARCH_PROVIDERS: 'tavily' }, 'BRAVE_API_KEY'],
  ])('of %j one has no effect', (environment, subject) => {
    expect(checkSettings(environment)).toEqual([
      { code: 'SETTING_UNUSED', subject, found: expect.any(String) },
    ])
  })
})

test('a misspelt name is told, and no value with it', () => {
  const findings = checkSettings({ OPENAI_APIKEY: 'sk-hidden', AWS_BASE_URL: 'x', HOME: '/' })
  expect(findings).toEqual([
    {
      code: 'SETTING_MISSPELT',
      subject: 'OPENAI_APIKEY',
      found: 'no setting; there is OPENAI_API_KEY',
    },
  ])
})
