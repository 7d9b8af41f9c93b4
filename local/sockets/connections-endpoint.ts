import type { IncomingMessage, ServerResponse } from 'node:http'
import { RequestTooLarge, readBody } from '../http/http-request.ts'
import { type Connection, socketLimits } from './connection.ts'
import type { SocketApi } from './socket-api.ts'

/** Answers a request of the API Gateway management API on one connection. */
export const manageConnection = async (
  api: SocketApi,
  connectionId: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  try {
    const body = await readBody(request, socketLimits.messageBytes)
    const connection = api.connections.get(connectionId)
    // So it is before `$connect` has returned, too: nothing waits for the connection to open.
    if (!connection?.isOpen) return sendError(response, 410, 'GoneException')
    perform(connection, request.method, body, response)
  } catch (error) {
    if (!(error instanceof RequestTooLarge)) throw error
    sendError(response, 413, 'PayloadTooLargeException')
  }
}

const perform = (
  connection: Connection,
  method: string | undefined,
  body: Buffer,
  response: ServerResponse,
): void => {
  switch (method) {
    case 'POST':
      if (connection.send(body.toString('utf8'))) response.writeHead(200).end()
      else sendError(response, 429, 'LimitExceededException')
      break
    case 'GET':
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(
        JSON.stringify({
          connectedAt: new Date(connection.facts.connectedAt).toISOString(),
          identity: {
            sourceIp: connection.facts.sourceIp,
            userAgent: connection.facts.userAgent,
          },
          lastActiveAt: new Date(connection.lastActiveAt).toISOString(),
        }),
      )
      break
    case 'DELETE':
      connection.close()
      response.writeHead(204).end()
      break
    default:
      sendError(response, 403, 'ForbiddenException')
  }
}

const sendError = (response: ServerResponse, status: number, type: string): void => {
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type })
  response.end(JSON.stringify({ message: type.replace('Exception', '') }))
}
