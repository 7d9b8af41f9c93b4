import type { ConnectionRepository } from '../../repositories/connection-repository.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import { accessOf } from '../../rules/ownership.ts'

export interface AdmissionDependencies {
  connections: Pick<ConnectionRepository, 'open' | 'remove'>
  sessions: Pick<SessionRepository, 'get'>
}

export const createSocketAdmission = ({ connections, sessions }: AdmissionDependencies) => ({
  /**
   * Whether a ticket opens a connection. Access is looked at after the connection is stored: a reader that is
   * removed meanwhile is found either here or by what removes it.
   */
  async admit(ticket: string, connectionId: string): Promise<boolean> {
    const connection = await connections.open(ticket, connectionId)
    if (!connection) return false
    const session = await sessions.get(connection.session_id)
    if (session && accessOf(session, connection.owner)) return true
    await connections.remove(connection)
    return false
  },
})
