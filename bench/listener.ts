import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { StudioEvent } from '../shared/contracts/events.ts'
import { startSession } from '../test/support/studio/client.ts'
import { now } from './clock.ts'

/** An event and when it arrived, in milliseconds since the epoch. */
export interface Heard {
  at: number
  event: StudioEvent
}

/** A person with a session and an open socket. */
export interface Listener {
  sessionId: string
  heard: Heard[]
  send(frame: object): void
  post(path: string, body?: unknown): Promise<unknown>
  /** The first event that `wanted` names of those after the first `after`, arrived or to come. */
  until(wanted: (event: StudioEvent) => boolean, after?: number): Promise<Heard>
  close(): Promise<void>
}

/** Milliseconds after which an event that does not come has failed. */
const patienceMs = 15_000

export const openListener = async (origin: string): Promise<Listener> => {
  const { client, sessionId } = await startSession(origin)
  const { body } = await client.post(`/api/chat/session/${sessionId}/ticket`)
  const socket = new WebSocket(`${body.socket_url}?ticket=${body.ticket}`)
  const heard: Heard[] = []
  const waiting = new Set<() => void>()
  socket.on('message', (data) => {
    const at = now()
    const frame = JSON.parse(String(data))
    if (typeof frame.seq !== 'number') throw new Error(`Not an event: ${String(data)}`)
    heard.push({ at, event: frame })
    for (const look of waiting) look()
  })
  await once(socket, 'open')
  return {
    sessionId,
    heard,
    send: (frame) => socket.send(JSON.stringify(frame)),
    async post(path, content) {
      const answer = await client.post(path, content)
      if (answer.status >= 300) throw new Error(`${path} answered ${answer.status}.`)
      return answer.body
    },
    async until(wanted, after = 0) {
      const { promise, resolve, reject } = Promise.withResolvers<Heard>()
      const look = (): void => {
        const found = heard.slice(after).find(({ event }) => wanted(event))
        if (found) resolve(found)
      }
      const late = setTimeout(() => reject(new Error('An event did not come.')), patienceMs)
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
