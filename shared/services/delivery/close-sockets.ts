import type { Sockets } from '../../clients/sockets.ts'
import { log } from '../../platform/telemetry.ts'
import type { Connection, ConnectionRepository } from '../../repositories/connection-repository.ts'

export interface ClosingDependencies {
  connections: Pick<ConnectionRepository, 'listOf' | 'remove'>
  sockets: Pick<Sockets, 'close'>
}

/**
 * Ends a session's sockets, or those of one reader: pushes stop, frames are ignored and the connection ends.
 * What cannot be closed is deaf all the same, since nothing knows it any more.
 */
export const closeSockets = async (
  { connections, sockets }: ClosingDependencies,
  sessionId: string,
  isMeant: (connection: Connection) => boolean = () => true,
): Promise<void> => {
  const open = (await connections.listOf(sessionId)).filter(isMeant)
  await Promise.all(
    open.map(async (connection) => {
      await connections.remove(connection)
      await sockets.close(connection.connection_id).catch((error) => {
        log.warn('socket not closed', { error: error as Error })
      })
    }),
  )
}
