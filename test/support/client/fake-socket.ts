import type { SocketLike } from '../../../shared/client/index.ts'
import type { StudioEvent } from '../../../shared/contracts/events.ts'
import type { FakeLog, Fates } from './fake-log.ts'

/** Sends frames one after another as they are fated; the late one comes behind the next. */
const fated = (fates: Fates, send: (text: string) => void, cut: () => void) => {
  let late: string | undefined
  let dead = false
  return (text: string): void => {
    if (dead) return
    const fate = fates.frame()
    if (fate === 'half-open') dead = true
    else if (fate === 'cut') {
      dead = true
      cut()
    } else if (fate === 'late' && late === undefined) late = text
    else if (fate !== 'dropped') {
      send(text)
      if (fate === 'twice') send(text)
      if (late !== undefined) send(late)
      late = undefined
    }
  }
}

/** What the sockets of a studio brought with them, and said. */
export interface SocketRecord {
  tickets: string[]
  frames: { action: string }[]
  open: Set<object>
}

/** @param redeem whether a ticket opens a socket, which one does once */
export const fakeSockets = (
  { fates, log }: { fates: Fates; log: FakeLog },
  redeem: (ticket: string) => boolean,
  record: SocketRecord,
): (new (
  url: string,
) => SocketLike) =>
  class implements SocketLike {
    onopen: SocketLike['onopen'] = null
    onmessage: SocketLike['onmessage'] = null
    onerror: SocketLike['onerror'] = null
    onclose: SocketLike['onclose'] = null
    #push: (text: string) => void
    #waiting: StudioEvent[] = []
    /** As the studio sends them: those that come at once in one frame, when the socket asked for it. */
    #watch = (event: StudioEvent): void => {
      this.#waiting.push(event)
      if (!this.#takesSeveral) this.#flush()
      else if (this.#waiting.length === 1) Promise.resolve().then(() => this.#flush())
    }
    #takesSeveral: boolean

    constructor(url: string) {
      const { searchParams } = new URL(url)
      const ticket = searchParams.get('ticket') ?? ''
      this.#takesSeveral = searchParams.get('frames') === 'events'
      const fate = fates.socket()
      record.tickets.push(ticket)
      this.#push = fated(
        fates,
        (text) => record.open.has(this) && this.onmessage?.({ data: text } as never),
        () => {
          if (!record.open.has(this)) return
          this.close()
          this.onclose?.({} as never)
        },
      )
      if (fate !== 'hangs')
        Promise.resolve().then(() => this.#answer(fate === 'opens' && redeem(ticket)))
    }

    #answer(isGood: boolean): void {
      if (isGood) {
        record.open.add(this)
        log.watchers.add(this.#watch)
        this.onopen?.({} as never)
        return
      }
      this.onerror?.({} as never)
      this.onclose?.({} as never)
    }

    #flush(): void {
      const events = this.#waiting
      this.#waiting = []
      const [first, ...more] = events
      if (first) this.#push(JSON.stringify(more.length > 0 ? { type: 'events', events } : first))
    }

    send(text: string): void {
      const frame = JSON.parse(text)
      record.frames.push(frame)
      if (!record.open.has(this) || frame.action !== 'resume') return
      const events = log.events.slice(frame.after_seq, frame.after_seq + 3)
      const last = frame.after_seq + events.length
      const next_after = last < log.events.length ? last : null
      const answer = JSON.stringify({ type: 'replay', events, next_after })
      Promise.resolve().then(() => this.#push(answer))
    }

    close(): void {
      record.open.delete(this)
      log.watchers.delete(this.#watch)
    }
  }
