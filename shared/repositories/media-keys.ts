/** Every key of the media bucket. */

/** Everything of a session; erased with it. */
export const sessionMedia = (sessionId: string): string => `sessions/${sessionId}/`

/** Spoken answers, named by what they were made from. */
export const speechKey = (sessionId: string, digest: string, extension: string): string =>
  `${sessionMedia(sessionId)}speech/${digest}.${extension}`
