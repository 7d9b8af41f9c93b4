import { type StageName, stageNames } from '../../contracts/agents.ts'
import type { CallUsage, SearchUsage } from '../../contracts/provenance.ts'
import type { AgentUsage, RunUsage } from '../../contracts/runs.ts'
import { ownPrices } from '../../platform/spend-settings.ts'
import type { Run, RunWithStages } from '../../repositories/run-output-repository.ts'
import type { Stage } from '../../repositories/stage-repository.ts'
import type { RecordedUsage, ServiceSums } from '../../repositories/usage-repository.ts'
import { costOf } from '../../rules/prices.ts'
import { dollarsOf } from '../../rules/spend-caps.ts'

const sumOf = (parts: readonly Omit<CallUsage, 'calls_without_usage'>[]) =>
  parts.reduce(
    (sum, part) => ({
      input_tokens: sum.input_tokens + part.input_tokens,
      output_tokens: sum.output_tokens + part.output_tokens,
      total_tokens: sum.total_tokens + part.total_tokens,
      calls: sum.calls + part.calls,
    }),
    { input_tokens: 0, output_tokens: 0, total_tokens: 0, calls: 0 },
  )

/** Calls of all attempts and parts, each counted before it was made. */
const callsOf = (stage: Stage): number =>
  Object.entries(stage).reduce(
    (sum, [name, value]) => (/^calls_\d+(_[a-z]+)?$/.test(name) ? sum + Number(value) : sum),
    0,
  )

const priced = (recorded: readonly RecordedUsage[]) =>
  recorded.map(({ provider, model, ...usage }) => ({ provider, model, usage }))

const agentUsage = (stage: Stage, recorded: RecordedUsage[], at: string): AgentUsage => {
  const reported = sumOf(recorded)
  const calls = Math.max(callsOf(stage), reported.calls)
  return {
    ...reported,
    calls,
    calls_without_usage: calls - reported.calls,
    models: [...new Set(recorded.map(({ model }) => model))],
    cost: costOf(priced(recorded), at, ownPrices()),
  }
}

/** Searches as their sums tell of them. */
export const searchUsage = ({ calls, micros, withoutPrice, table }: ServiceSums): SearchUsage => ({
  calls,
  cost:
    calls === 0 || withoutPrice > 0 || table === null
      ? null
      : { amount: dollarsOf(micros), currency: 'USD', price_table: table },
})

/** The stages that are the run's own, and not taken over from the run that it revises. */
const ownStages = ({ revision }: Run): readonly StageName[] =>
  revision === undefined ? stageNames : stageNames.slice(stageNames.indexOf(revision.from))

/** What a run has used so far, whatever became of its calls. */
export const usageOf = ({ run, stages, usage, searches }: RunWithStages): RunUsage => {
  const used = ownStages(run).flatMap((name): [StageName, AgentUsage][] => {
    const stage = stages[name]
    const recorded = usage.filter((each) => each.stage === name)
    return stage ? [[name, agentUsage(stage, recorded, run.created_at)]] : []
  })
  const agents = used.map(([, agent]) => agent)
  const taken = stages.research?.early_research
  return {
    ...sumOf(agents),
    calls_without_usage: agents.reduce((sum, agent) => sum + agent.calls_without_usage, 0),
    cost: costOf(priced(usage), run.created_at, ownPrices()),
    search: searchUsage(searches),
    agents: Object.fromEntries(used),
    early_research: taken ? { ...taken, shaped_at: taken.shaped_at ?? null } : null,
  }
}
