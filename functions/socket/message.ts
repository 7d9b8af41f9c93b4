import { socketHandler } from '../../shared/platform/socket-handler.ts'
import { socketService } from '../voice-composition.ts'

const service = socketService()

/** API Gateway delivers one frame; the answers go out over the socket. */
export const handler = socketHandler('frame', async (event) => {
  await service.receive(event.requestContext.connectionId, event.body ?? '')
  return { statusCode: 200 }
})
