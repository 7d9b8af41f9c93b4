import type * as z from 'zod'
import type { CopyRejection, CopyReport, CopyVerdict } from '../../contracts/copy-safety.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { Authored } from '../../contracts/provenance.ts'
import { boundedText } from '../../rules/bounded-text.ts'
import { type AgentTask, type AskAgain, type Finished, runAgent } from '../agent-runtime.ts'
import type { JsonPath } from '../answer-reader.ts'
import { type CopyAgentDependencies, CopyRejected } from './copy-filter.ts'
import { type CopyGate, type CopyListener, createCopyGate } from './copy-gate.ts'
import { type BlockedPiece, type RepairedAnswer, repairCopy } from './copy-repair.ts'
import type { CopyPiece, CopySheet } from './copy-sheet.ts'
import { createJudgedTexts, type JudgedTexts } from './judged-texts.ts'
import type { Stop } from './moderation-queue.ts'

type Answer = Record<string, unknown>

/** The task of an agent whose answer goes out as copy. */
export interface CopyTask<Output extends Answer>
  extends Omit<AgentTask<Output>, 'onText' | 'finish'> {
  schema: z.ZodType<Output>
  sheet: CopySheet
  /** Picks the elements out of complete values. */
  pick(path: JsonPath, value: unknown): { kind: string; item: unknown } | undefined
}

export interface JudgedOutput<Output> {
  output: Authored<Output>
  copy: CopyReport
}

/** UTF-16 units of a rejected text that a report repeats. */
const reportedUnits = 2_000

interface Work<Output extends Answer> {
  dependencies: CopyAgentDependencies
  task: CopyTask<Output>
  judged: JudgedTexts
  gate: CopyGate
  signal: AbortSignal
}

interface JudgedPiece {
  piece: CopyPiece
  verdicts: CopyVerdict[]
}

/** Every piece of an answer with its verdicts. @throws StudioError when moderation does not judge */
const judgePieces = async <Output extends Answer>(
  { task, judged, gate }: Work<Output>,
  output: Output,
): Promise<JudgedPiece[]> => {
  const pieces = task.sheet.pieces(output)
  // What was streamed has been moderated already.
  await gate.moderateAll(moderatedTexts(pieces, task.sheet.running))
  return pieces.map((piece) => ({ piece, verdicts: piece.parts.map(judged.part) }))
}

/** Of a running text its entries, which went to moderation one by one, and not all of them once more. */
const moderatedTexts = (pieces: readonly CopyPiece[], running: ReadonlySet<string>): string[] =>
  pieces.flatMap(({ parts }) =>
    parts.flatMap(({ where, texts }) =>
      texts.slice(running.has(where) ? 1 : 0).map(({ texts: [first] }) => first),
    ),
  )

const blockedOf = (pieces: readonly JudgedPiece[]): BlockedPiece[] =>
  pieces.flatMap(({ piece, verdicts }) => {
    const blocked = verdicts.filter(({ verdict }) => verdict === 'blocked')
    const findings = blocked.flatMap((verdict) =>
      verdict.findings.filter(({ severity }) => severity === 'block'),
    )
    return blocked.length > 0 ? [{ piece, findings }] : []
  })

/** One entry for each part that is blocked, with the rule that decided first. */
const rejectionsOf = (
  { judged }: Pick<Work<Answer>, 'judged'>,
  pieces: readonly JudgedPiece[],
): CopyRejection[] =>
  pieces.flatMap(({ piece, verdicts }) =>
    verdicts.flatMap(({ where, verdict, findings: [first] }, index) => {
      if (verdict !== 'blocked') return []
      const texts = piece.parts[index]?.texts.flatMap(({ texts, labels = [] }) => [
        ...texts,
        ...labels,
      ])
      const text = texts?.find(judged.isBlocked) ?? texts?.[0] ?? ''
      const { rule = 'unknown', law = '' } = first ?? {}
      return [{ text: boundedText(text, reportedUnits), rule, law, where }]
    }),
  )

/** The repaired answer, or why there is none. @throws the reason of a stop */
const repairedOr = async <Output extends Answer>(
  work: Work<Output>,
  output: Output,
  blocked: readonly BlockedPiece[],
  attempt: 1 | 2,
  askAgain: AskAgain,
): Promise<RepairedAnswer<Output> | StudioError> => {
  const { agent, locale, sheet, schema, rules } = work.task
  try {
    return await repairCopy(
      {
        agent,
        locale,
        sheet,
        schema,
        rules: (repaired) => rules(repaired, attempt),
        output,
        attempt,
        blocked,
      },
      askAgain,
    )
  } catch (error) {
    work.signal.throwIfAborted()
    if (error instanceof StudioError) return error
    throw error
  }
}

/** Failures that say nothing of the texts: with them another attempt may well repair what is blocked. */
const isOfTexts = ({ code }: StudioError): boolean =>
  code === 'SCHEMA_VALIDATION_FAILED' || code === 'MODEL_REFUSED'

