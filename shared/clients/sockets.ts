import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi'
import { requiredSetting } from '../platform/environment.ts'
import { environmentNames } from '../platform/environment-names.ts'

/** Open sockets, by connection id. */
export interface Sockets {
  /** Sends one frame. Answers `gone` when the connection no longer exists. */
  post(connectionId: string, frame: string): Promise<'sent' | 'gone'>
  /** Ends a connection; one that no longer exists is no failure. */
  close(connectionId: string): Promise<void>
}

let client: ApiGatewayManagementApiClient | undefined

const management = (): ApiGatewayManagementApiClient => {
  client ??= new ApiGatewayManagementApiClient({
    endpoint: requiredSetting(environmentNames.socketEndpoint),
    maxAttempts: 2,
  })
  return client
}

/** The WebSocket API's management endpoint, named by SOCKET_ENDPOINT. */
export const sockets: Sockets = {
  async post(connectionId, frame) {
    try {
      await management().send(
        new PostToConnectionCommand({ ConnectionId: connectionId, Data: frame }),
      )
      return 'sent'
    } catch (error) {
      if (error instanceof GoneException) return 'gone'
      throw error
    }
  },
  async close(connectionId) {
    try {
      await management().send(new DeleteConnectionCommand({ ConnectionId: connectionId }))
    } catch (error) {
      if (!(error instanceof GoneException)) throw error
    }
  },
}
