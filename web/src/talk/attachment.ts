import { computed, signal } from '@preact/signals'
import { keepForEach, whenTurned } from '../session/conversation.ts'
import { lost } from '../session/current-session.ts'
import { type PictureRefusal, pictureAmong, pictureType, refusalOf } from './picture-file.ts'

/** A picture that goes with the next message. */
export interface Attachment {
  picture: File
  /** An address of this page to draw it from; null when the browser cannot. */
  preview: string | null
}

/** The picture of the next message, and those that wait because one was put back before them. */
const attachments = signal<readonly Attachment[]>([])
keepForEach<readonly Attachment[]>(attachments, [])

export const attachment = computed(() => attachments.value[0] ?? null)
export const attachmentRefusal = signal<PictureRefusal | null>(null)
whenTurned(() => {
  attachmentRefusal.value = null
})

const replace = (picture: Attachment): void => {
  attachments.value = [picture, ...attachments.peek().slice(1)]
}

const release = (picture: Attachment | null): void => {
  if (picture?.preview) URL.revokeObjectURL(picture.preview)
}

/** Takes the picture among these files for the next message, or says why there is none. */
export const attach = (files: Iterable<File>): void => {
  const file = pictureAmong([...files])
  if (!file || lost.peek()) return
  const refusal = refusalOf(file)
  attachmentRefusal.value = refusal ?? null
  if (refusal) return
  release(attachment.peek())
  const type = pictureType(file)
  const picture = file.type === type ? file : new File([file], file.name, { type })
  replace({ picture, preview: URL.createObjectURL(picture) })
}

/** Puts a picture back that was not sent, before one that was chosen since. */
export const attachAgain = ({ picture, preview }: Attachment): void => {
  attachments.value = [{ picture, preview }, ...attachments.peek()]
  attachmentRefusal.value = null
}

/** Hands the picture over to whatever sends it. */
export const takeAttachment = (): Attachment | null => {
  const taken = attachment.peek()
  attachments.value = attachments.peek().slice(1)
  return taken
}

export const detach = (): void => {
  release(takeAttachment())
  attachmentRefusal.value = null
}

/** The browser cannot draw it, such as HEIC outside of Safari; the product can read it all the same. */
export const cannotPreview = (): void => {
  const now = attachment.peek()
  if (!now?.preview) return
  release(now)
  replace({ ...now, preview: null })
}
