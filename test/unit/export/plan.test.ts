import { describe, expect, it } from 'vitest'
import { csv } from '../../../shared/rules/export/csv.ts'
import { planDates, tomorrowInSeoul } from '../../../shared/rules/export/plan-dates.ts'
import { planCalendar, planCsv, planRows } from '../../../shared/services/export/plan-rows.ts'

/** A Friday. */
const start = '2026-11-27'

const dates = (day: string): string | undefined => {
  const found = planDates(day, start)
  return found && (found.first === found.last ? found.first : `${found.first}/${found.last}`)
}

describe('the days of a weekly plan', () => {
  it.each([
    ['1일차', '2026-11-27'],
    ['3 일차', '2026-11-29'],
    ['Day 1', '2026-11-27'],
    ['day-7', '2026-12-03'],
    ['월요일', '2026-11-30'],
    ['금', '2026-11-27'],
    ['Thursday', '2026-12-03'],
    ['2026-12-01', '2026-12-01'],
    ['1-2일차', '2026-11-27/2026-11-28'],
    ['Day 1~3', '2026-11-27/2026-11-29'],
    ['월~수', '2026-11-30/2026-12-02'],
    ['토-월', '2026-11-28/2026-11-30'],
  ])('%s is %s', (day, expected) => {
    expect(dates(day)).toBe(expected)
  })

  it.each(['0일차', '400일차', 'D-3', '출시 직후', '매일', '', 'Day', '2026-02-30', '3일차-1일차'])(
    '%s is not dated',
    (day) => {
      expect(dates(day)).toBeUndefined()
    },
  )

  it('begin tomorrow in Seoul', () => {
    expect(tomorrowInSeoul(Date.parse('2026-11-26T14:59:59Z'))).toBe('2026-11-27')
    expect(tomorrowInSeoul(Date.parse('2026-11-26T15:00:00Z'))).toBe('2026-11-28')
  })
})

describe('a spreadsheet', () => {
  it('opens as UTF-8, keeps texts and runs none of them', () => {
    expect(csv([['가"나', 'a\nb,c']])).toBe('\ufeff"가""나","a\nb,c"\r\n')
    for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1']) {
      expect(csv([[text]])).toBe(`\ufeff"'${text}"\r\n`)
    }
  })
})

const plan = [
  { day: '1일차', channel: '인스타그램; 릴스', action: `${'긴 문장, '.repeat(20)}\\끝\n다음 줄` },
  { day: '출시 직후', channel: '카카오', action: '=HYPERLINK("x")' },
]

describe('the weekly plan', () => {
  it('lists in the spreadsheet also what cannot be dated, and says so', () => {
    const sheet = planCsv(planRows(plan, start), 'ko-KR')
    expect(sheet).toContain('"1일차","2026-11-27","2026-11-27"')
    expect(sheet).toContain(`"출시 직후","날짜 없음","날짜 없음","카카오","'=HYPERLINK(""x"")"`)
  })

  it('is a calendar of all-day events whose lines have 75 octets at most', () => {
    const text = planCalendar(planRows(plan, start), {
      ...{ runId: 'run_1', name: '주간 계획', stamp: '2026-11-26T01:02:03.004Z' },
    })
    const lines = text.split('\r\n')
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    const unfolded = text.replaceAll('\r\n ', '')
    expect(unfolded.match(/BEGIN:VEVENT/g)).toHaveLength(1)
    expect(unfolded).toContain('DTSTAMP:20261126T010203Z')
    expect(unfolded).toContain('DTSTART;VALUE=DATE:20261127\r\nDTEND;VALUE=DATE:20261128')
    expect(unfolded).toContain(
      `SUMMARY:인스타그램\\; 릴스: ${'긴 문장\\, '.repeat(20)}\\\\끝\\n다음 줄\r\n`,
    )
  })
})
