import type {
  AskedConnection,
  Connection,
  ConnectionRepository,
} from '../../repositories/connection-repository.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import { accessOf } from '../../rules/ownership.ts'

export interface AdmissionDependencies {
  connections: Pick<ConnectionRepository, 'open' | 'remove'>
  sessions: Pick<SessionRepository, 'get'>
}

export const createSocketAdmission = ({ connections, sessions }: AdmissionDependencies) => ({
  /**
   * The connection that a ticket opens; undefined when it opens none. Access is looked at after the connection is stored: a reader that is
   * removed meanwhile is found either here or by what removes it.
   */
  async admit(ticket: string, asked: AskedConnection): Promise<Connection | undefined> {
    const connection = await connections.open(ticket, asked)
    if (!connection) return undefined
    const session = await sessions.get(connection.session_id)
    if (session && accessOf(session, connection.owner)) return connection
    await connections.remove(connection)
    return undefined
  },
})
