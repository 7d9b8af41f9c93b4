import { schemaText } from './schema-text.ts'

interface Asked {
  instructions: string
  messages: readonly { content: string; images?: readonly unknown[] }[]
  format?: { schema: object }
}

/**
 * Tokens that a picture of a thousand pixels a side may be read as: what the model that counts most counts for
 * it, https://developers.openai.com/api/docs/guides/images-vision.
 */
export const tokensOfImage = 30_000
/** Tokens of what servers write around each text: roles, separators, the frame of a schema. */
const tokensAround = 32
/** The schema is sent as a format, and to most servers in the prompt as well. */
const timesSchema = 2

/**
 * The most tokens that a request may be read as. A token stands for a byte of UTF-8 at least, in every
 * vocabulary; so there are no more of them than bytes.
 */
export const inputTokenBound = ({ instructions, messages, format }: Asked): number => {
  const texts = [instructions, ...messages.map(({ content }) => content)]
  const schema = format === undefined ? 0 : Buffer.byteLength(schemaText(format.schema))
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + tokensAround, 0)
  const pictures = messages.reduce((sum, { images = [] }) => sum + images.length, 0)
  return bytes + pictures * tokensOfImage + timesSchema * (schema + tokensAround)
}
