import { describe, expect, it } from 'vitest'
import { planWeeks } from '../../../web/src/package/plan-week.ts'

const entry = (day: string) => ({ day, channel: '인스타그램', action: `${day}에 할 일` })

describe('the weekly plan as days', () => {
  it('stands on seven days from its first on, also those without a task', () => {
    const { weeks, undated } = planWeeks(
      [entry('1일차'), entry('3일차'), entry('3일차')],
      '2026-11-27',
    )
    expect(undated).toEqual([])
    expect(weeks).toHaveLength(1)
    expect(weeks[0]?.map(({ date }) => date)).toEqual([
      '2026-11-27',
      '2026-11-28',
      '2026-11-29',
      '2026-11-30',
      '2026-12-01',
      '2026-12-02',
      '2026-12-03',
    ])
    expect(weeks[0]?.map(({ entries }) => entries.length)).toEqual([1, 0, 2, 0, 0, 0, 0])
  })

  it('takes a second week where the plan has one, and keeps the place of each entry in the plan', () => {
    const { weeks } = planWeeks([entry('Day 2'), entry('Day 9')], '2026-11-27')
    expect(weeks).toHaveLength(2)
    expect(weeks[1]?.[1]).toMatchObject({ date: '2026-12-05', entries: [{ index: 1 }] })
  })

  it('never guesses: what names no day stands beside the days', () => {
    const { weeks, undated } = planWeeks([entry('출시 직후'), entry('2일차')], '2026-11-27')
    expect(undated).toMatchObject([{ day: '출시 직후', index: 0 }])
    expect(weeks[0]?.[1]?.entries).toHaveLength(1)
  })

  it('has no week for an empty plan', () => {
    expect(planWeeks([], '2026-11-27')).toEqual({ weeks: [], undated: [] })
  })
})
