import { describe, expect, test } from 'vitest'
import { judgeCertificate } from '../../../shared/rules/checkup/certificate-end.ts'
import { judgeClock } from '../../../shared/rules/checkup/clock-skew.ts'
import { findingKinds } from '../../../shared/rules/checkup/finding-kinds.ts'
import { describeFinding, severityOf } from '../../../shared/rules/checkup/findings.ts'
import { daysUntil, judgeModels } from '../../../shared/rules/checkup/model-ends.ts'
import {
  editDistance,
  meantName,
  nearestNames,
} from '../../../shared/rules/checkup/nearest-names.ts'
import { judgeQuota } from '../../../shared/rules/checkup/quotas.ts'
import { judgeApiKey, judgeSigningKeys } from '../../../shared/rules/checkup/secret-form.ts'

const now = Date.parse('2026-11-26T22:30:00Z')
const day = 86_400_000

describe('models', () => {
  const judge = (listed: [string, string | null | undefined][], isOpenai = true) =>
    judgeModels([{ name: 'gpt-6-luna', usedBy: ['planner', 'picture'] }], new Map(listed), {
      now,
      isOpenai,
      server: 'models.example',
    })

  test.each([
    ['2027-01-26', 'MODEL_LISTED', 61],
    ['2027-01-25', 'MODEL_ENDS', 60],
    ['2026-12-11', 'MODEL_ENDS', 15],
    ['2026-12-10', 'MODEL_ENDS_SOON', 14],
    ['2026-11-26', 'MODEL_ENDS_SOON', 0],
    ['2026-11-25', 'MODEL_ENDED', -1],
  ])('a shutdown on %s is %s', (date, code, daysLeft) => {
    const [finding, ...others] = judge([['gpt-6-luna', date]])
    expect(finding).toMatchObject({ code, daysLeft, subject: 'gpt-6-luna' })
    expect(finding?.found).toContain(date)
    expect(finding?.found).toContain('planner, picture')
    expect(others).toEqual([])
  })

  test('60 days warn, 14 are to be mended', () => {
    const severity = (date: string) => judge([['gpt-6-luna', date]]).map(severityOf)
    expect(severity('2027-01-25')).toEqual(['warning'])
    expect(severity('2026-12-10')).toEqual(['failure'])
  })

  test('days are counted in UTC, whatever the time of day', () => {
    for (const time of ['00:00:00', '12:00:00', '23:59:59']) {
      expect(daysUntil('2026-11-27', Date.parse(`2026-11-26T${time}Z`))).toBe(1)
    }
    expect(daysUntil('soon', now)).toBeUndefined()
    expect(daysUntil('2026-13-45', now)).toBeUndefined()
  })

  test('a name that is not listed fails, with the nearest ones', () => {
    const listed = ['gpt-6.1-terra', 'gpt-6-lunar', 'omni-moderation-latest', 'whisper-1']
    const [finding] = judge(listed.map((name) => [name, null]))
    expect(finding?.code).toBe('MODEL_UNKNOWN')
    expect(finding?.found).toMatch(/nearest names are gpt-6-lunar, gpt-6\.1-terra;/)
    expect(finding?.found).not.toContain('whisper')
  })

  test('a server of one model may answer for any name, unless it is the vendor itself', () => {
    expect(judge([['llama.gguf', undefined]], false).map(({ code }) => code)).toEqual([
      'MODEL_UNLISTED',
      'MODEL_DATES_UNKNOWN',
    ])
    expect(judge([['llama.gguf', undefined]], true)[0]?.code).toBe('MODEL_UNKNOWN')
  })

  test('a tag, or a folder before the name, is a spelling of it', () => {
    for (const name of ['gpt-6-luna:latest', 'models/gpt-6-luna']) {
      expect(judge([[name, null]]).map(({ code }) => code)).toEqual(['MODEL_LISTED'])
    }
  })

  test('no dates, or an unreadable one, are said', () => {
    expect(judge([['gpt-6-luna', undefined]]).at(-1)).toEqual({
      code: 'MODEL_DATES_UNKNOWN',
      subject: 'models.example',
      found: 'its list has no shutdown_date',
    })
    expect(judge([['gpt-6-luna', 'next winter']])).toEqual([
      expect.objectContaining({ code: 'MODEL_DATES_UNKNOWN', subject: 'gpt-6-luna' }),
    ])
  })
})

describe('names', () => {
  test.each([
    ['kitten', 'sitting', 3],
    ['luna', 'lnua', 1],
    ['', 'abc', 3],
    ['same', 'same', 0],
  ])('%s and %s are %i edits apart', (one, other, distance) => {
    expect(editDistance(one, other)).toBe(distance)
    expect(editDistance(other, one)).toBe(distance)
  })

  test('the nearest come first, and strangers not at all', () => {
    expect(nearestNames('gpt-6-lunna', ['whisper-1', 'gpt-6.1-terra', 'GPT-6-luna'])[0]).toBe(
      'GPT-6-luna',
    )
    expect(nearestNames('gpt-6-luna', ['x', 'whisper-1'])).toEqual([])
  })

  const known = ['PLANNER_MODEL', 'TAVILY_API_KEY', 'OPENAI_BASE_URL', 'PORT', 'SPEND_CAP_RUN_USD']
  test.each([
    ['PLANER_MODEL', 'PLANNER_MODEL'],
    ['MODEL_PLANNER', 'PLANNER_MODEL'],
    ['planner_model', 'PLANNER_MODEL'],
    ['TAVILY_KEY', 'TAVILY_API_KEY'],
    ['OPENAI_BASEURL', 'OPENAI_BASE_URL'],
    ['OPENAI_URL', 'OPENAI_BASE_URL'],
    ['SPEND_CAP_RUN', 'SPEND_CAP_RUN_USD'],
  ])('%s was meant to be %s', (name, meant) => expect(meantName(name, known)).toBe(meant))
  test.each(['PLANNER_MODEL', 'POST', 'OPENAI_ORG_ID', 'HOME', 'MODEL', 'EDITOR'])(
    '%s is meant as it is',
    (name) => expect(meantName(name, known)).toBeUndefined(),
  )
})

