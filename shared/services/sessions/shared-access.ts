import type { SessionRepository } from '../../repositories/session-repository.ts'
import { accessOf } from '../../rules/ownership.ts'

interface Belonging {
  owner: string
  session_id: string
}

/**
 * A run or job with the readers of its session, which are looked up for a caller that does not own it and
 * for no other: an owner's request is no slower for them.
 */
export const withReaders = async <T extends Belonging>(
  sessions: Pick<SessionRepository, 'get'>,
  found: T,
  principal: string,
): Promise<T & { readers?: readonly string[] | undefined }> => {
  if (accessOf(found, principal) === 'owner') return found
  const session = await sessions.get(found.session_id)
  return { ...found, readers: session?.readers }
}
