import { valueViolations } from '../../agents/planner-agent.ts'
import { ConditionFailed } from '../../clients/store.ts'
import { type BriefSlots, type SlotPath, SlotUpdate, slotPaths } from '../../contracts/brief.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { BriefEdit } from '../../contracts/http/brief-routes.ts'
import { refusedValue } from '../../platform/wording/brief.ts'
import type { Session } from '../../repositories/session.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import { gateOpening, slotChange, stateChange } from '../../rules/brief-events.ts'
import type { Caller } from '../../rules/caller.ts'
import { evaluateGate, fillSlots, newUpdates } from '../../rules/gate.ts'
import { ownedSession } from '../../rules/ownership.ts'
import { transition } from '../../rules/session-state.ts'
import type { EarlyResearchRequest } from '../early-research/early-research-request.ts'
import type { LimitService } from '../limits/limit-service.ts'
import type { StreamService } from '../log/stream-service.ts'
import { turnInProgress } from '../turns/turn.ts'

export interface BriefDependencies {
  limits: LimitService
  sessions: Pick<SessionRepository, 'get' | 'edit'>
  streams: Pick<StreamService, 'open'>
  earlyResearch: EarlyResearchRequest
}

export interface BriefEditInput {
  sessionId: string
  principal: string
  slots: BriefEdit['slots']
  caller?: Caller
}

/** Times an edit is computed anew when the session moved under it. */
const editTries = 8

const asUpdates = (wanted: BriefEdit['slots']): SlotUpdate[] =>
  slotPaths.flatMap((path) => {
    const value = wanted[path]
    if (value === undefined || value === null) return []
    return [SlotUpdate.parse({ path, value, confidence: 1, source: 'user' })]
  })

/** A value by hand follows the rules of one by the planner. @throws StudioError INVALID_INPUT */
const assertValues = (updates: SlotUpdate[]): void => {
  const errors = updates.flatMap((update) =>
    valueViolations(update).map((violation) => ({ path: `slots.${update.path}`, ...violation })),
  )
  const [first] = errors
  if (first === undefined) return
  throw new StudioError('INVALID_INPUT', 'A slot holds what no slot may.', {
    errors,
    wording: refusedValue[first.rule],
  })
}

const without = (slots: BriefSlots, paths: SlotPath[]): BriefSlots =>
  Object.fromEntries(Object.entries(slots).filter(([path]) => !paths.includes(path as SlotPath)))

/** What an edit makes of the session as it is now. @throws StudioError RUN_IN_PROGRESS */
const editOf = (session: Session, wanted: BriefEdit['slots']) => {
  const updates = newUpdates(session.slots, asUpdates(wanted))
  const cleared = slotPaths.filter((path) => wanted[path] === null && session.slots[path])
  const slots = without(fillSlots(session.slots, updates, session.turn), cleared)
  const gate = evaluateGate(slots)
  const isChanged = updates.length + cleared.length > 0
  const state = transition(session.state, { type: 'brief-edited', gateReady: gate.ready })
  if (state === null) {
    throw new StudioError('RUN_IN_PROGRESS', 'The brief is edited when the run has ended.', {
      retryAfter: 10,
    })
  }
  return { updates, cleared, slots, gate, isChanged, state: isChanged ? state : session.state }
}

const edit = async (
  dependencies: Omit<BriefDependencies, 'limits'>,
  session: Session,
  wanted: BriefEdit['slots'],
  tries = editTries,
) => {
  const { sessions, streams, earlyResearch } = dependencies
  const { session_id } = session
  const { updates, cleared, slots, gate, state, isChanged } = editOf(session, wanted)
  if (isChanged) {
    const stream = streams.open(session_id)
    try {
      await stream.commit(
        [
          ...slotChange(updates, slots, cleared),
          ...stateChange(session.state, state),
          ...gateOpening(session.slots, gate),
        ],
        [sessions.edit(session, { state, slots })],
      )
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error
      if (tries <= 1) throw turnInProgress(error)
      const now = ownedSession(await sessions.get(session_id), session.owner)
      return edit(dependencies, now, wanted, tries - 1)
    }
    await stream.settled()
    await earlyResearch.consider({ ...session, state }, session.slots, slots)
  }
  return { session_id, state, slot_updates: updates, cleared, brief_slots: slots, gate }
}

export const createBriefService = (dependencies: BriefDependencies) => ({
  /**
   * Changes slots by hand, at any time but during a run: a turn that is being answered ends with them.
   * Each change is one transaction with its event; values that are there already change nothing.
   * @throws StudioError SESSION_NOT_FOUND, FORBIDDEN, INVALID_INPUT, RUN_IN_PROGRESS, RATE_LIMITED, and
   * TURN_IN_PROGRESS when the session is changed by others at every try
   */
  async edit({ sessionId, principal, slots, caller = { principal } }: BriefEditInput) {
    assertValues(asUpdates(slots))
    const [found, admission] = await Promise.all([
      dependencies.sessions.get(sessionId),
      dependencies.limits.admit(caller, { edits: 1 }),
    ])
    try {
      return await edit(dependencies, ownedSession(found, principal), slots)
    } catch (error) {
      await admission.giveBack()
      throw error
    }
  },
})