/** What is left without the pieces that are still blocked. @throws CopyRejected when that is too little */
const withoutBlocked = <Output extends Answer>(
  work: Work<Output>,
  output: Output,
  still: readonly JudgedPiece[],
  attempt: 1 | 2,
  failure: StudioError | undefined,
): Output => {
  if (still.length === 0) return output
  const { task } = work
  const dropped = new Set(still.map(({ piece }) => piece.where))
  const { success, data } = task.schema.safeParse(task.sheet.without(output, dropped))
  if (success && task.rules(data, attempt).length === 0) return data
  if (failure && !isOfTexts(failure)) throw failure
  throw new CopyRejected(rejectionsOf(work, still), failure)
}

/** Shows what was repaired; where several elements say the same words, the whole answer once more. */
const showRepaired = <Output extends Answer>(
  { task, gate }: Work<Output>,
  output: Output,
  repaired: ReadonlySet<string>,
  attempts: { first: number; repair: number },
): void => {
  const pieces = task.sheet.pieces(output).filter(({ where }) => repaired.has(where))
  const isJoined = pieces.some(({ parts }) => parts.length > 1)
  if (!isJoined) {
    for (const { kind, item } of pieces) gate.take(kind, item, attempts.first)
    return
  }
  for (const [field, value] of Object.entries(output)) {
    const paths: [JsonPath, unknown][] = Array.isArray(value)
      ? value.map((entry, index) => [[field, index], entry])
      : [[[field], value]]
    for (const [path, entry] of paths) {
      const element = task.pick(path, entry)
      if (element) gate.take(element.kind, element.item, attempts.repair)
    }
  }
}

/** Judges a good answer, has blocked pieces repaired once, and leaves out what is blocked again. */
const finish = async <Output extends Answer>(
  work: Work<Output>,
  output: Output,
  attempt: 1 | 2,
  askAgain: AskAgain,
): Promise<Finished<Output> & { copy: CopyReport }> => {
  const { gate, signal, dependencies } = work
  await gate.settled()
  signal.throwIfAborted()
  const first = await judgePieces(work, output)
  const blocked = blockedOf(first)
  const reportOn = (judged: readonly JudgedPiece[], rejected: CopyRejection[]): CopyReport => ({
    ...dependencies.copyFilter.basis,
    verdicts: judged.flatMap(({ verdicts }) => verdicts),
    rejected,
  })
  if (blocked.length === 0) return { output, repairedBy: [], copy: reportOn(first, []) }

  const repair = await repairedOr(work, output, blocked, attempt, askAgain)
  const isRepaired = !(repair instanceof StudioError)
  const next = isRepaired ? repair.output : output
  const still = (await judgePieces(work, next)).filter(
    ({ piece }) => blockedOf([{ piece, verdicts: piece.parts.map(work.judged.part) }]).length > 0,
  )
  const kept = withoutBlocked(work, next, still, attempt, isRepaired ? undefined : repair)
  if (isRepaired) {
    const gone = new Set(still.map(({ piece }) => piece.where))
    const repaired = blocked.map(({ piece }) => piece.where).filter((where) => !gone.has(where))
    showRepaired(work, next, new Set(repaired), { first: attempt, repair: repair.attempt })
    await gate.settled()
    signal.throwIfAborted()
  }
  return {
    output: kept,
    repairedBy: isRepaired && repair.responseId !== null ? [repair.responseId] : [],
    copy: reportOn(await judgePieces(work, kept), rejectionsOf(work, still)),
  }
}

const createStop = (outer: AbortSignal | undefined): Stop => {
  const inner = new AbortController()
  return {
    signal: outer ? AbortSignal.any([outer, inner.signal]) : inner.signal,
    stop: (reason) => inner.abort(reason),
  }
}

/**
 * Runs an agent whose answer goes out as copy. Elements are judged before they are shown, the answer
 * before it is `Authored`; blocked pieces go back to the model once, and those that are blocked again are
 * left out and reported.
 * @throws StudioError COPY_SAFETY_REJECTED (`CopyRejected`) when too little is left, the moderation's
 * failure when it is on and does not judge, and what `runAgent` throws
 */
export const runCopyAgent = async <Output extends Answer>(
  dependencies: CopyAgentDependencies,
  task: CopyTask<Output>,
  listener: CopyListener,
): Promise<JudgedOutput<Output>> => {
  const { copyFilter } = dependencies
  const { pick, sheet } = task
  const stop = createStop(dependencies.signal)
  const { signal } = stop
  const judged = createJudgedTexts(copyFilter)
  const gate = createCopyGate(copyFilter, sheet, judged, listener, stop)
  const work: Work<Output> = { dependencies, task, judged, gate, signal }
  let copy: CopyReport | undefined
  try {
    const output = await runAgent(
      { ...dependencies, signal },
      {
        ...task,
        onComplete(path, value, attempt) {
          // The answer is still being written: what has been judged need not be at its end.
          if (typeof value === 'string' && sheet.isJudgedAlone(path)) judged.text(value)
          const element = pick(path, value)
          if (element) gate.take(element.kind, element.item, attempt)
          task.onComplete?.(path, value, attempt)
        },
        async finish(answer, attempt, askAgain) {
          const finished = await finish(work, answer, attempt, askAgain)
          copy = finished.copy
          return finished
        },
      },
    )
    if (copy === undefined) throw new Error('An answer that is done has been judged.')
    return { output, copy }
  } catch (error) {
    // What was shown of the failed answer is complete before the failure is told.
    await gate.settled()
    throw error
  }
}
