import type { Sockets } from '../../clients/sockets.ts'
import { asStudioError, StudioError } from '../../contracts/errors.ts'
import type { StudioEvent } from '../../contracts/events.ts'
import type { FieldError } from '../../contracts/problems.ts'
import { ClientFrame, type RejectedFrame, replayBytesLimit } from '../../contracts/socket.ts'
import type { Clock } from '../../platform/clock.ts'
import { log } from '../../platform/telemetry.ts'
import { errorWording } from '../../platform/wording.ts'
import type { Connection, ConnectionRepository } from '../../repositories/connection-repository.ts'
import { voiceTurnMs } from '../../rules/time-budgets.ts'
import type { StreamService } from '../log/stream-service.ts'
import { retellTurn } from '../turns/turn-events.ts'
import type { createTurnService } from '../turns/turn-service.ts'
import type { createVoiceTurnService } from '../voice/voice-turn-service.ts'

/** Events looked at for one replay frame. */
const replayEvents = 500

export interface SocketDependencies {
  clock: Clock
  connections: ConnectionRepository
  sockets: Sockets
  streams: StreamService
  turns: Pick<ReturnType<typeof createTurnService>, 'run' | 'stop'>
  voices: Pick<ReturnType<typeof createVoiceTurnService>, 'take'>
}

/** As many of the events as one frame may hold; at least one, since an event is far below the limit. */
export const fitReplay = (events: StudioEvent[]): StudioEvent[] => {
  let bytes = 0
  return events.filter((event) => {
    bytes += Buffer.byteLength(JSON.stringify(event)) + 1
    return bytes <= replayBytesLimit
  })
}

const asField = ({ path, message }: { path: PropertyKey[]; message: string }): FieldError => ({
  path: path.join('.'),
  message,
})

const parseFrame = (text: string): ClientFrame => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new StudioError('MALFORMED_JSON', 'The frame is not valid JSON.', { cause })
  }
  const frame = ClientFrame.safeParse(json)
  if (frame.success) return frame.data
  throw new StudioError('INVALID_INPUT', 'The frame breaks the rules named in errors.', {
    errors: frame.error.issues.map(asField),
  })
}

const actionOf = (text: string): string | null => {
  try {
    const { action } = JSON.parse(text) as { action?: unknown }
    return typeof action === 'string' ? action.slice(0, 100) : null
  } catch {
    return null
  }
}

export const createSocketService = (dependencies: SocketDependencies) => {
  const { clock, connections, sockets, streams, turns, voices } = dependencies

  const replay = async ({ connection_id, session_id }: Connection, after: number) => {
    const page = await streams.read(session_id, after, replayEvents)
    const events = fitReplay(page.events)
    const more = !page.complete || events.length < page.events.length
    await sockets.post(
      connection_id,
      JSON.stringify({
        type: 'replay',
        events,
        next_after: more ? (events.at(-1)?.seq ?? after) : null,
      }),
    )
  }

  /** The log from a turn on, for a frame that had been served before: nothing of it is pushed again. */
  const retell = async (connection: Connection, turn: number): Promise<void> => {
    for await (const [first] of retellTurn(streams, connection.session_id, turn)) {
      if (first) return replay(connection, first.seq - 1)
    }
  }

  const act = async (connection: Connection, frame: ClientFrame): Promise<void> => {
    switch (frame.action) {
      case 'ping':
        await sockets.post(connection.connection_id, JSON.stringify({ type: 'pong' }))
        return
      case 'resume':
        return replay(connection, frame.after_seq)
      case 'stop':
        await turns.stop(connection.session_id, connection.owner)
        return
      case 'voice': {
        const now = clock.now()
        let accepted = false
        const { turn } = await voices.take(
          {
            sessionId: connection.session_id,
            principal: connection.owner,
            source: { uploadId: frame.upload_id },
            locale: frame.locale,
          },
          {
            transcriptBy: now + voiceTurnMs.socketTranscript,
            answerBy: now + voiceTurnMs.socketAnswer,
          },
          {
            onAccepted: () => {
              accepted = true
            },
          },
        )
        if (!accepted) await retell(connection, turn.turn)
        return
      }
      case 'message': {
        let begun = false
        const { turn } = await turns.run(
          {
            sessionId: connection.session_id,
            principal: connection.owner,
            message: frame.message,
            input: 'text',
            clientMessageId: frame.client_message_id,
          },
          {
            onEvents: (_, own) => {
              begun ||= own
            },
          },
        )
        if (!begun) await retell(connection, turn)
      }
    }
  }

  return {
    /**
     * Serves one frame of a connection. What is refused is told to that connection alone; a turn's
     * own failure is in the log already.
     */
    async receive(connectionId: string, text: string): Promise<void> {
      const connection = await connections.get(connectionId)
      if (!connection) return
      log.appendKeys({ session_id: connection.session_id })
      try {
        await act(connection, parseFrame(text))
      } catch (error) {
        const { code, retryable, errors, recorded } = asStudioError(error)
        if (recorded) return
        if (code === 'INTERNAL_ERROR') log.error('frame failed', { error: error as Error })
        const message = errorWording[code][connection.locale]
        const frame: RejectedFrame = {
          type: 'rejected',
          action: actionOf(text),
          error: { code, message, retryable },
          ...(errors ? { errors } : {}),
        }
        await sockets.post(connectionId, JSON.stringify(frame))
      }
    },
  }
}
