import { CreativeOutput, type ResearchOutput } from '../contracts/agents.ts'
import type { Brief } from '../contracts/brief.ts'
import {
  type CreativePart,
  type CreativePartAnswers,
  creativeFields,
  creativePartNames,
} from '../contracts/creative-parts.ts'
import type { Locale, Mode } from '../contracts/session.ts'
import { creativePartTokens } from '../rules/model-limits.ts'
import { textsIn } from './answer-guard.ts'
import type { PlannedCall, SettleCall } from './call-budget.ts'
import { type CopyTask, type JudgedOutput, runCopyAgent } from './copy/copy-agent.ts'
import type { CopyAgentDependencies } from './copy/copy-filter.ts'
import type { CopyListener } from './copy/copy-gate.ts'
import { type CreativeBasis, type CreativePartPlan, creativeParts } from './creative-parts.ts'
import { dataBlock } from './prompts/prompt.ts'
import { ownOfRevision, promptFor, revisionBlocks } from './revision.ts'

export interface CreativeInput extends CreativeBasis {
  locale: Locale
  mode?: Mode
  brief: Brief
  research: ResearchOutput
}

export interface CreativeDependencies extends Omit<CopyAgentDependencies, 'countCall'> {
  /** As of any agent; each part has calls of its own. */
  countCall?:
    | ((call: PlannedCall, part: CreativePart) => Promise<SettleCall | undefined>)
    | undefined
}

/** Judged answers by their part. */
export type JudgedParts = { [P in CreativePart]?: JudgedOutput<CreativePartAnswers[P]> }

export interface CreativeListener extends CopyListener {
  /** A part is done, and others are not yet. Awaited; what it throws ends the work. */
  onPart?: (done: JudgedParts) => Promise<void>
}

/** Why a part was stopped whose sibling has failed: it reports nothing, and makes no further call. */
class SiblingFailed extends Error {}

/** The data of every part, byte for byte the same, so that the model's server can cache them. */
const dataOf = (
  { brief, research, strategy, videoSeconds, size, revision }: CreativeInput,
  product_types: CopyAgentDependencies['copyFilter']['basis']['product_types'],
): string =>
  [
    dataBlock('brief', brief),
    dataBlock('research', research),
    dataBlock('strategy', strategy),
    dataBlock('copy_safety', { product_types }),
    dataBlock('video', { seconds: videoSeconds, size }),
    ...revisionBlocks(revision),
  ].join('\n')

/**
 * The creative agent: writes ad copies, poster specifications and the video's prompt, each as an answer of
 * its own with calls, retry, copy filter and repair of its own, side by side. When one of them fails the
 * others are stopped.
 * @param stored parts that earlier workers have kept; they are not written again
 * @returns the parts that were written
 * @throws StudioError STAGE_TIMEOUT, COPY_SAFETY_REJECTED and what `runCopyAgent` throws
 */
export const create = async (
  dependencies: CreativeDependencies,
  input: CreativeInput,
  listener: CreativeListener,
  stored: Partial<CreativePartAnswers> = {},
): Promise<JudgedParts> => {
  const siblings = new AbortController()
  const signal = dependencies.signal
    ? AbortSignal.any([dependencies.signal, siblings.signal])
    : siblings.signal
  const content = dataOf(input, dependencies.copyFilter.basis.product_types)
  const own = [...textsIn(input.brief), ...ownOfRevision(input.revision)]
  const missing = creativePartNames.filter((part) => stored[part] === undefined)
  const written: JudgedParts = {}

  const taskOf = <P extends CreativePart>(part: P): CopyTask<CreativePartAnswers[P]> => {
    const { prompt, schema, sheet, pick, rules }: CreativePartPlan<CreativePartAnswers[P]> =
      creativeParts[part]
    return {
      agent: 'creative',
      prompt: promptFor(prompt, input.revision),
      locale: input.locale,
      mode: input.mode ?? 'standard',
      messages: [{ role: 'user', content }],
      schema,
      readAs: CreativeOutput,
      own,
      rules: (output) => rules(output, input),
      sheet,
      pick,
    }
  }

  const write = async <P extends CreativePart>(part: P): Promise<void> => {
    const { countCall } = dependencies
    const judged = await runCopyAgent(
      {
        ...dependencies,
        signal,
        countCall: countCall && ((call) => countCall(call, part)),
        maxOutputTokens: creativePartTokens[part],
      },
      taskOf(part),
      listener,
    )
    const done: JudgedParts = { [part]: judged }
    Object.assign(written, done)
    const isLast = missing.every((each) => written[each] !== undefined)
    if (!isLast) await listener.onPart?.(done)
  }

  let failure: { error: unknown } | undefined
  const stopOthers = (error: unknown): void => {
    failure ??= { error }
    siblings.abort(new SiblingFailed('Another part of the creatives has failed.'))
  }
  await Promise.all(missing.map((part) => write(part).catch(stopOthers)))
  if (failure) throw failure.error
  return written
}

/** Shows parts that an earlier attempt has kept, as they were shown when they were written. */
export const showStored = (
  stored: Partial<CreativePartAnswers>,
  onElement: (kind: string, item: unknown, where: string) => void,
): void => {
  for (const part of creativePartNames) {
    const answer = stored[part]
    if (answer === undefined) continue
    const pieces = creativeParts[part].sheet.pieces({ ...answer })
    for (const { where, item } of pieces) onElement(creativeFields[part], item, where)
  }
}
