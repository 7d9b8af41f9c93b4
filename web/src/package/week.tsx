import { signal } from '@preact/signals'
import { Chip } from '../design/card.tsx'
import { Field } from '../design/field.tsx'
import { packageWords } from '../wording/package.ts'
import { parts } from './open-package.ts'
import { type PlannedDay, type PlannedEntry, planWeeks, tomorrowInSeoul } from './plan-week.ts'
import { Columns } from './positionings.tsx'
import { Section } from './section.tsx'
import { planDay, planDayLong } from './time.ts'
import { VerdictNote } from './verdict.tsx'

/** The first day of the plan, here and in the export; undefined leaves it to the export's own: tomorrow. */
export const startDate = signal<string | undefined>(undefined)
export const shownStart = (): string => startDate.value ?? tomorrowInSeoul(Date.now())

export const Week = () => {
  const words = packageWords.value
  const { standing, content } = parts.value.strategy
  const { weeks, undated } = planWeeks(content.weekly_plan, shownStart())
  const next = content.kpi_next_actions
  return (
    <Section name="week" standing={standing} rewrite="strategy" aside={<StartDate />}>
      {weeks.map((days) => (
        <ol key={days[0]?.date} class="week">
          {days.map((day) => (
            <Day key={day.date} day={day} />
          ))}
        </ol>
      ))}
      {undated.length > 0 && (
        <div class="undated">
          <h3>{words.undated}</h3>
          {undated.map((entry) => (
            <div key={entry.index}>
              <p class="section-note">{entry.day}</p>
              <Entry entry={entry} />
            </div>
          ))}
        </div>
      )}
      {next && (
        <Columns
          lists={[
            { title: words.kpis, lines: next.kpis },
            { title: words.abTests, lines: next.ab_tests },
            { title: words.nextVariables, lines: next.next_variables },
          ]}
        />
      )}
    </Section>
  )
}

const Day = ({ day }: { day: PlannedDay }) => {
  const words = packageWords.value
  return (
    <li class="day" data-empty={day.entries.length === 0}>
      <h3 class="day-name">
        <time dateTime={day.date}>
          <span aria-hidden="true">{planDay(day.date)}</span>
          <span class="visually-hidden">{planDayLong(day.date)}</span>
        </time>
      </h3>
      <div class="day-entries">
        {day.entries.map((entry) => (
          <Entry key={entry.index} entry={entry} />
        ))}
        {day.entries.length === 0 && <p class="day-nothing">{words.nothingPlanned}</p>}
      </div>
    </li>
  )
}

const Entry = ({ entry }: { entry: PlannedEntry }) => (
  <div class="entry">
    <Chip>{entry.channel}</Chip>
    <p>{entry.action}</p>
    <VerdictNote where={`weekly_plan.${entry.index}`} />
  </div>
)

const StartDate = () => {
  const words = packageWords.value
  return (
    <div class="start-date">
      <Field label={words.startDate}>
        {(control) => (
          <input
            {...control}
            class="input"
            type="date"
            title={words.startHint}
            value={shownStart()}
            onChange={({ currentTarget }) => {
              startDate.value = currentTarget.value || undefined
            }}
          />
        )}
      </Field>
    </div>
  )
}
