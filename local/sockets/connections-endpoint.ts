import { done } from '../functions/call-batches.ts'
import type { ControlAnswer, ControlCall } from '../functions/messages.ts'
import { type Connection, socketLimits } from './connection.ts'
import type { SocketApi } from './socket-api.ts'

/** Answers a request of the API Gateway management API on one connection. */
export const manageConnection = (
  api: SocketApi,
  connectionId: string,
  { method, body }: ControlCall,
): ControlAnswer => {
  if (Buffer.byteLength(body) > socketLimits.messageBytes) {
    return refusal(413, 'PayloadTooLargeException')
  }
  const connection = api.connections.get(connectionId)
  // So it is before `$connect` has returned, too: nothing waits for the connection to open.
  if (!connection?.isOpen) return refusal(410, 'GoneException')
  return perform(connection, method, body)
}

const perform = (connection: Connection, method: string, body: string): ControlAnswer => {
  switch (method) {
    case 'POST':
      return connection.send(body) ? done : refusal(429, 'LimitExceededException')
    case 'GET':
      return { status: 200, headers: json, body: JSON.stringify(describe(connection)) }
    case 'DELETE':
      connection.close()
      return { status: 204, headers: {}, body: '' }
    default:
      return refusal(403, 'ForbiddenException')
  }
}

const json = { 'content-type': 'application/json' }

const describe = ({ facts, lastActiveAt }: Connection): object => ({
  connectedAt: new Date(facts.connectedAt).toISOString(),
  identity: { sourceIp: facts.sourceIp, userAgent: facts.userAgent },
  lastActiveAt: new Date(lastActiveAt).toISOString(),
})

const refusal = (status: number, type: string): ControlAnswer => ({
  status,
  headers: { ...json, 'x-amzn-errortype': type },
  body: JSON.stringify({ message: type.replace('Exception', '') }),
})