describe('the clock', () => {
  const answer = (saidAt: number | null) => ({ sentAt: now, receivedAt: now + 2_000, saidAt })
  test.each([
    ['in between', 'CLOCK_READY', now + 1_000],
    ['of the same second', 'CLOCK_READY', now - 999],
    ['31 s before', 'CLOCK_OFF', now - 32_000],
    ['31 s after', 'CLOCK_OFF', now + 33_000],
    ['6 min before', 'CLOCK_WRONG', now - 361_000],
    ['6 min after', 'CLOCK_WRONG', now + 363_000],
    ['not said', 'CLOCK_UNKNOWN', null],
  ])("with a server's time %s is %s", (_, code, saidAt) => {
    expect(judgeClock(answer(saidAt), 'models.example').code).toBe(code)
  })
  test('is said to be ahead or behind', () => {
    expect(judgeClock(answer(now - 91_000), 's').found).toBe('90 s ahead of s')
    expect(judgeClock(answer(now + 92_000), 's').found).toBe('90 s behind s')
    expect(judgeClock(undefined, '').code).toBe('CLOCK_UNKNOWN')
  })
})

describe('secrets', () => {
  test.each([
    ['sk-proj-4kd92jfk', 'SECRET_READY'],
    ['none', 'SECRET_READY'],
    ['sk-…', 'SECRET_EXAMPLE'],
    ['sk-...', 'SECRET_EXAMPLE'],
    ['changeme', 'SECRET_EXAMPLE'],
    ['<your key>', 'SECRET_EXAMPLE'],
    ['your-api-key', 'SECRET_EXAMPLE'],
    ['sk-proj-4kd92jfk\n', 'SECRET_MALFORMED'],
    ['"sk-proj-4kd92jfk"', 'SECRET_MALFORMED'],
    ['sk proj', 'SECRET_MALFORMED'],
    ['sk-프로젝트', 'SECRET_MALFORMED'],
  ])('the key %j is %s', (key, code) => {
    const finding = judgeApiKey('OPENAI_API_KEY', key)
    expect(finding.code).toBe(code)
    expect(finding.found).not.toContain(key)
  })

  const long = 'k'.repeat(32)
  test.each([
    [long, 'SECRET_READY'],
    [`${long}\n`, 'SECRET_READY'],
    [JSON.stringify({ keys: [long, long.replace('k', 'l')] }), 'SECRET_READY'],
    ['k'.repeat(31), 'SECRET_SHORT'],
    [JSON.stringify({ keys: [long, 'short'] }), 'SECRET_SHORT'],
    ['{"keys": [', 'SECRET_MALFORMED'],
    ['{"keys": []}', 'SECRET_MALFORMED'],
    ['{"keys": ["the one that signs", "the one before or after it"]}', 'SECRET_EXAMPLE'],
  ])('the signing keys %j are %s', (secret, code) => {
    const finding = judgeSigningKeys('TOKEN_SIGNING_KEY', secret)
    expect(finding.code).toBe(code)
    expect(finding.found).not.toContain(long)
  })
})

test.each([
  [61, 'CERTIFICATE_VALID'],
  [60, 'CERTIFICATE_ENDS'],
  [14, 'CERTIFICATE_ENDS_SOON'],
  [0, 'CERTIFICATE_INVALID'],
  [-1, 'CERTIFICATE_INVALID'],
])('a certificate with %i days left is %s', (days, code) => {
  const validity = { from: now - day, until: now + days * day }
  expect(judgeCertificate('C2PA_SIGNING_KEY', validity, now).code).toBe(code)
})
test('a certificate of tomorrow is not valid yet', () => {
  const validity = { from: now + day, until: now + 90 * day }
  expect(judgeCertificate('C2PA_SIGNING_KEY', validity, now)).toEqual({
    code: 'CERTIFICATE_INVALID',
    subject: 'C2PA_SIGNING_KEY',
    found: 'valid from 2026-11-27 on',
  })
})

test.each([
  [1_000, 1_000, 'QUOTA_READY'],
  [10, 1_000, 'QUOTA_SMALL'],
  [1_000, 10, 'QUOTA_UNUSED'],
  [undefined, 10, 'QUOTA_UNKNOWN'],
  [10, undefined, 'QUOTA_UNKNOWN'],
])('a quota of %s for a need of %s is %s', (allowed, needed, code) => {
  expect(judgeQuota({ name: 'Lambda concurrency', allowed, needed }).code).toBe(code)
})

test('every failure and every warning says what to do, and what is well says nothing', () => {
  for (const [code, { severity, action, meaning }] of Object.entries(findingKinds)) {
    expect(meaning, code).toMatch(/\.$/)
    if (severity === 'ok') expect(action, code).toBe('')
    if (severity === 'warning' || severity === 'failure') expect(action, code).toMatch(/\S/)
  }
  expect(describeFinding({ code: 'CLOCK_OFF', subject: 'clock', found: '90 s ahead' })).toEqual({
    code: 'CLOCK_OFF',
    subject: 'clock',
    found: '90 s ahead',
    area: 'clock',
    severity: 'warning',
    action: findingKinds.CLOCK_OFF.action,
  })
})
