import { expect, test } from 'vitest'
import { reportOf } from '../../../ops/checkup/report.ts'
import { describeFinding } from '../../../shared/rules/checkup/findings.ts'

const findings = [
  { code: 'CLOCK_READY', subject: 'clock', found: 'agrees with models.example' },
  { code: 'MODEL_LISTED', subject: 'gpt-6.1-terra', found: 'used by research' },
  {
    code: 'MODEL_UNKNOWN',
    subject: 'gpt-6-lunna',
    found: "not in the server's list; the nearest names are gpt-6-luna; used by planner, picture",
  },
] as const

test('the table has what matters most first, aligned and within the width, with what to do', () => {
  expect(reportOf(findings.map(describeFinding), { width: 72, colours: false })).toBe(`Models
  ✗ gpt-6-lunna   not in the server's list; the nearest names are
                  gpt-6-luna; used by planner, picture
                  → Set the setting to a name of the server's list.
                  MODEL_UNKNOWN
  ✓ gpt-6.1-terra used by research

Clock
  ✓ clock         agrees with models.example

1 failure, 0 warnings, 0 notes. docs/doctor.md explains each code.`)
})

test('colours change no column, and stand where they are asked for alone', () => {
  const plain = reportOf(findings.map(describeFinding), { width: 72, colours: false })
  const coloured = reportOf(findings.map(describeFinding), { width: 72, colours: true })
  expect(plain).not.toContain('\u001b')
  expect(coloured).toContain('\u001b[31m✗')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
  expect(coloured.replaceAll(/\u001b\[\d+m/g, '')).toBe(plain)
})

test('what a server says commands no terminal', () => {
  const found = 'The server said: \u001b]0;owned\u0007\u001b[2Jno\nnew line'
  const [row] = reportOf([describeFinding({ code: 'CLOCK_READY', subject: 'clock', found })], {
    width: 100,
    colours: false,
  })
    .split('\n')
    .slice(1)
  expect(row).toBe('  ✓ clock The server said: no new line')
})
