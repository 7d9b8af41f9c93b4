import { setImmediate as nextTurn } from 'node:timers/promises'
import type { PlannedCall } from '../../agents/call-budget.ts'
import { research } from '../../agents/research-agent.ts'
import { elementsOf } from '../../agents/research-evidence.ts'
import type { Revision } from '../../agents/revision.ts'
import { strategize } from '../../agents/strategy-agent.ts'
import { script } from '../../agents/voice-agent.ts'
import type { ModelClient } from '../../clients/openai/model-client.ts'
import type { PageReader } from '../../clients/pages/page-reader.ts'
import type { SearchRoute } from '../../clients/search/select-search.ts'
import type { Positioning, StageName, StageOutputs } from '../../contracts/agents.ts'
import type { CopyReport } from '../../contracts/copy-safety.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { Authored } from '../../contracts/provenance.ts'
import type { RunRevision } from '../../contracts/runs.ts'
import type { Clock } from '../../platform/clock.ts'
import { agentSettings } from '../../platform/model-settings.ts'
import { measure } from '../../platform/telemetry.ts'
import type { ShapedFindings } from '../../repositories/early-findings.ts'
import type {
  RunOutputRepository,
  RunWithStages,
} from '../../repositories/run-output-repository.ts'
import type { SearchRepository } from '../../repositories/search-repository.ts'
import type { StageFacts } from '../../repositories/stage-repository.ts'
import { modelLimits } from '../../rules/model-limits.ts'
import type { EarlyResearchTake, OpenTake } from '../early-research/early-research-take.ts'
import type { LimitService } from '../limits/limit-service.ts'
import { openPageAllowance } from '../limits/page-allowance.ts'
import type { CopySafetyService } from '../safety/copy-safety-service.ts'
import { answersBehind } from './answers-behind.ts'
import { filmOf, writeCreatives } from './creative-work.ts'
import type { StageAgents, StageHooks, StageWork } from './stage-hooks.ts'

/** Stages whose agents write copy; a run that revises another one begins at one of them. */
type RevisableStage = RunRevision['from']

/** Seconds of video when the user named none, and its size in pixels. */
const videoDefaults = { seconds: 8, size: '720x1280' }

const outputOf = <S extends StageName>({ stages }: RunWithStages, stage: S): StageOutputs[S] => {
  const output = stages[stage]?.output
  if (!output) throw new StudioError('INTERNAL_ERROR', `The stage ${stage} has no output yet.`)
  return output
}

/** What the copy of a run rests on. It is all of the strategy that its agents are given, begun early or not. */
const positioningOf = (found: RunWithStages): Positioning => {
  const { market_assessment, positioning_options } =
    found.positioning ?? outputOf(found, 'strategy')
  return { market_assessment, positioning_options }
}

interface StageAgentDependencies {
  limits: LimitService
  model: ModelClient
  clock: Clock
  runs: RunOutputRepository
  searches: SearchRepository
  earlyResearch: EarlyResearchTake
  searchRoutes(): Promise<SearchRoute[]>
  pages: PageReader
  copySafety: Pick<CopySafetyService, 'forRun' | 'prepare'>
}

const agentDependencies = (
  { model, clock }: StageAgentDependencies,
  stage: StageName,
  { signal, begun, countCall }: StageHooks,
) => ({
  model: begun ? answersBehind(begun, model) : model,
  clock,
  signal,
  countCall: (call: PlannedCall) => countCall(modelLimits[stage].maxCalls, call),
})

/** What an agent that writes copy works with, and what it is written again for. */
const copyWork = async (
  dependencies: StageAgentDependencies,
  stage: RevisableStage,
  found: RunWithStages,
  hooks: StageHooks,
) => {
  const [copyFilter, revision] = await Promise.all([
    dependencies.copySafety.forRun(found),
    revisionOf(dependencies, found, stage),
  ])
  return { tools: { ...agentDependencies(dependencies, stage, hooks), copyFilter }, revision }
}

/**
 * What a run that revises another one is written again for. A positioning that was chosen is the parent's
 * where the strategy itself is written again, and has no meaning for what follows that.
 */
const revisionOf = async (
  { runs }: StageAgentDependencies,
  { run: { revision, parent_run_id }, stages }: RunWithStages,
  stage: RevisableStage,
): Promise<Revision | undefined> => {
  if (revision === undefined || parent_run_id === undefined) return undefined
  const { from, positioning_id, note } = revision
  const parent = stage === from ? await runs.get(parent_run_id) : undefined
  const strategy = from === 'strategy' ? parent?.stages.strategy : stages.strategy
  const options = strategy?.output?.positioning_options ?? []
  return {
    chosen_positioning: options.find(({ id }) => id === positioning_id) ?? null,
    note,
    previous: parent?.stages[stage]?.output ?? null,
  }
}

/** What every agent is given of a run. The picture itself is none of their business: what it shows is a slot of its own. */
const inputOf = ({ run: { locale, mode, brief } }: RunWithStages) => {
  const { 'product.image_url': _, ...told } = brief
  return { locale, mode, brief: told }
}

