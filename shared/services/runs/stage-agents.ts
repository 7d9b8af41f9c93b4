import type { PlannedCall, SettleCall } from '../../agents/call-budget.ts'
import { create } from '../../agents/creative-agent.ts'
import { research } from '../../agents/research-agent.ts'
import type { SettleSearches } from '../../agents/research-input.ts'
import { strategize } from '../../agents/strategy-agent.ts'
import { script } from '../../agents/voice-agent.ts'
import type { ModelClient } from '../../clients/openai/model-client.ts'
import type { PageReader } from '../../clients/pages/page-reader.ts'
import type { SearchRoute } from '../../clients/search/select-search.ts'
import type { Write } from '../../clients/store.ts'
import type { StageName, StageOutputs } from '../../contracts/agents.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { Authored } from '../../contracts/provenance.ts'
import type { Clock } from '../../platform/clock.ts'
import { measure } from '../../platform/telemetry.ts'
import type {
  RunOutputRepository,
  RunWithStages,
} from '../../repositories/run-output-repository.ts'
import type { SearchRepository } from '../../repositories/search-repository.ts'
import { modelLimits } from '../../rules/model-limits.ts'
import type { QueryProviderName } from '../../rules/search-order.ts'

export interface StageHooks {
  signal: AbortSignal
  /** The worker's claim on the stage. */
  leaseId: string
  onElement(kind: string, item: unknown, modelTry: number): void
  /** Awaited before each model call; `maxCalls` are allowed in this attempt. The result settles the call. */
  countCall(maxCalls: number, call: PlannedCall): Promise<SettleCall | undefined>
  /** Awaited before queries are sent to providers. */
  reserveSearches(providers: readonly QueryProviderName[]): Promise<SettleSearches>
}

/** An agent's finished work; `commit` stores it for the worker that still holds the stage. */
export interface StageWork {
  commit(leaseId: string): Write
}

export type StageAgents = Record<
  StageName,
  (found: RunWithStages, hooks: StageHooks) => Promise<StageWork>
>

/** Seconds of video when the user named none, and its size in pixels. */
const videoDefaults = { seconds: 8, size: '720x1280' }

const outputOf = <S extends StageName>({ stages }: RunWithStages, stage: S): StageOutputs[S] => {
  const output = stages[stage]?.output
  if (!output) throw new StudioError('INTERNAL_ERROR', `The stage ${stage} has no output yet.`)
  return output
}

interface StageAgentDependencies {
  model: ModelClient
  clock: Clock
  runs: RunOutputRepository
  searches: SearchRepository
  searchRoutes(): Promise<SearchRoute[]>
  pages: PageReader
}

const agentDependencies = (
  { model, clock }: StageAgentDependencies,
  stage: StageName,
  { signal, countCall }: StageHooks,
) => ({
  model,
  clock,
  signal,
  countCall: (call: PlannedCall) => countCall(modelLimits[stage].maxCalls, call),
})

/** What every agent is given of a run. */
const inputOf = ({ run: { locale, mode, brief } }: RunWithStages) => ({ locale, mode, brief })

const workOf = <S extends StageName>(
  { runs }: StageAgentDependencies,
  { run }: RunWithStages,
  stage: S,
  output: Authored<StageOutputs[S]>,
  droppedEvidence = 0,
): StageWork => ({
  commit: (leaseId) => runs.commitStage(run.run_id, stage, leaseId, output, droppedEvidence),
})

/** Each stage of the pipeline: which agent does it, from what, and how its work is stored. */
export const createStageAgents = (dependencies: StageAgentDependencies): StageAgents => ({
  async research(found, hooks) {
    const { searches, searchRoutes, pages } = dependencies
    const { run_id } = found.run
    const memory = {
      recall: () => searches.read(run_id),
      keep: (search: object) => searches.keep(run_id, hooks.leaseId, search),
    }
    const { reserveSearches } = hooks
    const work = { searchRoutes, pages, memory, reserveSearches }
    const { output, droppedEvidence } = await research(
      { ...agentDependencies(dependencies, 'research', hooks), ...work },
      inputOf(found),
      hooks,
    )
    measure('DroppedEvidence', droppedEvidence)
    return workOf(dependencies, found, 'research', output, droppedEvidence)
  },
  async strategy(found, hooks) {
    const output = await strategize(
      agentDependencies(dependencies, 'strategy', hooks),
      { ...inputOf(found), research: outputOf(found, 'research') },
      hooks,
    )
    return workOf(dependencies, found, 'strategy', output)
  },
  async creative(found, hooks) {
    const output = await create(
      agentDependencies(dependencies, 'creative', hooks),
      {
        ...inputOf(found),
        research: outputOf(found, 'research'),
        strategy: outputOf(found, 'strategy'),
        videoSeconds: found.run.brief['goal.video_seconds'] ?? videoDefaults.seconds,
        size: videoDefaults.size,
      },
      hooks,
    )
    return workOf(dependencies, found, 'creative', output)
  },
  async voice(found, hooks) {
    const output = await script(
      agentDependencies(dependencies, 'voice', hooks),
      {
        ...inputOf(found),
        strategy: outputOf(found, 'strategy'),
        creative: outputOf(found, 'creative'),
      },
      hooks,
    )
    return workOf(dependencies, found, 'voice', output)
  },
})
