/** Milliseconds of silence after which an answer that streams is dead: the server sends a comment every 15 s. */
export const silenceMs = 35_000

/** Nothing came for too long, whatever the connection says of itself. */
export const silent = (): Error => new Error('The connection fell silent.')
