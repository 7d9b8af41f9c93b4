import type { MediaStore } from '../../clients/media-store.ts'
import { StudioError } from '../../contracts/errors.ts'
import {
  inlinePictureBytesLimit,
  type PictureFormat,
  type ProductImage,
  pictureContentTypes,
  uploadPictureBytesLimit,
} from '../../contracts/pictures.ts'
import { uploadSeconds, type VoiceUpload } from '../../contracts/voice.ts'
import { type Clock, isoTime } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { brokenPicture } from '../../platform/wording/pictures.ts'
import { pictureKey, uploadKey } from '../../repositories/media-keys.ts'
import { pictureTag } from '../../rules/storage-layout.ts'
import type { JudgedPicture } from './picture-inspection.ts'

/** A picture that came with its turn, or one that was uploaded before. */
export type PictureSource = { image: Uint8Array } | { uploadId: string }

export interface PictureStoreDependencies {
  clock: Clock
  /** Both are large, and loaded when a picture comes. */
  media: () => Promise<MediaStore>
  inspect: (bytes: Uint8Array) => Promise<JudgedPicture>
}

/** Seconds for which a link is good, as for a spoken answer. */
const linkSeconds = 900

const missing = (what: string): StudioError =>
  new StudioError('UPLOAD_NOT_FOUND', `There is no ${what} with this id in this session.`)

const kept = (contentType: string): ProductImage['content_type'] =>
  contentType === 'image/png' ? contentType : 'image/jpeg'

export type PictureStore = ReturnType<typeof createPictureStore>

export const createPictureStore = ({ clock, media, inspect }: PictureStoreDependencies) => {
  const uploaded = async (sessionId: string, uploadId: string): Promise<JudgedPicture> => {
    const key = uploadKey(sessionId, uploadId)
    const bucket = await media()
    const found = await bucket.head(key)
    if (!found) throw missing('upload')
    try {
      // S3 enforces the form's bounds; an object beyond them came another way and is not read.
      if (found.bytes > uploadPictureBytesLimit) throw brokenPicture('uploadBytes')
      const bytes = await bucket.get(key)
      if (!bytes) throw missing('upload')
      return await inspect(bytes)
    } catch (error) {
      if (error instanceof StudioError) await bucket.erase(key)
      throw error
    }
  }

  return {
    /** A form with which one picture of this format can be uploaded, for ten minutes. It is kept for a day. */
    async form(sessionId: string, format: PictureFormat): Promise<VoiceUpload> {
      const uploadId = newId('upload')
      const { url, fields } = await (await media()).uploadForm(uploadKey(sessionId, uploadId), {
        contentType: pictureContentTypes[format],
        minBytes: 1,
        maxBytes: uploadPictureBytesLimit,
        seconds: uploadSeconds,
      })
      const expires_at = isoTime(clock.now() + uploadSeconds * 1000)
      return { upload_id: uploadId, url, fields, expires_at }
    },

    /**
     * A picture, judged by its bytes; nothing is kept of it yet.
     * @throws StudioError PAYLOAD_TOO_LARGE, UPLOAD_NOT_FOUND and what `inspectPicture` raises
     */
    async take(sessionId: string, source: PictureSource): Promise<JudgedPicture> {
      if ('uploadId' in source) return uploaded(sessionId, source.uploadId)
      if (source.image.length > inlinePictureBytesLimit) throw brokenPicture('inlineBytes')
      return inspect(source.image)
    },

    async keep(
      sessionId: string,
      pictureId: string,
      { bytes, contentType, width, height, sha256 }: JudgedPicture,
    ): Promise<void> {
      await (await media()).put(pictureKey(sessionId, pictureId), bytes, {
        contentType,
        metadata: { width: String(width), height: String(height), sha256 },
        tags: pictureTag,
      })
    },

    async drop(sessionId: string, pictureId: string): Promise<void> {
      await (await media()).erase(pictureKey(sessionId, pictureId))
    },

    /** A picture that is kept, with a new link. @throws StudioError UPLOAD_NOT_FOUND */
    async view(sessionId: string, pictureId: string): Promise<ProductImage> {
      const bucket = await media()
      const key = pictureKey(sessionId, pictureId)
      const found = await bucket.head(key)
      if (!found) throw missing('picture')
      const content_type = kept(found.contentType)
      return {
        picture_id: pictureId,
        image_url: await bucket.link(key, linkSeconds, content_type),
        expires_at: isoTime(clock.now() + linkSeconds * 1000),
        content_type,
        bytes: found.bytes,
        width: Number(found.metadata.width),
        height: Number(found.metadata.height),
      }
    },
  }
}
