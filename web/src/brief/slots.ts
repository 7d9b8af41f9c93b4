import type {
  BriefSlots,
  FieldError,
  Gate,
  SessionState,
  SlotPath,
} from '../../../shared/client/contract.ts'
import { emptySession } from '../../../shared/client/reduce/index.ts'

type RequiredPath = Gate['missing_required'][number]

export const requiredPaths: readonly RequiredPath[] = emptySession.gate.missing_required

/** How a slot is edited. */
export type SlotKind = 'text' | 'list' | 'goal' | 'seconds'

/** Slots with words or a number; the picture has a place of its own. */
export type WordSlot = Exclude<SlotPath, 'product.image_url'>
export type SlotValue = NonNullable<BriefSlots[WordSlot]>['value']

interface SlotShape {
  path: WordSlot
  kind: SlotKind
  /** Most entries of a list. */
  most?: number
  /** Lines that are kept free for it, so that nothing moves when it is filled. */
  lines: number
}

/** Every slot of the brief, in the order in which a reader looks for them. */
export const slotGroups = {
  product: [
    { path: 'product.name', kind: 'text', lines: 1 },
    { path: 'product.category', kind: 'text', lines: 1 },
    { path: 'product.features', kind: 'list', most: 10, lines: 3 },
    { path: 'product.price_band', kind: 'text', lines: 1 },
    { path: 'product.image_context', kind: 'text', lines: 1 },
  ],
  target: [
    { path: 'target.who', kind: 'text', lines: 2 },
    { path: 'target.why', kind: 'text', lines: 2 },
  ],
  channel: [{ path: 'channel.channels', kind: 'list', most: 2, lines: 2 }],
  goal: [
    { path: 'goal.weekly_goal', kind: 'goal', lines: 1 },
    { path: 'goal.video_seconds', kind: 'seconds', lines: 1 },
  ],
} as const satisfies Record<string, readonly SlotShape[]>

export type SlotGroup = keyof typeof slotGroups
export const slotGroupNames = Object.keys(slotGroups) as SlotGroup[]
export type Shape = SlotShape

export const goals = ['reach', 'inquiry', 'purchase'] as const

/** What is in the fields of a slot while it is edited: one text, or one for each entry. */
export type Fields = readonly string[]

export const fieldsOf = ({ kind }: Pick<Shape, 'kind'>, value: SlotValue | undefined): Fields => {
  if (value === undefined) return ['']
  if (kind === 'list') return Array.isArray(value) && value.length > 0 ? value : ['']
  return [String(value)]
}

export type Read =
  | { ok: true; value: SlotValue | null; sent: readonly number[] }
  /** It is no number of seconds: nothing that could be sent. */
  | { ok: false }

/** What the fields say; null when they are empty. `sent` has the field of each entry that is sent. */
export const readFields = ({ kind }: Pick<Shape, 'kind'>, fields: Fields): Read => {
  const sent = [...fields.keys()].filter((index) => fields[index]?.trim())
  if (sent.length === 0) return { ok: true, value: null, sent }
  const texts = sent.map((index) => fields[index]?.trim() ?? '')
  if (kind === 'list') return { ok: true, value: texts, sent }
  const [text = ''] = texts
  if (kind !== 'seconds') return { ok: true, value: text, sent }
  const seconds = Number(text)
  return /^\d{1,4}$/.test(text) && seconds >= 1 && seconds <= 60
    ? { ok: true, value: Number(text), sent }
    : { ok: false }
}

/** The errors of a refused edit at this slot: by field, and -1 for the slot as a whole. */
export const errorsAt = (
  path: WordSlot,
  errors: readonly FieldError[],
  sent: readonly number[],
): ReadonlyMap<number, FieldError> => {
  const place = `slots.${path}`
  const found = new Map<number, FieldError>()
  for (const error of errors) {
    if (error.path === place) found.set(-1, error)
    else if (error.path.startsWith(`${place}.`)) {
      const entry = Number(error.path.slice(place.length + 1))
      found.set(sent[entry] ?? -1, error)
    }
  }
  return found
}

type Rule = NonNullable<FieldError['rule']>

/** Rules of single characters, of which one sentence tells. */
const characterRules = [
  'UNPAIRED_SURROGATE',
  'CONTROL_CHARACTER',
  'UNPAIRED_DIRECTION_MARK',
  'PRIVATE_USE_CHARACTER',
  'REPLACEMENT_CHARACTER',
  'UNASSIGNED_CHARACTER',
  'TAG_CHARACTER',
  'STACKED_MARKS',
] as const satisfies Rule[]

export interface ErrorWords {
  rule: Readonly<Record<Exclude<Rule, (typeof characterRules)[number]>, string>>
  badCharacter: string
}

/** What the server says of a field, in the page's words where it has some. */
export const errorSentence = ({ rule, message }: FieldError, words: ErrorWords): string => {
  if (rule === undefined) return message
  const known: Partial<Record<Rule, string>> = words.rule
  const isOfCharacter = (characterRules as readonly Rule[]).includes(rule)
  // A server that is newer than the page may name others.
  return isOfCharacter ? words.badCharacter : (known[rule] ?? message)
}

export const sameValue = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null)

/** A run works from the brief: it stays as it is until the run has ended. */
export const isLocked = (state: SessionState): boolean =>
  state === 'RUN_RESEARCH' || state === 'GEN_STRATEGY' || state === 'GEN_CREATIVES'

/** Mean confidence with which a run may start. */
export const confidenceNeeded = 0.7

export type Need = 'missing' | 'unsure' | 'there'

/** What a run needs of the brief, always the same slots in the same order, and how each stands. */
export const needsOf = (gate: Gate, slots: BriefSlots): { path: RequiredPath; need: Need }[] =>
  requiredPaths.map((path) => {
    if (gate.missing_required.includes(path)) return { path, need: 'missing' }
    // Only when certainty is what keeps the gate shut.
    const isShutByDoubt = !gate.ready && gate.missing_required.length === 0
    const isUnsure = (slots[path]?.confidence ?? 0) < confidenceNeeded
    return { path, need: isShutByDoubt && isUnsure ? 'unsure' : 'there' }
  })
