import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'
import { connectionRepository } from '../composition.ts'

const connections = connectionRepository()

type ConnectEvent = APIGatewayProxyWebsocketEventV2 & {
  queryStringParameters?: Record<string, string> | null
}

/** API Gateway calls before it opens a socket. A second delivery finds the ticket used and refuses. */
export const handler = async (event: ConnectEvent): Promise<{ statusCode: number }> => {
  const ticket = event.queryStringParameters?.ticket ?? ''
  const connection = await connections.open(ticket, event.requestContext.connectionId)
  return { statusCode: connection ? 200 : 401 }
}
