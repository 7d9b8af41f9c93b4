import type { MediaStore } from '../../clients/media-store.ts'
import { type BriefSlots, SlotUpdate, slotPaths } from '../../contracts/brief.ts'
import { newId } from '../../platform/ids.ts'
import { pictureKey } from '../../repositories/media-keys.ts'
import type { Run, RunOutputRepository } from '../../repositories/run-output-repository.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import { readableRun } from '../../rules/ownership.ts'
import { pictureIdIn, productPicturePath } from '../../rules/product-picture.ts'
import { pictureTag } from '../../rules/storage-layout.ts'
import { withReaders } from './shared-access.ts'

/** A run's brief as the beginning of another session. */

/** A run whose brief the principal may use. @throws StudioError RUN_NOT_FOUND */
export const sourceRun = async (
  {
    runs,
    sessions,
  }: { runs: Pick<RunOutputRepository, 'find'>; sessions: Pick<SessionRepository, 'get'> },
  runId: string,
  principal: string,
): Promise<Run> => {
  const run = await runs.find(runId)
  const found = run && { run: await withReaders(sessions, run, principal) }
  return readableRun(found, principal).run
}

/** A picture of one session, for another; undefined when it is gone. */
export type CopyPicture = (
  from: { sessionId: string; pictureId: string },
  sessionId: string,
) => Promise<string | undefined>

/** Each session has pictures of its own: the erasure of one takes none of another's along. */
export const createPictureCopies =
  (media: () => Promise<Pick<MediaStore, 'get' | 'head' | 'put'>>): CopyPicture =>
  async ({ sessionId: from, pictureId }, sessionId) => {
    const bucket = await media()
    const key = pictureKey(from, pictureId)
    const [found, bytes] = await Promise.all([bucket.head(key), bucket.get(key)])
    if (!found || !bytes) return undefined
    const copyId = newId('picture')
    await bucket.put(pictureKey(sessionId, copyId), bytes, {
      contentType: found.contentType,
      metadata: found.metadata,
      tags: pictureTag,
    })
    return productPicturePath(sessionId, copyId)
  }

const copiedPicture = async (
  copyPicture: CopyPicture,
  { session_id, brief }: Run,
  sessionId: string,
): Promise<string | undefined> => {
  const pictureId = pictureIdIn(brief['product.image_url'])
  return pictureId && copyPicture({ sessionId: session_id, pictureId }, sessionId)
}

/** The slots that a session begins with: the values that the run was started with, and so confirmed. */
export const slotsOf = async (
  { copyPicture }: { copyPicture: CopyPicture },
  run: Run,
  sessionId: string,
): Promise<BriefSlots> => {
  const { brief, brief_sources = {} } = run
  const values = { ...brief, 'product.image_url': await copiedPicture(copyPicture, run, sessionId) }
  return Object.fromEntries(
    slotPaths.flatMap((path) => {
      const value = values[path]
      if (value === undefined) return []
      return [[path, { value, confidence: 1, source: brief_sources[path] ?? 'user', turn: 0 }]]
    }),
  )
}

export const updatesOf = (slots: BriefSlots): SlotUpdate[] =>
  slotPaths.flatMap((path) => {
    const slot = slots[path]
    if (!slot) return []
    const { value, confidence, source } = slot
    return [SlotUpdate.parse({ path, value, confidence, source })]
  })
