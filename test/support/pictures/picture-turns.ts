import type { PictureOutput } from '../../../shared/contracts/agents.ts'
import type { PictureFormat } from '../../../shared/contracts/pictures.ts'
import { encodeJpeg } from '../../../shared/platform/pictures/encode-picture.ts'
import { drawBackground } from '../image-server/draw.ts'
import { type Answer, answers } from '../model-server/answers.ts'
import type { ModelCallSeen } from '../model-server/model-server.ts'
import type { Client, Answer as HttpAnswer } from '../studio/client.ts'
import { checkNumberIn } from './check-number.ts'

/** What a model that sees a tube of hand cream answers, but for the number. */
export const samplePicture: Omit<PictureOutput, 'check_number'> = {
  schema_version: 'v1',
  agent: 'picture',
  image_summary: '흰 튜브에 붉은 동백꽃이 그려진 핸드크림이 나무 책상 위에 놓여 있다.',
  clarity: 0.9,
  slot_updates: [
    { path: 'product.name', value: '동백 핸드크림', confidence: 0.8, source: 'image' },
    { path: 'product.category', value: '핸드크림', confidence: 0.7, source: 'image' },
  ],
  response_text: '사진 잘 받았어요. 흰 튜브에 동백꽃이 그려진 핸드크림이 보여요.',
  next_question: '가격은 얼마인가요?',
}

/** The answer of a model that sees the picture of a call. */
export const seenBy = async (
  call: ModelCallSeen,
  more: Partial<PictureOutput> | object = {},
): Promise<Answer> => {
  const [image] = call.images
  const { schema_version, agent, ...rest } = samplePicture
  const check_number = image ? await checkNumberIn(image.bytes) : 'none'
  return answers.json({ schema_version, agent, check_number, ...rest, ...more })
}

export const picturePath = (sessionId: string): string =>
  `/api/chat/session/${sessionId}/product-image`

/** A photo of some size, as a phone would send it. */
export const photo = async (width = 640, height = 480): Promise<Uint8Array> =>
  (await encodeJpeg(await drawBackground('a photo of the product', width, height))).bytes

export const pictureForm = (
  bytes: Uint8Array,
  fields: Record<string, string | undefined> = {},
): FormData => {
  const form = new FormData()
  form.set('image', new Blob([new Uint8Array(bytes)]), 'picture.bin')
  for (const [field, value] of Object.entries(fields)) {
    if (value !== undefined) form.set(field, value)
  }
  return form
}

/** Sends a picture as a turn. */
export const showPicture = (
  client: Client,
  sessionId: string,
  bytes: Uint8Array,
  fields: Record<string, string | undefined> = {},
  headers: Record<string, string> = {},
): Promise<HttpAnswer> => client.post(picturePath(sessionId), pictureForm(bytes, fields), headers)

/** Uploads a picture with a form of the API's, as a page does. */
export const uploadPicture = async (
  client: Client,
  sessionId: string,
  bytes: Uint8Array,
  format: PictureFormat,
): Promise<{ uploadId: string; response: Response }> => {
  const { body } = await client.post(`${picturePath(sessionId)}-upload`, { format })
  const form = new FormData()
  for (const [field, value] of Object.entries<string>(body.fields)) form.set(field, value)
  form.set('file', new Blob([new Uint8Array(bytes)]), 'picture')
  const response = await fetch(body.url, { method: 'POST', body: form })
  return { uploadId: body.upload_id, response }
}
