import type { Clock } from '../../platform/clock.ts'
import type { EventRepository } from '../../repositories/event-repository.ts'
import { isLeased, type Session } from '../../repositories/session.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import type { Caller } from '../../rules/caller.ts'
import { ownedSession } from '../../rules/ownership.ts'
import { type Admission, type LimitService, nothingTaken } from '../limits/limit-service.ts'
import { turnInProgress } from '../turns/turn.ts'
import type { Recording } from './recording-service.ts'
import type { GrantedCall } from './transcription-calls.ts'
import type { TranscriptionService } from './transcription-service.ts'

export interface CountDependencies {
  clock: Clock
  sessions: Pick<SessionRepository, 'get'>
  events: Pick<EventRepository, 'lastSeq'>
  limits: LimitService
  transcriptions: Pick<TranscriptionService, 'grant'>
}

interface Counted {
  sessionId: string
  principal: string
  caller?: Caller | undefined
}

/**
 * The turn, counted beside the read that it begins with. One whose recording is refused stays counted.
 * @throws StudioError also RATE_LIMITED
 */
export const countTurn = async (
  { clock, sessions, limits }: CountDependencies,
  { sessionId, principal, caller = { principal } }: Counted,
): Promise<{ session: Session; counted: Admission }> => {
  const [found, counted] = await Promise.all([
    sessions.get(sessionId),
    limits.admit(caller, { turns: 1 }),
  ])
  const session = ownedSession(found, principal)
  if (isLeased(session, clock.now())) {
    await counted.giveBack()
    throw turnInProgress()
  }
  return { session, counted }
}

export interface CountedSeconds {
  /** Where the log ends. */
  after: number
  granted: GrantedCall | undefined
  /** Puts everything back, the turn too, for a turn that does not begin. Never rejects. */
  giveBack(): Promise<void>
}

/**
 * The seconds that will be transcribed, counted and reserved beside a read: what cannot be afforded
 * begins no turn, and takes nothing. @throws StudioError RATE_LIMITED, BUDGET_EXCEEDED
 */
export const countSeconds = async (
  { events, limits, transcriptions }: CountDependencies,
  { sessionId, principal, caller = { principal } }: Counted,
  { recording, counted }: { recording: Recording; counted: Admission },
): Promise<CountedSeconds> => {
  const granting = transcriptions.grant(principal, recording)
  // Silence is not sent to the provider.
  const admitting = recording.silent
    ? Promise.resolve(nothingTaken)
    : limits.admit(caller, { transcription: Math.ceil(recording.seconds) })
  const giveBack = async (): Promise<void> => {
    await Promise.allSettled([
      counted.giveBack(),
      admitting.then((admission) => admission.giveBack()),
      granting.then((granted) => granted?.reservation.release()),
    ])
  }
  try {
    const [after, granted] = await Promise.all([events.lastSeq(sessionId), granting, admitting])
    return { after, granted, giveBack }
  } catch (error) {
    await giveBack()
    throw error
  }
}
