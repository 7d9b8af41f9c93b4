import type { MediaStore } from '../../clients/media-store.ts'
import { pictureKey } from '../../repositories/media-keys.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import { pictureIdIn } from '../../rules/product-picture.ts'
import type { ProductPicture } from '../media/asset-maker.ts'

/** The picture of the product that a session's brief names; null when there is none, or none any more. */
export const createFindProductPicture =
  ({
    sessions,
    media,
  }: {
    sessions: Pick<SessionRepository, 'get'>
    media: () => Promise<Pick<MediaStore, 'head' | 'get'>>
  }) =>
  async (sessionId: string): Promise<ProductPicture | null> => {
    const session = await sessions.get(sessionId)
    const pictureId = pictureIdIn(session?.slots['product.image_url']?.value)
    if (pictureId === undefined) return null
    const key = pictureKey(sessionId, pictureId)
    const bucket = await media()
    const [found, bytes] = await Promise.all([bucket.head(key), bucket.get(key)])
    if (!found || !bytes) return null
    const contentType = found.contentType === 'image/png' ? 'image/png' : 'image/jpeg'
    return { bytes, contentType, sha256: found.metadata.sha256 ?? '' }
  }
