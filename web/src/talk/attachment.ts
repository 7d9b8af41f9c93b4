import { effect, signal } from '@preact/signals'
import { session } from '../session/current-session.ts'
import { type PictureRefusal, pictureAmong, pictureType, refusalOf } from './picture-file.ts'

/** A picture that goes with the next message. */
export interface Attachment {
  picture: File
  /** An address of this page to draw it from; null when the browser cannot. */
  preview: string | null
}

export const attachment = signal<Attachment | null>(null)
export const attachmentRefusal = signal<PictureRefusal | null>(null)

/** Takes the picture among these files for the next message, or says why there is none. */
export const attach = (files: Iterable<File>): void => {
  const file = pictureAmong([...files])
  if (!file) return
  const refusal = refusalOf(file)
  attachmentRefusal.value = refusal ?? null
  if (refusal) return
  detach()
  const type = pictureType(file)
  const picture = file.type === type ? file : new File([file], file.name, { type })
  attachment.value = { picture, preview: URL.createObjectURL(picture) }
}

/** Puts a picture back that was not sent. */
export const attachAgain = (picture: Attachment): void => {
  detach()
  attachment.value = picture
}

/** Hands the picture over to whatever sends it. */
export const takeAttachment = (): Attachment | null => {
  const taken = attachment.peek()
  attachment.value = null
  return taken
}

export const detach = (): void => {
  const { preview = null } = takeAttachment() ?? {}
  if (preview !== null) URL.revokeObjectURL(preview)
  attachmentRefusal.value = null
}

/** The browser cannot draw it, such as HEIC outside of Safari; the product can read it all the same. */
export const cannotPreview = (): void => {
  const now = attachment.peek()
  if (!now?.preview) return
  URL.revokeObjectURL(now.preview)
  attachment.value = { ...now, preview: null }
}

let before = session.peek()
effect(() => {
  const now = session.value
  // A first message gives its page a session; what is attached meanwhile stays.
  if (before !== null && now !== before) detach()
  before = now
})
