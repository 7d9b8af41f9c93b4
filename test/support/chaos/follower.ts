import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, openSocket } from '../studio/client.ts'
import { openEvents } from '../studio/event-reader.ts'
import type { Random } from './random.ts'

/** How a client reads along. */
export type Way = 'socket' | 'sse' | 'long-poll'

/** What a client made of everything it received: the log, as far as it has no gap. */
export interface Assembly {
  /** The last seq up to which nothing is missing. */
  last(): number
  /** Whether something behind `last` is there already. */
  hasGap(): boolean
  take(events: readonly { seq: number }[]): void
  /** The events 1 to `last` as JSON texts. */
  texts(): string[]
  /** Seqs that came twice with different bytes. */
  contradicted: number[]
}

export const createAssembly = (): Assembly => {
  const bySeq = new Map<number, string>()
  const contradicted: number[] = []
  let last = 0
  return {
    last: () => last,
    hasGap: () => bySeq.size > last,
    take(events) {
      for (const event of events) {
        const text = JSON.stringify(event)
        if ((bySeq.get(event.seq) ?? text) !== text) contradicted.push(event.seq)
        bySeq.set(event.seq, text)
        while (bySeq.has(last + 1)) last += 1
      }
    },
    texts: () => Array.from({ length: last }, (_, index) => bySeq.get(index + 1) ?? ''),
    contradicted,
  }
}

interface Following {
  client: Client
  sessionId: string
  assembly: Assembly
  random: Random
  /** Whether this client has what it wants. */
  done: () => boolean
  /** Called for each connection that is dropped on purpose. */
  dropped: () => void
}

const tickMs = 150

const bySocket = async ({ client, sessionId, assembly, random, done, dropped }: Following) => {
  const socket = await openSocket(client, sessionId)
  const dropAt = Date.now() + random.between(300, 12_000)
  const resume = () => socket.send({ action: 'resume', after_seq: assembly.last() })
  let read = 0
  resume()
  try {
    while (!done() && Date.now() < dropAt) {
      await sleep(tickMs)
      const frames = socket.frames.slice(read)
      read += frames.length
      const before = assembly.last()
      assembly.take(socket.events().filter(({ seq }) => seq > before))
      if (assembly.hasGap() || frames.some(({ next_after }) => typeof next_after === 'number')) {
        resume()
      }
    }
    // A push is a hint: what was not pushed is asked for.
    if (!done()) dropped()
  } finally {
    await socket.close()
  }
}

const bySse = async ({ client, sessionId, assembly, random, done, dropped }: Following) => {
  const reader = await openEvents(client, `/api/chat/session/${sessionId}/events`, {
    lastEventId: assembly.last(),
    breakAfter: random.between(200, 12_000),
  })
  let read = 0
  let over = false
  void reader.ended.then((clean) => {
    over = true
    if (!clean) dropped()
  })
  while (!done() && !over) {
    await sleep(tickMs)
    const events = reader.events()
    assembly.take(events.slice(read))
    read = events.length
  }
  assembly.take(reader.events().slice(read))
  reader.cut()
}

const byLongPoll = async ({ client, sessionId, assembly }: Following) => {
  const { body } = await client.get(
    `/api/chat/session/${sessionId}/events?after=${assembly.last()}&limit=20&wait=2`,
  )
  assembly.take(body.events)
}

const ways = { socket: bySocket, sse: bySse, 'long-poll': byLongPoll }

/** Reads a session's log until `done`, coming back after every drop and failure. */
export const follow = async (way: Way, following: Following): Promise<void> => {
  while (!following.done()) {
    try {
      await ways[way](following)
    } catch {
      // The server failed, or the connection did: a client comes back.
      await sleep(500)
    }
  }
}
