import type { StudioEvent } from '../../../shared/contracts/events.ts'
import type { ClientFrame } from '../../../shared/contracts/socket.ts'
import {
  type Client,
  createClient,
  openSocket,
  readLog,
} from '../../../test/support/studio/client.ts'
import { plannerAnswer } from '../../../test/support/studio/studio.ts'
import type { Recorder } from '../recorder.ts'
import type { Scene } from './scene.ts'

/** Records the first event of each type. */
const recordEvents = ({ book }: Recorder, log: readonly StudioEvent[]): void => {
  for (const event of log) book.events[event.type] ??= event
}

/** The end of a turn, as a socket that takes several events in one frame gets it. */
const recordSeveral = async (
  { recorder, model }: Scene,
  client: Client,
  sessionId: string,
): Promise<void> => {
  // What a turn fills is appended with its end.
  const goal = {
    path: 'goal.weekly_goal',
    value: 'inquiry',
    confidence: 0.9,
    source: 'user',
  } as const
  model.script('planner', plannerAnswer([goal], '네, 이번 주는 문의를 목표로 할게요.', null))
  const socket = await openSocket(client, sessionId, 'events')
  socket.send({ action: 'message', message: '이번 주는 문의가 목표예요.' })
  await socket.until(() => socket.events().some(({ type }) => type === 'turn.completed'))
  const frame = socket.frames.find(({ type }) => type === 'events')
  if (frame) recorder.book.received.events = { ...frame, type: 'events' }
  await socket.close()
}

/** Each frame that a client may send or receive, and one event of each type. */
export const recordSocket = async (scene: Scene, sessionId: string): Promise<void> => {
  const { recorder, model, origin } = scene
  const { book } = recorder
  const client = createClient(origin, recorder.token())
  const socket = await openSocket(client, sessionId)
  const send = async (frame: ClientFrame): Promise<void> => {
    book.sent[frame.action] = frame
    const before = socket.frames.length
    socket.send(frame)
    await socket.until(() => socket.frames.length > before)
    const answer = socket.frames.at(-1)
    if (typeof answer?.type === 'string' && answer.seq === undefined) {
      book.received[answer.type] = { ...answer, type: answer.type }
    }
  }
  const log = await readLog(client, sessionId)
  await send({ action: 'ping' })
  await send({ action: 'resume', after_seq: (log.at(-1)?.seq ?? 0) - 2 })
  socket.send({ action: 'message', message: '' })
  await socket.until(() => socket.frames.some(({ type }) => type === 'rejected'))
  const rejected = socket.frames.find(({ type }) => type === 'rejected')
  if (rejected) book.received.rejected = { ...rejected, type: 'rejected' }

  model.script('planner', {
    ...plannerAnswer([], '천천히 말씀드릴게요.'),
    pace: { first: 0, between: 500 },
  })
  await send({ action: 'message', message: '수고하셨어요.', client_message_id: 'm-2' })
  await send({ action: 'stop' })
  await socket.close()
  await recordSeveral(scene, client, sessionId)
  recordEvents(recorder, await readLog(client, sessionId))
}
