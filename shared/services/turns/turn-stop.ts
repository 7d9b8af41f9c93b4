import { ConditionFailed } from '../../clients/store.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { Clock } from '../../platform/clock.ts'
import { log, measure } from '../../platform/telemetry.ts'
import { isLeased } from '../../repositories/session.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import { ownedSession, sessionNotFound } from '../../rules/ownership.ts'
import { turnMs } from '../../rules/time-budgets.ts'
import type { StreamService } from '../log/stream-service.ts'
import { type LeasedTurn, turnError } from './turn-commit.ts'

export interface StopDependencies {
  clock: Clock
  sessions: SessionRepository
  streams: StreamService
}

/**
 * Ends the turn in progress, if there is one: its lease goes and the log says so in one transaction,
 * so nothing of that turn can be committed or shown any more.
 */
export const stop = async (
  { clock, sessions, streams }: StopDependencies,
  sessionId: string,
  principal: string,
): Promise<{ stopped: boolean; turn: number }> => {
  const session = ownedSession(await sessions.get(sessionId), principal)
  const { turn, lease } = session
  if (!lease || !isLeased(session, clock.now())) return { stopped: false, turn }
  const stream = streams.open(sessionId)
  try {
    await stream.commit(
      [turnError(session, 'STOPPED', { retryable: false })],
      [sessions.releaseLease(sessionId, lease.id)],
    )
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error
    return { stopped: false, turn }
  }
  measure('TurnEnd', 1, { outcome: 'stopped' })
  await stream.settled()
  return { stopped: true, turn }
}

/** A signal that aborts when a turn has to be over. */
export const cutOff = (deadline: number | undefined, now: number) => {
  const cut = new AbortController()
  const failure = (): StudioError =>
    new StudioError('TURN_TIMEOUT', 'The reply did not come while it could be waited for.')
  const timer =
    deadline === undefined
      ? undefined
      : setTimeout(() => cut.abort(failure()), Math.max(0, deadline - now))
  return { signal: cut.signal, clear: () => clearTimeout(timer) }
}

/**
 * Ends a turn that the log says was stopped, and a long one whose session was erased, until the returned function is
 * called.
 */
export const watch = (
  { sessions }: Pick<StopDependencies, 'sessions'>,
  { stream, session, stop }: Pick<LeasedTurn, 'stream' | 'session'> & { stop: AbortController },
): (() => void) => {
  const stopWatching = stream.watch(turnMs.watch)
  const look = async (): Promise<void> => {
    try {
      if ((await sessions.get(session.session_id)) === undefined) stop.abort(sessionNotFound())
    } catch (error) {
      // The next look, or the turn's end, finds what this one missed.
      log.debug('look failed', { error: error as Error })
    }
  }
  const timer = setInterval(look, turnMs.erased)
  return () => {
    stopWatching()
    clearInterval(timer)
  }
}
