import { dataUrl } from './data-url.ts'
import type { Fields } from './loose-json.ts'
import type { ModelMessage, ModelRequest } from './model-client.ts'
import { formatKind, type Refused } from './refused-parts.ts'

/** Templates of many open models demand that the roles alternate. */
const merged = (messages: readonly ModelMessage[]): ModelMessage[] => {
  const result: ModelMessage[] = []
  for (const { role, content, images = [] } of messages) {
    const last = result.at(-1)
    if (last?.role === role) {
      last.content += `\n\n${content}`
      last.images = [...(last.images ?? []), ...images]
    } else result.push({ role, content, images })
  }
  return result
}

/** A text alone stays a string: some servers take no other. */
const chatMessage = ({ role, content, images = [] }: ModelMessage): Fields => ({
  role,
  content:
    images.length === 0
      ? content
      : [
          { type: 'text', text: content },
          ...images.map((image) => ({ type: 'image_url', image_url: { url: dataUrl(image) } })),
        ],
})

const responseFormat = (request: ModelRequest, refused: ReadonlySet<Refused>): Fields => {
  const type = formatKind(request, refused)
  if (type === undefined) return {}
  if (type === 'json_object') return { response_format: { type } }
  const strict = refused.has('strict') ? {} : { strict: true }
  return { response_format: { type, json_schema: { ...strict, ...request.format } } }
}

/** OpenAI's newer models refuse the older name, which is the only one that many servers know. */
const lengthLimit = ({ maxOutputTokens }: ModelRequest, refused: ReadonlySet<Refused>): Fields => {
  if (maxOutputTokens === undefined || refused.has('max_completion_tokens')) return {}
  return refused.has('max_tokens')
    ? { max_completion_tokens: maxOutputTokens }
    : { max_tokens: maxOutputTokens }
}

/**
 * The body of a call of `chat/completions`, without what the server has refused. The hosted web search
 * has no place in it.
 */
export const chatBody = (request: ModelRequest, refused: ReadonlySet<Refused>): Fields => {
  const { model, instructions, effort } = request
  const system = instructions === '' ? [] : [{ role: 'system', content: instructions }]
  return {
    model,
    messages: [...system, ...merged(request.messages).map(chatMessage)],
    stream: true,
    ...(refused.has('stream_options') ? {} : { stream_options: { include_usage: true } }),
    ...(effort === undefined || refused.has('reasoning') ? {} : { reasoning_effort: effort }),
    ...lengthLimit(request, refused),
    ...responseFormat(request, refused),
  }
}
