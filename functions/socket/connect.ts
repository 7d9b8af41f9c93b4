import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'
import { socketAdmission } from '../composition.ts'

const admission = socketAdmission()

type ConnectEvent = APIGatewayProxyWebsocketEventV2 & {
  queryStringParameters?: Record<string, string> | null
}

/** API Gateway calls before it opens a socket. A second delivery finds the ticket used and refuses. */
export const handler = async (event: ConnectEvent): Promise<{ statusCode: number }> => {
  const ticket = event.queryStringParameters?.ticket ?? ''
  const isAdmitted = await admission.admit(ticket, event.requestContext.connectionId)
  return { statusCode: isAdmitted ? 200 : 401 }
}
