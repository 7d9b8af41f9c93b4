import * as z from 'zod'
import { SpeechMark } from '../../../contracts/speech.ts'

/** Sound and what its provider said of it: one purchase, and so one object. */
export interface SpeechParcel {
  audio: Uint8Array
  /** Null when the provider gives none. */
  marks: SpeechMark[] | null
}

export const parcelType = 'application/vnd.launch-studio.speech'

const signature = Buffer.from('LSSP1\n', 'latin1')
const Head = z.object({ marks: z.array(SpeechMark).nullable() })

/** A signature, the length of the head in four bytes, the head as JSON, and the sound. */
export const packSpeech = ({ audio, marks }: SpeechParcel): Uint8Array => {
  const head = Buffer.from(JSON.stringify({ marks }), 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(head.length)
  return Buffer.concat([signature, length, head, audio])
}

/** @throws Error for bytes that are none of ours */
export const unpackSpeech = (bytes: Uint8Array): SpeechParcel => {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!file.subarray(0, signature.length).equals(signature)) throw new Error('No speech of ours.')
  const from = signature.length + 4
  const end = from + file.readUInt32BE(signature.length)
  const { marks } = Head.parse(JSON.parse(file.toString('utf8', from, end)))
  return { audio: file.subarray(end), marks }
}
