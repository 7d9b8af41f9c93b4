import * as z from 'zod'
import type { ModelMessage } from '../../clients/openai/model-client.ts'
import type { AgentName } from '../../contracts/agents.ts'
import type { CopyFinding } from '../../contracts/copy-safety.ts'
import type { Locale } from '../../contracts/session.ts'
import { outputSizeViolations } from '../../rules/answer-size.ts'
import type { AskAgain } from '../agent-runtime.ts'
import { boundsOf } from '../answer-bounds.ts'
import { schemaViolations } from '../model-schema.ts'
import { copyRepair } from '../prompts/copy-repair.v1.ts'
import { dataBlock } from '../prompts/prompt.ts'
import { RuleBroken } from '../rule-broken.ts'
import type { CopyPiece, CopySheet } from './copy-sheet.ts'

export interface BlockedPiece {
  piece: CopyPiece
  findings: CopyFinding[]
}

export interface RepairedAnswer<Output> {
  output: Output
  /** The number of the model's call among those of this work, from 1. */
  attempt: number
  responseId: string | null
}

interface Repair<Output> {
  agent: AgentName
  locale: Locale
  sheet: CopySheet
  schema: z.ZodType<Output>
  rules(output: Output): string[]
  /** The answer whose pieces are blocked, and the call that gave it. */
  output: Readonly<Record<string, unknown>>
  attempt: number
  blocked: readonly BlockedPiece[]
}

interface Asked {
  ref: string
  piece: CopyPiece
}

const Entries = z.array(z.object({ ref: z.string(), item: z.unknown() }))

/** What the model has to write: for each kind of piece, as many as are blocked, each under its `ref`. */
const repairSchema = (agent: AgentName, sheet: CopySheet, asked: readonly Asked[]): z.ZodObject => {
  const kinds = Map.groupBy(asked, ({ piece }) => piece.kind)
  return z.strictObject({
    schema_version: z.literal('v1'),
    agent: z.literal(agent),
    ...Object.fromEntries(
      [...kinds].map(([kind, pieces]) => {
        const item = sheet.schemas[kind] ?? z.never()
        const entry = z.strictObject({ ref: z.enum(pieces.map(({ ref }) => ref)), item })
        return [kind, z.array(entry).min(pieces.length).max(pieces.length)]
      }),
    ),
  })
}

const idOf = (item: unknown): unknown =>
  typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined

/** The new items by the place of their pieces. @throws RuleBroken when one is missing or has another id */
const itemsOf = (value: Readonly<Record<string, unknown>>, asked: readonly Asked[]) => {
  const entries = Object.values(value).flatMap((list) => Entries.safeParse(list).data ?? [])
  const broken: string[] = []
  const items = new Map<string, unknown>()
  for (const { ref, piece } of asked) {
    const entry = entries.find((each) => each.ref === ref)
    if (entry === undefined) broken.push(`${ref}: missing`)
    else if (idOf(entry.item) !== idOf(piece.item)) broken.push(`${ref}: must keep its id`)
    else items.set(piece.where, entry.item)
  }
  if (broken.length > 0) throw new RuleBroken(broken)
  return items
}

/** A model that writes its whole answer again has repaired it as well: what is taken of it is what was asked for. */
const itemsOfWhole = (
  { sheet }: Pick<Repair<unknown>, 'sheet'>,
  answer: Readonly<Record<string, unknown>>,
  asked: readonly Asked[],
) => {
  const wanted = new Set(asked.map(({ piece }) => piece.where))
  const pieces = sheet.pieces(answer).filter(({ where }) => wanted.has(where))
  return new Map(pieces.map(({ where, item }) => [where, item]))
}

const messageOf = (locale: Locale, asked: readonly Asked[], blocked: readonly BlockedPiece[]) => {
  const entries = asked.map(({ ref, piece }, index) => ({
    ref,
    kind: piece.kind,
    item: piece.item,
    reasons: (blocked[index]?.findings ?? []).map(
      ({ rule, law, match, explanation, allowed_by }) => ({
        rule,
        law,
        match,
        explanation,
        allowed_by,
      }),
    ),
  }))
  return `${copyRepair.notice[locale]}\n${dataBlock('blocked', entries)}`
}

const Answer = z.record(z.string(), z.unknown())

/**
 * Has the model write its blocked pieces again, with the reasons; everything else stays as it was.
 * @throws StudioError SCHEMA_VALIDATION_FAILED when the answer does not fit, twice, and what a call throws
 */
export const repairCopy = async <Output>(
  repair: Repair<Output>,
  askAgain: AskAgain,
): Promise<RepairedAnswer<Output>> => {
  const { agent, locale, sheet, schema, blocked } = repair
  const asked = blocked.map(({ piece }, index) => ({ ref: `r${index + 1}`, piece }))
  const wanted = repairSchema(agent, sheet, asked)
  const message: ModelMessage = { role: 'user', content: messageOf(locale, asked, blocked) }

  const read = (value: unknown): Output => {
    const parsed = wanted.safeParse(value)
    const whole = parsed.success ? undefined : Answer.safeParse(schema.safeParse(value).data).data
    if (!parsed.success && whole === undefined) throw new RuleBroken(schemaViolations(parsed.error))
    const items = whole
      ? itemsOfWhole(repair, whole, asked)
      : itemsOf(Answer.parse(parsed.data), asked)
    const merged = schema.safeParse(sheet.replaced(repair.output, items))
    if (!merged.success) throw new RuleBroken(schemaViolations(merged.error))
    const broken = [...repair.rules(merged.data), ...outputSizeViolations(merged.data)]
    if (broken.length > 0) throw new RuleBroken(broken)
    return merged.data
  }

  const { value, answer, attempt } = await askAgain({
    version: `${agent}.${copyRepair.version}`,
    message,
    schema: wanted,
    bounds: boundsOf(z.union([wanted, schema])),
    read,
  })
  return { output: value, attempt: repair.attempt + attempt, responseId: answer.id }
}
