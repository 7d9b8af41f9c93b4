import { randomBytes } from 'node:crypto'
import { StudioError } from '../../contracts/errors.ts'
import { type Clock, isoTime } from '../../platform/clock.ts'
import type { HandoffRepository } from '../../repositories/handoff-repository.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import type { Caller } from '../../rules/caller.ts'
import { ownedSession } from '../../rules/ownership.ts'
import { retention } from '../../rules/retention.ts'
import type { LimitService } from '../limits/limit-service.ts'

export interface HandoffDependencies {
  clock: Clock
  limits: LimitService
  sessions: Pick<SessionRepository, 'get'>
  handoffs: HandoffRepository
  /** Whether another device can be made to act as a principal; else it signs in as that one. */
  mintsTokens: () => boolean
}

/** Of the code: the session's id without its prefix, and 128 random bits. */
const codeForm = /^([0-9a-z]{26})([0-9a-f]{32})$/

const missing = (): StudioError =>
  new StudioError('HANDOFF_NOT_FOUND', 'There is no handoff with this code, or it was used.')

export const createHandoffService = ({
  clock,
  limits,
  sessions,
  handoffs,
  mintsTokens,
}: HandoffDependencies) => ({
  /**
   * A code that makes another device act as the owner of the session, once and within five minutes.
   * @throws StudioError SESSION_NOT_FOUND, FORBIDDEN, RATE_LIMITED
   */
  async create(sessionId: string, principal: string, caller: Caller = { principal }) {
    const [found] = await Promise.all([
      sessions.get(sessionId),
      limits.admit(caller, { handoffs: 1 }),
    ])
    ownedSession(found, principal)
    const secret = randomBytes(16).toString('hex')
    await handoffs.create(sessionId, secret)
    return {
      code: `${sessionId.slice('sess_'.length)}${secret}`,
      expires_at: isoTime(clock.now() + retention.handoff.seconds * 1000),
    }
  },

  /**
   * Uses a code up. A caller that is another principal has sessions of its own, which it would lose sight
   * of: it has to say that it means to.
   * @throws StudioError HANDOFF_NOT_FOUND, IDENTITY_CONFLICT, RATE_LIMITED
   */
  async redeem(
    code: string,
    {
      principal,
      caller,
      replace,
    }: { principal: string | undefined; caller: Caller; replace: boolean },
  ): Promise<{ session_id: string; owner: string }> {
    await limits.admit(caller, { handoffs: 1 })
    const [, id, secret] = codeForm.exec(code) ?? []
    if (id === undefined || secret === undefined) throw missing()
    const session_id = `sess_${id}`
    const session = await sessions.get(session_id)
    if (!session) throw missing()
    const mayTakeOver = mintsTokens() && (principal === undefined || replace)
    if (principal !== session.owner && !mayTakeOver) {
      if (await handoffs.isGood(session_id, secret)) {
        throw new StudioError(
          'IDENTITY_CONFLICT',
          'The caller is not the principal whose session it is.',
        )
      }
      throw missing()
    }
    if (!(await handoffs.use(session_id, secret))) throw missing()
    return { session_id, owner: session.owner }
  },
})
