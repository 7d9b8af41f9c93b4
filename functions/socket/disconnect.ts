import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'
import { connectionRepository } from '../composition.ts'

const connections = connectionRepository()

/**
 * API Gateway reports a closed socket, best effort: one that is missed is found gone at the next push. A
 * second delivery finds nothing to remove.
 */
export const handler = async (
  event: APIGatewayProxyWebsocketEventV2,
): Promise<{ statusCode: number }> => {
  const connection = await connections.get(event.requestContext.connectionId)
  if (connection) await connections.remove(connection)
  return { statusCode: 200 }
}
