import fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { exportRoutes } from '../../../shared/contracts/http/export-routes.ts'
import { csv } from '../../../shared/rules/export/csv.ts'
import { dayAfter, planDates, tomorrowInSeoul } from '../../../shared/rules/export/plan-dates.ts'
import { copiesCsv } from '../../../shared/services/export/copies-csv.ts'
import { planCalendar, planCsv, planRows } from '../../../shared/services/export/plan-rows.ts'
import { sampleCreative, sampleStrategy } from '../../support/model-server/samples.ts'

/** The events of a calendar as a parser of others reads them. */
const eventsOf = (text = '') =>
  new ICAL.Component(ICAL.parse(text))
    .getAllSubcomponents('vevent')
    .map((event) => new ICAL.Event(event))

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
    ['2026-12-01 ~ 2026-12-03', '2026-12-01/2026-12-03'],
    ['2026-12-01 - 2026-12-03', '2026-12-01/2026-12-03'],
    ['2026.12.01~2026.12.03', '2026-12-01/2026-12-03'],
    ['2026-12-01-2026-12-03', '2026-12-01/2026-12-03'],
    ['day-1 ~ day-3', '2026-11-27/2026-11-29'],
    ['Day-1-3', '2026-11-27/2026-11-29'],
  ])('%s is %s', (day, expected) => {
    expect(dates(day)).toBe(expected)
  })

  const undated = [
    '0일차',
    '400일차',
    'D-3',
    '출시 직후',
    '매일',
    '',
    'Day',
    '2026-02-30',
    '3일차-1일차',
  ]
  it.each([...undated, '2026-12-03 ~ 2026-12-01', '3000-01-01', '9999-12-31'])(
    '%s is not dated',
    (day) => {
      expect(dates(day)).toBeUndefined()
    },
  )

  it('begin on a day that calendars know', () => {
    const { body } = exportRoutes.exportRun
    expect(body.safeParse({ start_date: '2999-12-31' }).success).toBe(true)
    const { error } = body.safeParse({ start_date: '9999-12-31' })
    expect(error?.issues).toMatchObject([
      { path: ['start_date'], message: 'must not be later than 2999-12-31' },
    ])
    const last = planDates('366일차', '2999-12-31')?.last ?? ''
    expect([last, dayAfter(last)]).toEqual(['3000-12-31', '3001-01-01'])
  })

  it('begin tomorrow in Seoul', () => {
    expect(tomorrowInSeoul(Date.parse('2026-11-26T14:59:59Z'))).toBe('2026-11-27')
    expect(tomorrowInSeoul(Date.parse('2026-11-26T15:00:00Z'))).toBe('2026-11-28')
  })
})

describe('a spreadsheet', () => {
  it('opens as UTF-8, keeps texts and runs none of them', () => {
    expect(csv([['가"나', 'a\nb,c']])).toBe('\ufeff"가""나","a\nb,c"\r\n')
    // Something without width stands in front: the cell is text, and looks as it was written.
    for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1']) {
      expect(csv([[text]])).toBe(`\ufeff"\u200b${text}"\r\n`)
    }
    for (const text of ['010-1234-5678', '1/2', '3-1', '1e5', '00120', '50%']) {
      expect(csv([[text]])).toBe(`\ufeff"\u200b${text}"\r\n`)
    }
    for (const text of ['2027-03-01', '120', '0', '1일차', '50% 할인']) {
      expect(csv([[text]])).toBe(`\ufeff"${text}"\r\n`)
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
    expect(sheet).toContain(
      `"출시 직후","날짜 없음","날짜 없음","카카오","\u200b=HYPERLINK(""x"")"`,
    )
  })

  const about = {
    ...{ runId: 'run_1', name: '주간 계획', since: '2026-11-26T01:00:00.000Z' },
    stamp: '2026-11-26T01:02:03.004Z',
  }

  it('is a calendar whose lines have 75 octets at most', () => {
    const text = planCalendar(planRows(plan, start), about) ?? ''
    const lines = text.split('\r\n')
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(text).toContain('X-WR-TIMEZONE:Asia/Seoul\r\n')
  })

  it('is read by others as the all-day events that it means', () => {
    const [event, ...rest] = eventsOf(planCalendar(planRows(plan, start), about))
    expect(rest).toEqual([])
    expect(event).toMatchObject({
      summary: `인스타그램; 릴스: ${plan[0]?.action}`,
      description: `1일차\n인스타그램; 릴스\n${plan[0]?.action}`,
      ...{ uid: 'run_1-1@launch-studio', sequence: 123 },
    })
    expect(event?.startDate.isDate).toBe(true)
    expect(event?.startDate.toString()).toBe('2026-11-27')
    expect(event?.endDate.toString()).toBe('2026-11-28')
    expect(event?.component.getFirstPropertyValue('dtstamp')?.toString()).toBe(
      '2026-11-26T01:02:03Z',
    )
  })

  it('is no calendar where nothing of it has a date', () => {
    expect(planCalendar(planRows(plan.slice(1), start), about)).toBeUndefined()
  })

  it('keeps its events in another export, in a later version', () => {
    const later = { ...about, stamp: '2026-11-27T00:00:00.000Z' }
    const [first] = eventsOf(planCalendar(planRows(plan, start), about))
    const [moved] = eventsOf(planCalendar(planRows(plan, '2026-12-04'), later))
    expect(moved?.uid).toBe(first?.uid)
    expect(moved?.sequence).toBeGreaterThan(first?.sequence ?? 0)
    expect(moved?.startDate.toString()).toBe('2026-12-04')
  })

  it('keeps any text', () => {
    const texts = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 })
    fc.assert(
      fc.property(texts, texts, (channel, action) => {
        const rows = planRows([{ day: '1일차', channel, action }], start)
        const [event] = eventsOf(planCalendar(rows, about))
        expect(event?.summary).toBe(`${channel}: ${action}`)
      }),
    )
  })
})

describe('the ad copies in a spreadsheet', () => {
  it('come with their positioning, the placements of their channel and their length', () => {
    const sheet = copiesCsv(
      { creative_assets: sampleCreative, strategy_plan: sampleStrategy },
      'ko-KR',
    )
    const [head, first] = sheet.split('\r\n')
    expect(head).toBe('\ufeff"번호","채널","게재 위치","포지셔닝 번호","포지셔닝","문구","글자 수"')
    expect(first).toBe(
      '"c1","인스타그램","instagram_feed_4x5 instagram_reels_9x16","p1","키보드 친구","바르고 바로 타자. 손에 남는 건 동백뿐.","23"',
    )
    const [copy] = sampleCreative.ad_copies.map((each) => ({ ...each, channel: '동네 전단지' }))
    const creative = { ...sampleCreative, ad_copies: copy ? [copy] : [] }
    expect(copiesCsv({ creative_assets: creative, strategy_plan: null }, 'en-US')).toContain(
      '"동네 전단지","","p1","",',
    )
  })
})
