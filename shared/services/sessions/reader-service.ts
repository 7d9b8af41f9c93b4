import { StudioError } from '../../contracts/errors.ts'
import { Principal, readersLimit } from '../../contracts/identity.ts'
import type { ReaderRepository } from '../../repositories/reader-repository.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import { ownedSession } from '../../rules/ownership.ts'
import { type ClosingDependencies, closeSockets } from '../delivery/close-sockets.ts'

export interface ReaderDependencies extends ClosingDependencies {
  sessions: Pick<SessionRepository, 'get'>
  readers: ReaderRepository
}

export interface ReaderService {
  /** @throws StudioError SESSION_NOT_FOUND, FORBIDDEN */
  list(sessionId: string, principal: string): Promise<string[]>
  /**
   * Names a reader; one that is named already stays.
   * @throws StudioError SESSION_NOT_FOUND, FORBIDDEN, INVALID_INPUT, REQUEST_IN_FLIGHT
   */
  add(sessionId: string, principal: string, reader: string): Promise<string[]>
  /**
   * Removes a reader and closes its sockets; streams end by themselves. One that is none is no failure.
   * @throws StudioError SESSION_NOT_FOUND, FORBIDDEN, REQUEST_IN_FLIGHT
   */
  remove(sessionId: string, principal: string, reader: string): Promise<string[]>
}

/** Times that a change is tried while others change the same list. */
const changeTries = 10

const refused = (message: string): StudioError =>
  new StudioError('INVALID_INPUT', 'The reader breaks the rule named in errors.', {
    errors: [{ path: 'principal', message }],
  })

const change = async (
  dependencies: ReaderDependencies,
  sessionId: string,
  principal: string,
  changed: (readers: readonly string[]) => string[],
): Promise<string[]> => {
  const { sessions, readers } = dependencies
  for (let tried = 0; tried < changeTries; tried += 1) {
    const session = ownedSession(await sessions.get(sessionId), principal)
    const before = session.readers ?? []
    const after = changed(before)
    const isSame = after.length === before.length
    if (isSame || (await readers.replace(session, after))) return after
  }
  throw new StudioError('REQUEST_IN_FLIGHT', 'Other changes of the readers go on.', {
    retryAfter: 1,
  })
}

export const createReaderService = (dependencies: ReaderDependencies): ReaderService => ({
  async list(sessionId, principal) {
    const session = ownedSession(await dependencies.sessions.get(sessionId), principal)
    return [...(session.readers ?? [])]
  },
  add(sessionId, principal, reader) {
    return change(dependencies, sessionId, principal, (readers) => {
      if (!Principal.safeParse(reader).success) throw refused('must be a principal of GET /api/me')
      if (reader === principal) throw refused('must be another principal than the owner')
      if (readers.includes(reader)) return [...readers]
      if (readers.length < readersLimit) return [...readers, reader]
      throw refused(`must be one of ${readersLimit} readers at most; remove another one first`)
    })
  },
  async remove(sessionId, principal, reader) {
    const left = await change(dependencies, sessionId, principal, (readers) =>
      readers.filter((each) => each !== reader),
    )
    // Also when it was removed before: the first time may have died in between.
    await closeSockets(dependencies, sessionId, ({ owner }) => owner === reader)
    return left
  },
})
