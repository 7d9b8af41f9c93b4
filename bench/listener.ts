import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { StudioEvent } from '../shared/contracts/events.ts'
import { startSession } from '../test/support/studio/client.ts'
import { now } from './clock.ts'

/** An event and when it arrived, in milliseconds since the epoch. */
export interface ReceivedEvent {
  at: number
  event: StudioEvent
}

/** A client with a session and an open socket. */
export interface Listener {
  sessionId: string
  token: string
  received: ReceivedEvent[]
  send(frame: object): void
  post(path: string, body?: unknown): Promise<unknown>
  /** The first matching event, received or to come, not counting the first `after` events. */
  until(matches: (event: StudioEvent) => boolean, after?: number): Promise<ReceivedEvent>
  close(): Promise<void>
}

/** Milliseconds to wait for an event. */
const eventDeadlineMs = 60_000

export const openListener = async (
  origin: string,
  session: Parameters<typeof startSession>[1] = {},
): Promise<Listener> => {
  const { client, sessionId } = await startSession(origin, session)
  const { body } = await client.post(`/api/chat/session/${sessionId}/ticket`)
  const socket = new WebSocket(`${body.socket_url}?ticket=${body.ticket}&frames=events`)
  const received: ReceivedEvent[] = []
  /** What the gateway says when a message is too much for it. */
  let refused: Error | undefined
  const waiting = new Set<() => void>()
  socket.on('message', (data) => {
    const at = now()
    const frame = JSON.parse(String(data))
    if (typeof frame.seq === 'number') received.push({ at, event: frame })
    else if (frame.type === 'events') {
      received.push(...frame.events.map((event: StudioEvent) => ({ at, event })))
    } else refused = new Error(`Not an event: ${String(data)}`)
    for (const look of waiting) look()
  })
  await once(socket, 'open')
  // A studio that is killed resets its connections; what is missing then shows in `until`.
  socket.on('error', () => {})
  return {
    sessionId,
    token: client.token ?? '',
    received,
    send: (frame) => socket.send(JSON.stringify(frame)),
    async post(path, content) {
      const answer = await client.post(path, content)
      if (answer.status >= 300) throw new Error(`${path} answered ${answer.status}.`)
      return answer.body
    },
    async until(matches, after = 0) {
      const { promise, resolve, reject } = Promise.withResolvers<ReceivedEvent>()
      const look = (): void => {
        const found = received.slice(after).find(({ event }) => matches(event))
        if (found) resolve(found)
        else if (refused) reject(refused)
      }
      const late = setTimeout(() => reject(new Error('An event did not come.')), eventDeadlineMs)
      waiting.add(look)
      look()
      try {
        return await promise
      } finally {
        clearTimeout(late)
        waiting.delete(look)
      }
    },
    async close() {
      socket.close()
      await once(socket, 'close')
    },
  }
}
