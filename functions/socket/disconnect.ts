import { socketHandler } from '../../shared/platform/socket-handler.ts'
import { note, principalHash } from '../../shared/platform/work-facts.ts'
import { connectionRepository } from '../repositories.ts'

const connections = connectionRepository()

/**
 * API Gateway reports a closed socket, best effort: one that is missed is found gone at the next push. A
 * second delivery finds nothing to remove.
 */
export const handler = socketHandler('disconnect', async (event) => {
  const connection = await connections.get(event.requestContext.connectionId)
  if (connection) {
    note({ session_id: connection.session_id, principal: principalHash(connection.owner) })
    await connections.remove(connection)
  }
  return { statusCode: 200 }
})
