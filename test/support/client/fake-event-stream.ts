import type { StudioEvent } from '../../../shared/contracts/events.ts'
import type { FakeClock } from './fake-clock.ts'
import type { FakeLog, Fates } from './fake-log.ts'

const asPieces = (event: StudioEvent): string[] => {
  const text = `id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
  return [text.slice(0, 20), text.slice(20)]
}

/** What a stream brings. It is in order: what is lost of it is lost with its connection. */
const bring = (
  { clock, fates, log }: { clock: FakeClock; fates: Fates; log: FakeLog },
  write: (text: string) => void,
  cut: () => void,
) => {
  let dead = false
  let cancelComment = (): void => {}
  const watch = (event: StudioEvent): void => {
    const fate = fates.frame()
    if (fate === 'half-open') dead = true
    if (fate === 'cut') cut()
    else if (!dead) asPieces(event).forEach(write)
  }
  const comment = (): void => {
    cancelComment = clock.after(15_000, () => {
      if (!dead) write(': keep-alive\n\n')
      comment()
    })
  }
  comment()
  return {
    watch,
    end(): void {
      dead = true
      log.watchers.delete(watch)
      cancelComment()
    },
  }
}

/**
 * An answer that follows the log.
 * @param streams gets what ends it in order
 */
export const fakeEventStream = (
  parts: { clock: FakeClock; fates: Fates; log: FakeLog },
  after: number,
  streams: Set<() => void>,
): Response => {
  let leave = (): void => {}
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const encoder = new TextEncoder()
      let over = false
      const endBy = (finish: () => void) => (): void => {
        if (over) return
        over = true
        source.end()
        streams.delete(close)
        finish()
      }
      const close = endBy(() => controller.close())
      leave = endBy(() => {})
      const source = bring(
        parts,
        (text) => over || controller.enqueue(encoder.encode(text)),
        endBy(() => controller.error(new TypeError('terminated'))),
      )
      controller.enqueue(encoder.encode('retry: 1000\n\n'))
      for (const event of parts.log.events.slice(after)) if (!over) source.watch(event)
      if (over) return
      parts.log.watchers.add(source.watch)
      streams.add(close)
    },
    cancel: () => leave(),
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } })
}
