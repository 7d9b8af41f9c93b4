import type { BriefSlots, Gate, SlotPath, SlotUpdate } from '../contracts/brief.ts'
import type { EventDraft } from '../contracts/events.ts'
import type { SessionState } from '../contracts/session.ts'
import { evaluateGate } from './gate.ts'

/** How the log records what became of a session's brief. */

export const stateChange = (from: SessionState, to: SessionState): EventDraft[] =>
  from === to ? [] : [{ type: 'stage.changed', data: { from, to, state: to } }]

/** @param cleared of an edit by hand: the slots that it emptied, if any */
export const slotChange = (
  slot_updates: SlotUpdate[],
  slots: BriefSlots,
  cleared?: SlotPath[],
): EventDraft[] =>
  slot_updates.length + (cleared?.length ?? 0) > 0
    ? [
        {
          type: 'slot.updated',
          data: { slot_updates, gate: evaluateGate(slots), ...(cleared ? { cleared } : {}) },
        },
      ]
    : []

/** Announces a gate that was shut before. */
export const gateOpening = (before: BriefSlots, gate: Gate): EventDraft[] =>
  gate.ready && !evaluateGate(before).ready ? [{ type: 'gate.ready', data: gate }] : []
