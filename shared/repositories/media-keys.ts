/** Every key of the media bucket. */

/** Everything of a session; erased with it. */
export const sessionMedia = (sessionId: string): string => `sessions/${sessionId}/`

/** Spoken answers, named by what they were made from. */
export const speechKey = (sessionId: string, digest: string, extension: string): string =>
  `${sessionMedia(sessionId)}speech/${digest}.${extension}`

/** A recording, uploaded or sent with its turn. Forgotten after a day. */
export const uploadKey = (sessionId: string, uploadId: string): string =>
  `uploads/${sessionId}/${uploadId}`

/** What Amazon Transcribe understood in a turn. Forgotten after a day. */
export const transcriptKey = (sessionId: string, turn: number): string =>
  `transcripts/${sessionId}/${turn}.json`

/** Where everything of a session lies; what is kept for a day has prefixes of its own. */
export const mediaPrefixes = (sessionId: string): string[] => [
  sessionMedia(sessionId),
  `uploads/${sessionId}/`,
  `transcripts/${sessionId}/`,
]
