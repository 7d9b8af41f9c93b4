import {
  ApiGatewayManagementApiClient,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi'
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'
import { isRecorded, record } from './record.ts'

const management = new ApiGatewayManagementApiClient({
  endpoint: process.env.SOCKET_ENDPOINT ?? '',
})

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

type SocketEvent = APIGatewayProxyWebsocketEventV2 & {
  queryStringParameters?: Record<string, string>
}

export const handler = async (event: SocketEvent): Promise<object> => {
  const { connectionId, routeKey } = event.requestContext
  const post = (value: unknown) =>
    management.send(
      new PostToConnectionCommand({ ConnectionId: connectionId, Data: JSON.stringify(value) }),
    )
  switch (routeKey) {
    case '$connect': {
      const query = event.queryStringParameters ?? {}
      if (query.deny) return { statusCode: Number(query.deny) }
      if (query.early) {
        const early = await post('too early').catch((error: Error) => error.name)
        await record(query.early, 'early', { early })
      }
      return { statusCode: 200 }
    }
    case '$disconnect': {
      await record(connectionId, 'disconnected', { context: event.requestContext })
      return { statusCode: 200 }
    }
    case 'returned':
      return { statusCode: 200, body: 'returned by the route' }
    default: {
      const body = event.body ?? ''
      if (body === 'throw') throw new Error('asked for it')
      if (body.startsWith('meet')) {
        await record('meeting', body, {})
        for (const other of ['meet 1', 'meet 2', 'meet 3']) {
          while (!(await isRecorded('meeting', other))) await pause(20)
        }
      }
      const known = await management.send(new GetConnectionCommand({ ConnectionId: connectionId }))
      await post({ routeKey, body, connectionId, connectedAt: known.ConnectedAt })
      return { statusCode: 200 }
    }
  }
}
