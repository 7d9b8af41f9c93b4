import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'
import { connectionRepository } from '../composition.ts'

const connections = connectionRepository()

/** API Gateway tells that a socket closed, best effort: what it misses is found gone at the next push. */
export const handler = async (
  event: APIGatewayProxyWebsocketEventV2,
): Promise<{ statusCode: number }> => {
  const connection = await connections.get(event.requestContext.connectionId)
  if (connection) await connections.remove(connection)
  return { statusCode: 200 }
}
