/** Milliseconds since the epoch with their fractions: comparable between processes of one machine. */
export const now = (): number => performance.timeOrigin + performance.now()
