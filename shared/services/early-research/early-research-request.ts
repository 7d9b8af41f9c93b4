import type { Queue } from '../../clients/queue.ts'
import type { BriefSlots } from '../../contracts/brief.ts'
import type { EarlyResearchTask } from '../../contracts/pipeline.ts'
import { unlessAborted } from '../../platform/abort.ts'
import { log } from '../../platform/telemetry.ts'
import { currentRequestId } from '../../platform/work-facts.ts'
import type { Session } from '../../repositories/session.ts'
import { beginsSubject, earlyResearchMs } from '../../rules/early-research.ts'

/** A session whose brief has just changed. */
type Changed = Pick<Session, 'session_id' | 'mode' | 'locale' | 'state'>

export interface EarlyResearchRequest {
  /**
   * Asks for a search ahead of the run when a committed change of the brief has made it say what to search for,
   * or something else than before; only in `fast` mode. Never rejects: a run whose search was not asked for
   * searches by itself.
   */
  consider(session: Changed, before: BriefSlots, after: BriefSlots): Promise<void>
}

/** @param queue large, and loaded when there is something to ask for */
export const createEarlyResearchRequest = (
  queue: () => Promise<Pick<Queue, 'send'>>,
): EarlyResearchRequest => ({
  async consider(session, before, after) {
    if (!beginsSubject(session, before, after)) return
    const { session_id } = session
    const request_id = currentRequestId()
    const task: EarlyResearchTask = { session_id, ...(request_id !== undefined && { request_id }) }
    try {
      const sent = queue().then((it) => it.send([task]))
      await unlessAborted(sent, AbortSignal.timeout(earlyResearchMs.send))
    } catch (error) {
      log.warn('early research not asked for; the run searches by itself', { session_id, error })
    }
  },
})
