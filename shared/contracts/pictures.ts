import * as z from 'zod'
import { BriefSlots, Gate, SlotUpdate } from './brief.ts'
import { ErrorBody } from './problems.ts'
import { AssistantMessage, Locale, SessionState, Timestamp } from './session.ts'
import { text } from './text.ts'
import { UploadId } from './voice.ts'

export const pictureFormats = ['jpeg', 'png', 'webp', 'heic'] as const
/** What a picture may be in: phones write `heic` and `jpeg`. */
export const PictureFormat = z.enum(pictureFormats)
export type PictureFormat = z.infer<typeof PictureFormat>

/** The content type under which each format is uploaded. */
export const pictureContentTypes: Readonly<Record<PictureFormat, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  heic: 'image/heic',
}

/** Largest picture that is sent with its turn, in bytes: in base64 it fits Lambda's 6 MB. */
export const inlinePictureBytesLimit = 4 * 1024 * 1024
/** Largest picture that is uploaded first, in bytes. */
export const uploadPictureBytesLimit = 8 * 1024 * 1024

/** A picture that was judged and is kept with its session. */
export const PictureId = z.string().regex(/^picture_[0-9a-z]{26}$/)

/** Graphemes of a note. */
const noteLimit = 1000

const around = {
  /** What you want to say of the picture, or to ask. */
  note: text(noteLimit, { multiline: true }).optional(),
  /** The language of the answer; the session's when not given. */
  locale: Locale.optional(),
}

/** A picture of the product, with it. */
export const ProductImageForm = z.strictObject({
  /** PNG, JPEG, WebP or HEIC, at most 4 MB and 50 million pixels; its bytes decide what it is. */
  image: z.file(),
  ...around,
})
export type ProductImageForm = z.infer<typeof ProductImageForm>

/** A picture that was uploaded before, at most 8 MB. One upload becomes one turn. */
export const ProductImageByReference = z.strictObject({ upload_id: UploadId, ...around })
export type ProductImageByReference = z.infer<typeof ProductImageByReference>

/** The picture as it is kept: upright, at most 2048 pixels a side, without anything but pixels. */
export const ProductImage = z.object({
  picture_id: PictureId,
  /** A link to it that needs no token; the slot `product.image_url` holds the path that gives new ones. */
  image_url: z.string(),
  expires_at: Timestamp,
  content_type: z.enum(['image/jpeg', 'image/png']),
  bytes: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
})
export type ProductImage = z.infer<typeof ProductImage>

/** What became of a picture: it is kept in any case, and what the model saw in it. */
export const ProductImageTurn = ProductImage.extend({
  turn: z.number().int(),
  state: SessionState,
  /** What the model saw; null when it does not read pictures, as `not_read` says. Never made up. */
  image_summary: z.string().nullable(),
  not_read: ErrorBody.nullable(),
  assistant_message: AssistantMessage,
  next_question: z.string().nullable(),
  slot_updates: z.array(SlotUpdate),
  brief_slots: BriefSlots,
  gate: Gate,
})
export type ProductImageTurn = z.infer<typeof ProductImageTurn>
