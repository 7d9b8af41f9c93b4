import {
  type Brief,
  Brief as BriefSchema,
  type BriefSlots,
  featuresWanted,
  type Gate,
  type RequiredSlot,
  requiredSlots,
  type SlotPath,
  type SlotUpdate,
  slotPaths,
} from '../contracts/brief.ts'

/** Mean confidence of the required slots from which on the gate opens. */
export const confidenceNeeded = 0.7

const isFilled = (slots: BriefSlots, path: RequiredSlot): boolean =>
  path === 'product.features'
    ? (slots[path]?.value.length ?? 0) >= featuresWanted
    : slots[path] !== undefined

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

/** Updates that change a slot's value, confidence or source. */
export const newUpdates = (slots: BriefSlots, updates: SlotUpdate[]): SlotUpdate[] =>
  updates.filter(({ path, value, confidence, source }) => {
    const held = slots[path]
    return (
      held === undefined ||
      JSON.stringify(held.value) !== JSON.stringify(value) ||
      held.confidence !== confidence ||
      held.source !== source
    )
  })

/** The values alone, for a run. @throws ZodError while a required slot is empty */
export const briefOf = (slots: BriefSlots): Brief => {
  const values: Partial<Record<SlotPath, unknown>> = {}
  for (const path of slotPaths) {
    const slot = slots[path]
    if (slot !== undefined) values[path] = slot.value
  }
  return BriefSchema.parse(values)
}
