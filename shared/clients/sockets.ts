import { requiredSetting } from '../platform/environment.ts'
import { environmentNames } from '../platform/environment-names.ts'
import { AwsRefusal, type AwsService, sendToAws } from './aws-request.ts'
import { environmentCredentials } from './aws-signature.ts'

/** Open sockets, by connection id. */
export interface Sockets {
  /** Sends one frame. Answers `gone` when the connection no longer exists. */
  post(connectionId: string, frame: string): Promise<'sent' | 'gone'>
  /** Ends a connection; one that no longer exists is no failure. */
  close(connectionId: string): Promise<void>
}

let service: AwsService | undefined

/** The management endpoint of the WebSocket API, named by SOCKET_ENDPOINT. */
const management = (): AwsService => {
  service ??= {
    name: 'execute-api',
    endpoint: new URL(requiredSetting(environmentNames.socketEndpoint)),
    region: requiredSetting('AWS_REGION'),
    credentials: environmentCredentials,
  }
  return service
}

/** A push is a hint: the client reads what it missed. */
const tries = 2

const ask = async (
  method: 'POST' | 'DELETE',
  id: string,
  body: string,
): Promise<'sent' | 'gone'> => {
  const path = `/@connections/${encodeURIComponent(id)}`
  const headers = { 'content-type': 'application/octet-stream' }
  try {
    await sendToAws(management(), { method, path, headers, body }, tries)
    return 'sent'
  } catch (error) {
    if (error instanceof AwsRefusal && error.$metadata.httpStatusCode === 410) return 'gone'
    throw error
  }
}

/**
 * Open sockets through API Gateway. One post is the commonest request of all, and the SDK's client took several
 * times the processor time of what it sends.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
 */
export const sockets: Sockets = {
  post: (connectionId, frame) => ask('POST', connectionId, frame),
  async close(connectionId) {
    await ask('DELETE', connectionId, '')
  },
}
