import { mediaPrefixes, speechFolder } from '../rules/storage-layout.ts'

/** Every key of the media bucket. */

/** Everything of a session; erased with it. */
export const sessionMedia = (sessionId: string): string => `${mediaPrefixes.sessions}${sessionId}/`

/** Spoken answers, named by what they were made from. */
export const speechKey = (sessionId: string, digest: string, extension: string): string =>
  `${sessionMedia(sessionId)}${speechFolder}${digest}.${extension}`

/** A recording, uploaded or sent with its turn. Forgotten after a day. */
export const uploadKey = (sessionId: string, uploadId: string): string =>
  `${mediaPrefixes.uploads}${sessionId}/${uploadId}`

/** What Amazon Transcribe understood in a turn. Forgotten after a day. */
export const transcriptKey = (sessionId: string, turn: number): string =>
  `${mediaPrefixes.transcripts}${sessionId}/${turn}.json`

/** Where everything of a session lies. */
export const mediaOf = (sessionId: string): string[] =>
  Object.values(mediaPrefixes).map((prefix) => `${prefix}${sessionId}/`)
