import type { PlannedCall, SettleCall } from '../../agents/call-budget.ts'
import type { CopyAgentDependencies } from '../../agents/copy/copy-filter.ts'
import {
  type CreativeInput,
  create,
  type JudgedParts,
  showStored,
} from '../../agents/creative-agent.ts'
import type { Update } from '../../clients/store.ts'
import type { CreativeOutput, StageName } from '../../contracts/agents.ts'
import type { ElementVerdict } from '../../contracts/copy-safety.ts'
import {
  type CreativePartAnswers,
  creativeFields,
  creativePartNames,
} from '../../contracts/creative-parts.ts'
import { StudioError } from '../../contracts/errors.ts'
import { measure } from '../../platform/telemetry.ts'
import {
  attributesOfParts,
  type StoredParts,
  storedPartsOf,
} from '../../repositories/creative-part-attributes.ts'
import type {
  RunOutputRepository,
  RunWithStages,
} from '../../repositories/run-output-repository.ts'
import { callCounter } from '../../repositories/stage-counters.ts'
import type { Stage } from '../../repositories/stage-repository.ts'
import { modelLimits } from '../../rules/model-limits.ts'

/** What the work needs of the stage's worker, as `StageHooks` says. */
export interface CreativeHooks {
  leaseId: string
  onElement(kind: string, item: unknown, modelTry: number, verdict?: ElementVerdict): void
  countCall(maxCalls: number, call: PlannedCall, part?: string): Promise<SettleCall | undefined>
  ahead?:
    | ((stage: StageName, found: RunWithStages, keeping?: Update) => Promise<boolean>)
    | undefined
}

type Film = CreativeOutput['video_prompt_package']

/** The plan of the film, which is there before the creatives are. @throws StudioError when it is not */
export const filmOf = ({ stages: { creative } }: RunWithStages): Film => {
  const planned = creative?.output ?? creative?.parts?.film?.output
  if (!planned) throw new StudioError('INTERNAL_ERROR', 'The film has no plan yet.')
  return planned.video_prompt_package
}

/** What the agent needs not write again. */
const answersOf = (stored: StoredParts): Partial<CreativePartAnswers> =>
  Object.fromEntries(
    creativePartNames.flatMap((part) => {
      const kept = stored[part]
      return kept ? [[part, kept.output]] : []
    }),
  )

/**
 * Shows what earlier workers have kept: the elements of each attempt are complete by themselves, and of a part that
 * was kept in this one the last may not have come into the log.
 * @param triesBefore the latest try of this attempt of which each kind may have been shown
 */
const showKept = (
  stored: StoredParts,
  { stages }: RunWithStages,
  { onElement }: CreativeHooks,
  triesBefore: ReadonlyMap<string, number>,
): void => {
  const verdicts = new Map(
    Object.entries(stored).flatMap(([, { copy_safety }]) =>
      copy_safety.verdicts.map(({ where, verdict, findings }): [string, ElementVerdict] => [
        where,
        { verdict, rules: [...new Set(findings.map(([rule]) => rule))] },
      ]),
    ),
  )
  // A worker that takes the stage over shows them anew.
  const modelTry = 1 + Math.min(stages.creative?.generation ?? 0, 1)
  showStored(answersOf(stored), (kind, item, where) =>
    onElement(kind, item, (triesBefore.get(kind) ?? 0) + modelTry, verdicts.get(where)),
  )
}

/**
 * Writes the parts of the creatives that are not kept yet. Each is kept as soon as it is done, the last one
 * with the stage itself; the voice can begin once the film is.
 */
export const writeCreatives = async (
  runs: RunOutputRepository,
  found: RunWithStages,
  hooks: CreativeHooks,
  tools: Omit<CopyAgentDependencies, 'countCall'>,
  input: CreativeInput,
): Promise<{ commit(leaseId: string): Update }> => {
  const { run_id, attempt } = found.run
  const { creative } = found.stages
  const stored = creative?.parts ?? {}
  const kept = new Set<string>(Object.keys(stored))
  const triesBefore = new Map<string, number>(
    creativePartNames.map((part) => [
      creativeFields[part],
      creative?.[callCounter(attempt, part)] ?? 0,
    ]),
  )
  const startVoice = async (parts: StoredParts, keeping?: Update): Promise<boolean> => {
    const working = { stage: 'creative', status: 'working', attempt, generation: 0 } as const
    const lease = { lease_id: hooks.leaseId, lease_until: 0, token: '' }
    const stage: Stage<'creative'> = { ...working, ...lease, ...creative, parts }
    const stages = { ...found.stages, creative: stage }
    return (await hooks.ahead?.('voice', { ...found, stages }, keeping)) ?? false
  }
  const keep = async (done: JudgedParts): Promise<void> => {
    const keeping = runs.partsKept(run_id, attempt, hooks.leaseId, done)
    const all = { ...stored, ...storedPartsOf(attributesOfParts(done, attempt)) }
    const isKept = done.film !== undefined && (await startVoice(all, keeping))
    if (!isKept) await runs.keepParts(run_id, attempt, hooks.leaseId, done)
    for (const part of Object.keys(done)) kept.add(part)
  }

  showKept(stored, found, hooks, triesBefore)
  if (stored.film) void startVoice(stored)
  const written = await create(
    {
      ...tools,
      countCall: (call, part) => hooks.countCall(modelLimits.creative.maxCalls, call, part),
    },
    input,
    {
      onElement: (kind, item, modelTry, verdict) =>
        hooks.onElement(kind, item, (triesBefore.get(kind) ?? 0) + modelTry, verdict),
      onPart: keep,
    },
    answersOf(stored),
  )
  const rejected = Object.values(written).flatMap(({ copy }) => copy.rejected)
  if (rejected.length > 0) measure('CopyRejected', rejected.length, { stage: 'creative' })
  const last = { ...written }
  for (const part of creativePartNames) if (kept.has(part)) delete last[part]
  return {
    commit: (leaseId): Update => runs.commitParts(run_id, attempt, leaseId, last),
  }
}
