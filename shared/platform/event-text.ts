import type { StudioEvent } from '../contracts/events.ts'

const texts = new WeakMap<StudioEvent, string>()

/** An event as JSON, made once: its size is checked, and sockets and streams get it. */
export const eventText = (event: StudioEvent): string => {
  const text = texts.get(event) ?? JSON.stringify(event)
  texts.set(event, text)
  return text
}
