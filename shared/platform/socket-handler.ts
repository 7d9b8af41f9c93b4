import type { APIGatewayProxyWebsocketEventV2, Context } from 'aws-lambda'
import { newId } from './ids.ts'
import { invocationFacts, recordedInvocation } from './recorded-work.ts'
import { note } from './work-facts.ts'

type Answer = { statusCode: number }

/**
 * A handler of one route of the socket API, which writes one line for each frame, and for a socket
 * that opens or closes. A frame brings no request id of its own and gets one of ours.
 * @param what how the line names it, until the frame has said what it is
 */
export const socketHandler =
  <E extends APIGatewayProxyWebsocketEventV2>(what: string, serve: (event: E) => Promise<Answer>) =>
  (event: E, context: Context): Promise<Answer> => {
    const { requestId, connectionId } = event.requestContext
    const facts = {
      ...invocationFacts(context),
      what,
      request_id: newId('req'),
      gateway_request_id: requestId,
      connection_id: connectionId,
    }
    return recordedInvocation('frame', facts, async () => {
      const answer = await serve(event)
      note({ status: answer.statusCode })
      return answer
    })
  }
