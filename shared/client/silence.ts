import type { Clock } from './clock.ts'

/** Milliseconds of silence after which an answer that streams is dead: the server sends a comment every 15 s. */
export const silenceMs = 35_000

/** Nothing came for too long, whatever the connection says of itself. */
export const silent = (): Error => new Error('The connection fell silent.')

/**
 * Gives up a connection unless it is told in time that something came.
 * @returns starts anew: until the next call nothing may take longer than so many milliseconds; 0 ends it
 */
export const createSilenceWatch = (clock: Clock, giveUp: (error: Error) => void) => {
  let cancel: (() => void) | undefined
  return (milliseconds = silenceMs, error = silent): void => {
    cancel?.()
    cancel = milliseconds ? clock.after(milliseconds, () => giveUp(error())) : undefined
  }
}