const workOf = <S extends StageName>(
  { runs }: StageAgentDependencies,
  { run }: RunWithStages,
  stage: S,
  output: Authored<StageOutputs[S]>,
  told: StageFacts,
): StageWork => ({
  commit: (leaseId) => runs.commitStage(run.run_id, stage, leaseId, output, told),
})

/** The same of an agent whose answer goes out as copy. */
const copyWorkOf = <S extends StageName>(
  dependencies: StageAgentDependencies,
  found: RunWithStages,
  stage: S,
  { output, copy }: { output: Authored<StageOutputs[S]>; copy: CopyReport },
): StageWork => {
  if (copy.rejected.length > 0) measure('CopyRejected', copy.rejected.length, { stage })
  return workOf(dependencies, found, stage, output, { copy })
}

/**
 * The findings that were shaped before the run, shown as an agent's would be. What the search and they used is counted
 * before the stage that follows may reserve anything.
 */
const shapedBefore = async (
  { runs }: StageAgentDependencies,
  { run }: RunWithStages,
  { countTry, onElement }: StageHooks,
  findings: ShapedFindings,
  { counted, settled }: OpenTake,
): Promise<StageWork> => {
  try {
    await countTry(modelLimits.research.maxCalls)
    for (const [kind, item] of elementsOf(findings.output)) onElement(kind, item, 1)
    await counted()
  } finally {
    await settled()
  }
  return { commit: (leaseId) => runs.commitFindings(run.run_id, leaseId, findings) }
}

/** The hooks of a stage that prepares the rules, by which the texts of the run are judged, while its model thinks. */
const preparing = (
  { copySafety }: StageAgentDependencies,
  { run }: RunWithStages,
  hooks: StageHooks,
): StageHooks => ({
  ...hooks,
  async countCall(...call) {
    const settle = await hooks.countCall(...call)
    // Behind the request, which leaves now.
    setImmediate(() => void copySafety.prepare(run))
    return settle
  },
})

/** Each stage of the pipeline: which agent does it, from what, and how its work is stored. */
const stageAgentsOf = (dependencies: StageAgentDependencies): StageAgents => ({
  async research(found, hooks) {
    const { clock, searches, earlyResearch, searchRoutes, limits } = dependencies
    const { run_id, owner: principal } = found.run
    // To wait for what is still on its way takes of the stage's own time.
    const until = clock.now() + agentSettings('research').budget
    const early = earlyResearch.open({ ...hooks, run: found.run })
    const hasSearched = found.stages.research?.search_kept === true
    const before = hasSearched ? undefined : await early.take()
    if (before?.shaped) return await shapedBefore(dependencies, found, hooks, before.shaped, early)
    const allowance = openPageAllowance(limits, dependencies.pages, { principal }, hooks.begun)
    const memory = {
      recall: async () => (hasSearched ? searches.read(run_id) : undefined),
      ...(before && { takeEarly: async () => before.findings }),
      async keep(search: object) {
        // Behind the request that shapes it, or the count of that.
        await nextTurn()
        await searches.keep(run_id, hooks.leaseId, search)
      },
    }
    const { reserveSearches } = hooks
    const work = { searchRoutes, pages: allowance.reader, memory, reserveSearches, until }
    try {
      const { output, droppedEvidence } = await research(
        { ...agentDependencies(dependencies, 'research', hooks), ...work },
        inputOf(found),
        hooks,
      ).finally(early.settled)
      await early.counted()
      measure('DroppedEvidence', droppedEvidence)
      return workOf(dependencies, found, 'research', output, { droppedEvidence })
    } finally {
      hooks.aside(allowance[Symbol.asyncDispose]())
    }
  },
  async strategy(found, hooks) {
    const { tools, revision } = await copyWork(dependencies, 'strategy', found, hooks)
    const judged = await strategize(
      tools,
      { ...inputOf(found), revision, research: outputOf(found, 'research') },
      hooks,
    )
    return copyWorkOf(dependencies, found, 'strategy', judged)
  },
  async creative(found, hooks) {
    const { tools, revision } = await copyWork(dependencies, 'creative', found, hooks)
    return writeCreatives(dependencies.runs, found, hooks, tools, {
      ...inputOf(found),
      revision,
      research: outputOf(found, 'research'),
      strategy: positioningOf(found),
      videoSeconds: found.run.brief['goal.video_seconds'] ?? videoDefaults.seconds,
      size: videoDefaults.size,
    })
  },
  async voice(found, hooks) {
    const { tools, revision } = await copyWork(dependencies, 'voice', found, hooks)
    const judged = await script(
      tools,
      {
        ...inputOf(found),
        revision,
        strategy: positioningOf(found),
        film: filmOf(found),
      },
      hooks,
    )
    return copyWorkOf(dependencies, found, 'voice', judged)
  },
})

export const createStageAgents = (dependencies: StageAgentDependencies): StageAgents => {
  const agents = stageAgentsOf(dependencies)
  const prepared = (stage: StageName): StageAgents[StageName] => {
    const agent = agents[stage]
    return (found, hooks) => agent(found, preparing(dependencies, found, hooks))
  }
  return {
    research: prepared('research'),
    strategy: prepared('strategy'),
    creative: prepared('creative'),
    voice: prepared('voice'),
  }
}
