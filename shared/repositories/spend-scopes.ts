import type { Condition, Key } from '../clients/store.ts'
import type { AgentName } from '../contracts/agents.ts'
import type { Usage } from '../contracts/provenance.ts'
import type { CapName, SpendService } from '../contracts/spend.ts'
import type { Caps } from '../rules/spend-caps.ts'
import { deploymentDayKey, expiry, principalDayKey, runSpendKey } from './table-keys.ts'

/** Whose money it is, on which day in UTC. */
export interface SpendAccount {
  principal: string
  runId?: string | undefined
  day: string
}

/** What calls of one service used; amounts in micro-dollars. */
export interface UsedUnits {
  service: SpendService
  /** Of a text model's call. */
  agent?: AgentName | undefined
  calls: number
  /** What they cost as far as a price is known. */
  micros: number
  /** What counts towards the caps: the same, or more where the price is not known and a bound stands in for it. */
  counted: number
  /** The part of the cost that was reserved for calls without usage. */
  estimated: number
  withoutUsage: number
  withoutPrice: number
  /** Of known prices. */
  table: string | null
  tokens?: Usage | undefined
  milliseconds?: number
  characters?: number
}

/** What counts towards the caps, in micro-dollars. */
export const spentOn = (used: readonly UsedUnits[]): number =>
  used.reduce((sum, { counted }) => sum + counted, 0)

export const scopesOf = ({ principal, runId, day }: SpendAccount): [CapName, Key][] => [
  ...(runId === undefined ? [] : [['run', runSpendKey(runId)] as [CapName, Key]]),
  ['principal_day', principalDayKey(principal, day)],
  ['deployment_day', deploymentDayKey(day)],
]

export const lifeOf = (cap: CapName, { day }: SpendAccount): Record<string, unknown> =>
  cap === 'run'
    ? { ttl: expiry(Date.parse(day), 'spendRun') }
    : { day, ttl: expiry(Date.parse(day), 'spendDay') }

/** The names of the attributes that hold one sum, by its service and agent. */
export const spendAttribute = (
  { service, agent }: Pick<UsedUnits, 'service' | 'agent'>,
  sum: string,
): string => (agent === undefined ? `${service}_${sum}` : `${service}_${agent}_${sum}`)

const unitsOf = (used: UsedUnits): Record<string, number> => ({
  calls: used.calls,
  micros: used.micros,
  estimated: used.estimated,
  without_usage: used.withoutUsage,
  without_price: used.withoutPrice,
  ms: used.milliseconds ?? 0,
  characters: used.characters ?? 0,
  input: used.tokens?.input_tokens ?? 0,
  output: used.tokens?.output_tokens ?? 0,
  total: used.tokens?.total_tokens ?? 0,
})

/** What is added to a principal's day, or to a run; sums that stay as they are do not stand in it. */
export const additions = (used: readonly UsedUnits[]): Record<string, number> => {
  const sums: Record<string, number> = {}
  for (const each of used) {
    for (const [sum, by] of Object.entries(unitsOf(each))) {
      const name = spendAttribute(each, sum)
      if (by !== 0) sums[name] = (sums[name] ?? 0) + by
    }
  }
  return sums
}

export const tablesOf = (used: readonly UsedUnits[]): Record<string, string> =>
  Object.fromEntries(
    used.flatMap(({ service, table }) => (table === null ? [] : [[`${service}_table`, table]])),
  )

export const hasRoom = (cap: CapName, micros: number, caps: Caps): Condition => ({
  expression: 'attribute_not_exists(#held) OR #held < :over',
  values: { ':over': caps[cap] - micros + 1 },
})
