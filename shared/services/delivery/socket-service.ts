import type { Sockets } from '../../clients/sockets.ts'
import { asStudioError } from '../../contracts/errors.ts'
import type { ClientFrame } from '../../contracts/socket.ts'
import type { Clock } from '../../platform/clock.ts'
import { turnTimesNow } from '../../platform/model-settings.ts'
import { note, noteFailure, principalHash } from '../../platform/work-facts.ts'
import type { Connection, ConnectionRepository } from '../../repositories/connection-repository.ts'
import type { EventRepository } from '../../repositories/event-repository.ts'
import type { Caller } from '../../rules/caller.ts'
import { assertWithinLog } from '../../rules/log-cursor.ts'
import { voiceTurnMs } from '../../rules/time-budgets.ts'
import { readTurn } from '../turns/turn-log.ts'
import type { TurnService } from '../turns/turn-service.ts'
import type { VoiceTurnService } from '../voice/voice-turn-service.ts'
import { measureResume } from './reader-metrics.ts'
import { fitReplay, parseFrame, rejectedFrame } from './socket-frames.ts'

/** Events looked at for one replay frame. */
const replayEvents = 500

export interface SocketDependencies {
  clock: Clock
  connections: ConnectionRepository
  events: Pick<EventRepository, 'lastSeq' | 'read' | 'readBack'>
  sockets: Sockets
  turns: Pick<TurnService, 'run' | 'stop'>
  voices: Pick<VoiceTurnService, 'take'>
}

/** What comes after a seq. @throws StudioError INVALID_INPUT for one beyond the log's end */
const resume = async (
  dependencies: SocketDependencies,
  connection: Connection,
  after: number,
): Promise<void> => {
  const lastSeq = await dependencies.events.lastSeq(connection.session_id)
  assertWithinLog({ after, field: 'after_seq' }, lastSeq)
  const caughtUp = await replay(dependencies, connection, after)
  measureResume(after, lastSeq, caughtUp)
}

/** @returns whether it was all that there is */
const replay = async (
  { events, sockets }: SocketDependencies,
  { connection_id, session_id }: Connection,
  after: number,
): Promise<boolean> => {
  const page = await events.read(session_id, after, replayEvents)
  const replayed = fitReplay(page.events)
  const more = !page.complete || replayed.length < page.events.length
  await sockets.post(
    connection_id,
    JSON.stringify({
      type: 'replay',
      events: replayed,
      next_after: more ? (replayed.at(-1)?.seq ?? after) : null,
    }),
  )
  return !more
}

/** The log from a turn on, for a frame that had been served before: nothing of it is pushed again. */
const replayTurn = async (
  dependencies: SocketDependencies,
  connection: Connection,
  turn: number,
): Promise<void> => {
  const [first] = await readTurn(dependencies.events, connection.session_id, turn)
  if (first) await replay(dependencies, connection, first.seq - 1)
}

const callerOf = ({ owner, address }: Connection): Caller => ({ principal: owner, address })

const takeMessage = async (
  dependencies: SocketDependencies,
  connection: Connection,
  { message, client_message_id }: ClientFrame & { action: 'message' },
): Promise<void> => {
  let begun = false
  const { turn } = await dependencies.turns.run(
    {
      sessionId: connection.session_id,
      principal: connection.owner,
      message,
      input: 'text',
      clientMessageId: client_message_id,
      caller: callerOf(connection),
    },
    {
      onEvents(_, own) {
        begun ||= own
      },
    },
  )
  if (!begun) await replayTurn(dependencies, connection, turn)
}

const takeVoiceTurn = async (
  dependencies: SocketDependencies,
  connection: Connection,
  { upload_id, locale }: ClientFrame & { action: 'voice' },
): Promise<void> => {
  const now = dependencies.clock.now()
  let accepted = false
  const { turn } = await dependencies.voices.take(
    {
      sessionId: connection.session_id,
      principal: connection.owner,
      source: { uploadId: upload_id },
      locale,
      caller: callerOf(connection),
    },
    {
      transcriptBy: now + voiceTurnMs.socketTranscript,
      answerBy: now + turnTimesNow().socketAnswer,
    },
    {
      onAccepted() {
        accepted = true
      },
    },
  )
  if (!accepted) await replayTurn(dependencies, connection, turn.turn)
}

const serve = async (
  dependencies: SocketDependencies,
  connection: Connection,
  frame: ClientFrame,
): Promise<void> => {
  const { sockets, turns } = dependencies
  switch (frame.action) {
    case 'ping':
      await sockets.post(connection.connection_id, JSON.stringify({ type: 'pong' }))
      return
    case 'resume':
      return resume(dependencies, connection, frame.after_seq)
    case 'stop':
      await turns.stop(connection.session_id, connection.owner)
      return
    case 'voice':
      return takeVoiceTurn(dependencies, connection, frame)
    case 'message':
      return takeMessage(dependencies, connection, frame)
  }
}

export const createSocketService = (dependencies: SocketDependencies) => ({
  /**
   * Serves one frame of a connection. A refusal goes to that connection alone; a turn's own failure is
   * in the log already.
   */
  async receive(connectionId: string, text: string): Promise<void> {
    const connection = await dependencies.connections.get(connectionId)
    if (!connection) return note({ outcome: 'unknown_connection' })
    const { session_id, owner } = connection
    note({ session_id, principal: principalHash(owner) })
    try {
      const frame = parseFrame(text)
      note({ what: frame.action })
      await serve(dependencies, connection, frame)
    } catch (error) {
      const { code, recorded } = asStudioError(error)
      note({ code })
      if (recorded) return
      if (code === 'INTERNAL_ERROR') {
        note({ outcome: 'failed' })
        noteFailure(error)
      }
      const frame = rejectedFrame(text, error, connection.locale)
      await dependencies.sockets.post(connectionId, JSON.stringify(frame))
    }
  },
})
