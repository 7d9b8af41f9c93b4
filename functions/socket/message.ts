import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'
import { socketService } from '../composition.ts'

const service = socketService()

/** API Gateway delivers one frame; the answers go out over the socket. */
export const handler = async (
  event: APIGatewayProxyWebsocketEventV2,
): Promise<{ statusCode: number }> => {
  await service.receive(event.requestContext.connectionId, event.body ?? '')
  return { statusCode: 200 }
}
