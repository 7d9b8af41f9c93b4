import { create } from '../../agents/creative-agent.ts'
import { research } from '../../agents/research-agent.ts'
import { strategize } from '../../agents/strategy-agent.ts'
import { script } from '../../agents/voice-agent.ts'
import type { ModelClient } from '../../clients/openai/model-client.ts'
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
import { modelLimits } from '../../rules/model-limits.ts'

export interface StageHooks {
  signal: AbortSignal
  onElement(kind: string, item: unknown, modelTry: number): void
  /** Awaited before each model call; `maxCalls` are allowed in this attempt. */
  countCall(maxCalls: number): Promise<void>
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

/** Each stage of the pipeline: which agent does it, from what, and how its work is stored. */
export const createStageAgents = (dependencies: {
  model: ModelClient
  clock: Clock
  runs: RunOutputRepository
}): StageAgents => {
  const { model, clock, runs } = dependencies
  const agentDependencies = (stage: StageName, { signal, countCall }: StageHooks) => ({
    model,
    clock,
    signal,
    countCall: () => countCall(modelLimits[stage].maxCalls),
  })
  const stored = <S extends StageName>(
    { run }: RunWithStages,
    stage: S,
    output: Authored<StageOutputs[S]>,
    droppedEvidence = 0,
  ): StageWork => {
    measure('ModelTokens', output.provenance.usage.total_tokens, { stage })
    return {
      commit: (leaseId) => runs.commitStage(run.run_id, stage, leaseId, output, droppedEvidence),
    }
  }
  return {
    async research(found, hooks) {
      const { locale, mode, brief } = found.run
      const { output, droppedEvidence } = await research(
        agentDependencies('research', hooks),
        { locale, mode, brief },
        hooks,
      )
      measure('DroppedEvidence', droppedEvidence)
      return stored(found, 'research', output, droppedEvidence)
    },
    async strategy(found, hooks) {
      const { locale, mode, brief } = found.run
      const output = await strategize(
        agentDependencies('strategy', hooks),
        { locale, mode, brief, research: outputOf(found, 'research') },
        hooks,
      )
      return stored(found, 'strategy', output)
    },
    async creative(found, hooks) {
      const { locale, mode, brief } = found.run
      const output = await create(
        agentDependencies('creative', hooks),
        {
          locale,
          mode,
          brief,
          research: outputOf(found, 'research'),
          strategy: outputOf(found, 'strategy'),
          videoSeconds: brief['goal.video_seconds'] ?? videoDefaults.seconds,
          size: videoDefaults.size,
        },
        hooks,
      )
      return stored(found, 'creative', output)
    },
    async voice(found, hooks) {
      const { locale, mode, brief } = found.run
      const output = await script(
        agentDependencies('voice', hooks),
        {
          locale,
          mode,
          brief,
          strategy: outputOf(found, 'strategy'),
          creative: outputOf(found, 'creative'),
        },
        hooks,
      )
      return stored(found, 'voice', output)
    },
  }
}
