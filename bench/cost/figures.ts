import { awsPriceTable } from './aws-prices.ts'
import { backgroundOf, deploymentOf, schedulesOf } from './background.ts'
import { type PartitionHeat, partitionHeatOf, type SharedHeat, sharedHeatOf } from './heat.ts'
import { type JourneyName, journeys } from './journeys.ts'
import type { Measurement } from './measure.ts'
import { type Quantities, times } from './meters.ts'
import type { PartBills } from './month.ts'
import { awsBillOf, billOf, type Line } from './pricing.ts'
import { type PurposeSum, purposesOf } from './purposes.ts'
import type { CostRecord } from './records.ts'
import { type AgentUsage, type Usage, usageOf } from './usage.ts'

/** One part of a session, as it was metered; everything is of one repetition. */
export interface PartFigures {
  seconds: number
  quantities: Quantities
  agents: AgentUsage[]
  lambda: Usage['lambda']
  bill: Line[]
  tableRequests: number
  purposes: PurposeSum[]
  partitions: PartitionHeat[]
  shared: SharedHeat[]
  /** Events that were pushed, and posts for each. */
  pushes: number
}

/** What a cost run finds out; docs/scale.md is worked out from it. */
export interface Figures {
  date: string
  prices: string
  parts: Record<JourneyName, PartFigures>
  background: Quantities
  backgroundBill: Line[]
  transitionsOfRun: number
  /** Console: files and compressed bytes of a first visit. */
  page: Quantities
}

const perOne = (usage: Usage, count: number): Usage => ({
  quantities: times(usage.quantities, 1 / count),
  agents: usage.agents.map((agent) => ({
    ...agent,
    calls: agent.calls / count,
    inputTokens: agent.inputTokens / count,
    outputTokens: agent.outputTokens / count,
  })),
  pictures: usage.pictures,
  lambda: usage.lambda.map((each) => ({
    ...each,
    invocations: each.invocations / count,
    milliseconds: each.milliseconds / count,
    gigabyteSeconds: each.gigabyteSeconds / count,
  })),
})

const isCall = (record: CostRecord, service: string): boolean =>
  record.kind === 'call' && record.service === service

/** @param date ISO 8601, which decides on the price tables too */
export const figuresOf = (
  measurement: Measurement,
  template: unknown,
  { date, page }: { date: string; page: Quantities },
): Figures => {
  const deployment = deploymentOf(template)
  const scheduled = new Set(schedulesOf(template).keys())
  const part = (name: JourneyName): PartFigures => {
    const measured = measurement[name]
    const records = measured.records.filter(({ by }) => !scheduled.has(by))
    const count = Math.max(1, measured.times)
    const usage = perOne(usageOf(measured, deployment, scheduled), count)
    const quantities =
      name === 'session'
        ? { ...usage.quantities, ...added(usage.quantities, page) }
        : usage.quantities
    return {
      seconds: measured.milliseconds / 1000 / count,
      quantities,
      agents: usage.agents,
      lambda: usage.lambda,
      bill: billOf({ ...usage, quantities }, date),
      tableRequests: records.filter((record) => isCall(record, 'dynamodb')).length / count,
      purposes: purposesOf(records, count),
      partitions: partitionHeatOf(records),
      shared: sharedHeatOf(records, count),
      pushes: records.filter((record) => isCall(record, 'connections')).length / count,
    }
  }
  const all = journeys.flatMap((name) => measurement[name].records)
  const background = backgroundOf(template, all)
  return {
    ...{ date, prices: awsPriceTable, page, background },
    parts: Object.fromEntries(journeys.map((name) => [name, part(name)])) as Figures['parts'],
    backgroundBill: awsBillOf(background),
    transitionsOfRun: deployment.transitionsOfRun,
  }
}

const added = (to: Quantities, page: Quantities): Quantities => ({
  front_requests: (to.front_requests ?? 0) + (page.front_requests ?? 0),
  front_bytes: (to.front_bytes ?? 0) + (page.front_bytes ?? 0),
})

export const billsOf = ({ parts }: Figures): PartBills =>
  Object.fromEntries(journeys.map((name) => [name, parts[name].bill])) as unknown as PartBills
