import { type AgentName, agentNames } from '../../contracts/agents.ts'
import type {
  DayUsage,
  ModelUsage,
  ServiceUsage,
  SpendService,
  UsageReport,
} from '../../contracts/spend.ts'
import { type Clock, isoTime } from '../../platform/clock.ts'
import { spendCaps } from '../../platform/spend-settings.ts'
import {
  type SpendDay,
  type SpendRepository,
  spendAttribute,
} from '../../repositories/spend-repository.ts'
import { dollarsOf, firstReportedDay, nextDay, spendDay } from '../../rules/spend-caps.ts'

export interface UsageDependencies {
  clock: Clock
  spends: Pick<SpendRepository, 'days'>
}

type SumOf = (name: string) => number

/** Sums of one service, or of one agent's calls of it. */
const sumsOf =
  ({ item }: Pick<SpendDay, 'item'>, service: SpendService, agent?: AgentName): SumOf =>
  (name) => {
    const value = item[spendAttribute({ service, agent }, name)]
    return typeof value === 'number' ? value : 0
  }

/** Together what several agents used. */
const together =
  (parts: readonly SumOf[]): SumOf =>
  (name) =>
    parts.reduce((sum, part) => sum + part(name), 0)

const serviceUsage = (
  day: Pick<SpendDay, 'item'>,
  service: SpendService,
  sum: SumOf,
): ServiceUsage => {
  const table = day.item[`${service}_table`]
  const isKnown = sum('without_price') === 0 && typeof table === 'string' && sum('calls') > 0
  return {
    calls: sum('calls'),
    calls_without_usage: sum('without_usage'),
    calls_without_price: sum('without_price'),
    cost: isKnown
      ? { amount: dollarsOf(sum('micros')), currency: 'USD', price_table: table }
      : null,
    estimated: dollarsOf(sum('estimated')),
  }
}

const modelUsage = (day: Pick<SpendDay, 'item'>, sum: SumOf): ModelUsage => ({
  ...serviceUsage(day, 'model', sum),
  input_tokens: sum('input'),
  output_tokens: sum('output'),
  total_tokens: sum('total'),
})

const viewDay = (day: SpendDay): DayUsage => {
  const agents = agentNames
    .map((agent) => ({ agent, sum: sumsOf(day, 'model', agent) }))
    .filter(({ sum }) => sum('calls') > 0)
  const transcription = sumsOf(day, 'transcription')
  const speech = sumsOf(day, 'speech')
  return {
    date: day.day,
    spent: dollarsOf(day.held - day.reserved),
    reserved: dollarsOf(day.reserved),
    services: {
      model: {
        ...modelUsage(day, together(agents.map(({ sum }) => sum))),
        agents: Object.fromEntries(agents.map(({ agent, sum }) => [agent, modelUsage(day, sum)])),
      },
      search: serviceUsage(day, 'search', sumsOf(day, 'search')),
      transcription: {
        ...serviceUsage(day, 'transcription', transcription),
        seconds: transcription('ms') / 1000,
      },
      speech: {
        ...serviceUsage(day, 'speech', speech),
        characters: speech('characters'),
        seconds: speech('ms') / 1000,
      },
      image: serviceUsage(day, 'image', sumsOf(day, 'image')),
      film: serviceUsage(day, 'film', sumsOf(day, 'film')),
    },
  }
}

const report = async (
  { clock, spends }: UsageDependencies,
  principal: string,
): Promise<UsageReport> => {
  const now = clock.now()
  const day = spendDay(now)
  const days = await spends.days(principal, firstReportedDay(now))
  const unused: SpendDay = { day, held: 0, reserved: 0, item: { PK: '', SK: '' } }
  const today = days.find((each) => each.day === day) ?? unused
  const caps = spendCaps()
  return {
    today: viewDay(today),
    days: days.map(viewDay),
    caps: {
      run: { limit: dollarsOf(caps.run) },
      principal_day: {
        limit: dollarsOf(caps.principal_day),
        left: dollarsOf(Math.max(0, caps.principal_day - today.held)),
        resets_at: isoTime(nextDay(now)),
      },
      deployment_day: { limit: dollarsOf(caps.deployment_day) },
    },
  }
}

export const createUsageService = (dependencies: UsageDependencies) => ({
  /** What a principal used, and may still spend. */
  report: (principal: string): Promise<UsageReport> => report(dependencies, principal),
})
