import {
  assetFolder,
  mediaPrefixes,
  pictureFolder,
  purchaseFolder,
  speechFolder,
} from '../rules/storage-layout.ts'

/** The keys of the media bucket. */

/** Everything of a session; erased with it. */
export const sessionMedia = (sessionId: string): string => `${mediaPrefixes.sessions}${sessionId}/`

/** A spoken answer, named by the digest of what it is made from. */
export const speechKey = (sessionId: string, digest: string, extension: string): string =>
  `${sessionMedia(sessionId)}${speechFolder}${digest}.${extension}`

/** Everything of an asset, of whichever worker. */
export const assetMedia = (sessionId: string, assetId: string): string =>
  `${sessionMedia(sessionId)}${assetFolder}${assetId}/`

/** A file of an asset; each worker has a folder of its own, so that none overwrites another's. */
export const assetFileKey = (
  sessionId: string,
  { assetId, leaseId, name }: { assetId: string; leaseId: string; name: string },
): string => `${assetMedia(sessionId, assetId)}${leaseId}/${name}`

/** What was bought, named by the digest of what it is made from. */
export const purchaseFileKey = (sessionId: string, digest: string): string =>
  `${sessionMedia(sessionId)}${purchaseFolder}${digest}`

/** A picture of the product as it was judged and encoded again. */
export const pictureKey = (sessionId: string, pictureId: string): string =>
  `${sessionMedia(sessionId)}${pictureFolder}${pictureId}`

/** A recording as it was judged: what is transcribed. Deleted after a day. */
export const recordingKey = (sessionId: string, uploadId: string): string =>
  uploadKey(sessionId, `judged/${uploadId}`)

/** Where a form puts an upload that has not been inspected yet. Deleted after a day. */
export const uploadKey = (sessionId: string, uploadId: string): string =>
  `${mediaPrefixes.uploads}${sessionId}/${uploadId}`

/** Amazon Transcribe's transcript of a turn. Deleted after a day. */
export const transcriptKey = (sessionId: string, turn: number): string =>
  `${mediaPrefixes.transcripts}${sessionId}/${turn}.json`

/** Every prefix under which a session has objects. */
export const mediaOf = (sessionId: string): string[] =>
  Object.values(mediaPrefixes).map((prefix) => `${prefix}${sessionId}/`)
