import type { CapName, DayUsage, UsageReport } from '../shared/contracts/spend.ts'
import { capSettings, spendCaps } from '../shared/platform/spend-settings.ts'
import { dollarsOf, nextDay, reportedDays, spendDay } from '../shared/rules/spend-caps.ts'
import type { Command } from './command.ts'
import { WrongUsage } from './failure.ts'
import { principalOf } from './named.ts'
import { type Repositories, repositories } from './repositories.ts'
import { dollars, moment, plural, section, table } from './terminal.ts'

const dayMs = 86_400_000
const usualDays = 7

interface DeploymentDay {
  date: string
  spent: number
  reserved: number
}

const daysOf = async ({ spends, clock }: Repositories, count: number): Promise<DeploymentDay[]> => {
  const now = clock.now()
  const days = Array.from({ length: count }, (_, back) => spendDay(now - back * dayMs))
  const sums = await Promise.all(days.map((day) => spends.sums({ principal: '', day })))
  return sums.map(({ deployment_day: { held, reserved } }, index) => ({
    date: days[index] ?? '',
    spent: dollarsOf(held - reserved),
    reserved: dollarsOf(reserved),
  }))
}

const share = (spent: number, limit: number): string =>
  limit === 0 ? '–' : `${Math.round((spent / limit) * 100)}%`

const deploymentPage = (days: readonly DeploymentDay[], limit: number): string => {
  const rows = days.map(({ date, spent, reserved }) => [
    date,
    dollars(spent),
    dollars(reserved),
    share(spent + reserved, limit),
  ])
  return table([['day (UTC)', 'spent', 'reserved', 'of the cap'], ...rows])
}

const callsOf = ({ services }: DayUsage): string =>
  Object.entries(services)
    .filter(([, { calls }]) => calls > 0)
    .map(([service, { calls }]) => `${service} ${calls}`)
    .join(', ') || 'none'

const unknownOf = ({ services }: DayUsage): number =>
  Object.values(services).reduce((sum, { calls_without_price }) => sum + calls_without_price, 0)

const principalPage = ({ days, caps }: UsageReport, count: number): string => {
  const rows = days
    .slice(0, count)
    .map((day) => [
      day.date,
      dollars(day.spent),
      dollars(day.reserved),
      share(day.spent + day.reserved, caps.principal_day.limit),
      day.services.model.total_tokens.toLocaleString('en-US'),
      callsOf(day),
      unknownOf(day) === 0 ? '' : `${plural(unknownOf(day), 'call')} without a known price`,
    ])
  return rows.length === 0
    ? '  Nothing was used.'
    : table([['day (UTC)', 'spent', 'reserved', 'of the cap', 'tokens', 'calls', ''], ...rows])
}

const capsPage = (caps: Record<CapName, { limit: number }>): string =>
  table([
    ['cap', 'US dollars', 'setting'],
    ...Object.entries(caps).map(([cap, { limit }]) => [
      cap,
      dollars(limit),
      capSettings[cap as CapName],
    ]),
  ])

const daysIn = (given: string | undefined): number => {
  const days = Number(given ?? usualDays)
  if (Number.isInteger(days) && days >= 1 && days <= reportedDays) return days
  throw new WrongUsage(`--days is a whole number from 1 to ${reportedDays}.`)
}

export const usage: Command = {
  summary: 'What was spent by day against the caps: by the deployment, and by one principal.',
  takes: '[PRINCIPAL|SESSION|RUN|JOB] [--days N]',
  options: { days: { type: 'string' } },
  help: `Days are days in UTC, the newest first; seven of them when --days does not say how many (30 at most). Of a session,
a run or a job it is its owner's use. What is reserved is held by calls in progress, or by workers that died.

  npm run ops -- usage
  npm run ops -- usage run_01kb2… --days 30`,
  async run({ studio, positionals, value, answer }) {
    if (positionals.length > 1) throw new WrongUsage('Name one principal, session, run or job.')
    const count = daysIn(value('days'))
    const all = repositories()
    const { usageService } = await import('../functions/spend-composition.ts')
    const [id] = positionals
    const principal = id === undefined ? undefined : await principalOf(all, id)
    const [deployment, report] = await Promise.all([
      daysOf(all, count),
      principal === undefined ? undefined : usageService().report(principal),
    ])
    const set = spendCaps()
    const caps = {
      run: { limit: dollarsOf(set.run) },
      principal_day: { limit: dollarsOf(set.principal_day) },
      deployment_day: { limit: dollarsOf(set.deployment_day) },
    }
    const resets = moment(new Date(nextDay(all.clock.now())).toISOString())
    answer(
      {
        caps,
        deployment,
        ...(report && { principal, days: report.days.slice(0, count) }),
      },
      [
        `${studio.name}; a new day begins ${resets} UTC`,
        ...section('The deployment', deploymentPage(deployment, caps.deployment_day.limit)),
        ...(report ? section(`The principal ${principal}`, principalPage(report, count)) : []),
        ...section('Caps', capsPage(caps)),
      ].join('\n'),
    )
    return 0
  },
}
