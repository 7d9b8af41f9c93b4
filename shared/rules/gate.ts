import {
  type Brief,
  Brief as BriefSchema,
  type BriefSlots,
  featuresWanted,
  type Gate,
  type RequiredSlot,
  requiredSlots,
  type SlotPath,
  type SlotSource,
  type SlotUpdate,
  slotPaths,
  slotValues,
} from '../contracts/brief.ts'
import { normalized } from '../contracts/text.ts'

/** Mean confidence of the required slots from which on the gate opens. */
export const confidenceNeeded = 0.7

/** The value as the rule for text admits it: what was stored under an older rule may be none. */
const valueIn = (slots: BriefSlots, path: SlotPath): unknown =>
  slots[path] && slotValues[path].safeParse(slots[path].value).data

/** Equal features were made one by the schema. */
const isFilled = (slots: BriefSlots, path: RequiredSlot): boolean => {
  const value = valueIn(slots, path)
  return path === 'product.features'
    ? Array.isArray(value) && value.length >= featuresWanted
    : value !== undefined
}

const rounded = (share: number): number => Math.round(share * 1000) / 1000

/** The gate of a brief: ready when every required slot is filled, with enough confidence on average. */
export const evaluateGate = (slots: BriefSlots): Gate => {
  const missing = requiredSlots.filter((path) => !isFilled(slots, path))
  const sum = requiredSlots.reduce((total, path) => total + (slots[path]?.confidence ?? 0), 0)
  const confidence = sum / requiredSlots.length
  return {
    ready: missing.length === 0 && confidence >= confidenceNeeded,
    missing_required: missing,
    completeness: rounded(1 - missing.length / requiredSlots.length),
    confidence: rounded(confidence),
  }
}

/** The slots with the updates of one turn applied; later updates of a path win. */
export const fillSlots = (slots: BriefSlots, updates: SlotUpdate[], turn: number): BriefSlots => ({
  ...slots,
  ...Object.fromEntries(
    updates.map(({ path, value, confidence, source }) => [
      path,
      { value, confidence, source, turn },
    ]),
  ),
})

/** Text is compared by its normalized form. */
const sameValue = (held: unknown, value: unknown): boolean => {
  const form = (_: string, part: unknown) => (typeof part === 'string' ? normalized(part) : part)
  return JSON.stringify(held, form) === JSON.stringify(value, form)
}

/** Updates that change a slot's value, confidence or source. */
export const newUpdates = (slots: BriefSlots, updates: SlotUpdate[]): SlotUpdate[] =>
  updates.filter(({ path, value, confidence, source }) => {
    const held = slots[path]
    return (
      held === undefined ||
      !sameValue(held.value, value) ||
      held.confidence !== confidence ||
      held.source !== source
    )
  })

/** The values alone, as far as they are known. */
export const knownOf = (slots: BriefSlots): Partial<Brief> => {
  const values: Partial<Record<SlotPath, unknown>> = {}
  for (const path of slotPaths) {
    const value = valueIn(slots, path)
    if (value !== undefined) values[path] = value
  }
  return values as Partial<Brief>
}

/** The values alone, for a run. @throws ZodError while a required slot is empty */
export const briefOf = (slots: BriefSlots): Brief => BriefSchema.parse(knownOf(slots))

/** Whose statement each of those values is. */
export const sourcesOf = (slots: BriefSlots): Partial<Record<SlotPath, SlotSource>> =>
  Object.fromEntries(
    slotPaths.flatMap((path) => {
      const source = slots[path]?.source
      return source === undefined ? [] : [[path, source] as const]
    }),
  )
