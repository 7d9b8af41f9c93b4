import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'
import { problems } from '../../shared/contracts/problems.ts'
import { frameForms } from '../../shared/contracts/socket.ts'
import { socketHandler } from '../../shared/platform/socket-handler.ts'
import { measure } from '../../shared/platform/telemetry.ts'
import { note, principalHash } from '../../shared/platform/work-facts.ts'
import { socketAdmission } from '../socket-composition.ts'

const admission = socketAdmission()

type ConnectEvent = APIGatewayProxyWebsocketEventV2 & {
  queryStringParameters?: Record<string, string> | null
}

/** API Gateway calls before it opens a socket. A second delivery finds the ticket used and refuses. */
export const handler = socketHandler<ConnectEvent>('connect', async (event) => {
  const { ticket = '', frames: form = 'event' } = event.queryStringParameters ?? {}
  const frames = frameForms.find((known) => known === form)
  // The ticket stays good.
  if (!frames) return { statusCode: problems.INVALID_INPUT.status }
  const { connectionId: connection_id } = event.requestContext
  const connection = await admission.admit(ticket, { connection_id, frames })
  if (!connection) return { statusCode: 401 }
  note({ session_id: connection.session_id, principal: principalHash(connection.owner) })
  measure('StreamOpened', 1, { channel: 'socket' })
  return { statusCode: 200 }
})
