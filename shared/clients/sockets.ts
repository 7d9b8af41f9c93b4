import {
  ApiGatewayManagementApiClient,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi'
import { requiredSetting } from '../platform/environment.ts'
import { environmentNames } from '../platform/environment-names.ts'

/** Open sockets, by connection id. */
export interface Sockets {
  /** Sends one frame. Answers `gone` when the connection no longer exists. */
  post(connectionId: string, frame: string): Promise<'sent' | 'gone'>
}

let client: ApiGatewayManagementApiClient | undefined

/** The WebSocket API's management endpoint, named by SOCKET_ENDPOINT. */
export const sockets: Sockets = {
  async post(connectionId, frame) {
    client ??= new ApiGatewayManagementApiClient({
      endpoint: requiredSetting(environmentNames.socketEndpoint),
      maxAttempts: 2,
    })
    try {
      await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: frame }))
      return 'sent'
    } catch (error) {
      if (error instanceof GoneException) return 'gone'
      throw error
    }
  },
}
