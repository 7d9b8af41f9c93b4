import { dataUrl } from './data-url.ts'
import type { Fields } from './loose-json.ts'
import type { ModelMessage, ModelRequest } from './model-client.ts'
import { formatKind, type Refused } from './refused-parts.ts'

const textFormat = (request: ModelRequest, refused: ReadonlySet<Refused>): Fields => {
  const type = formatKind(request, refused)
  if (type === undefined) return {}
  if (type === 'json_object') return { text: { format: { type } } }
  const strict = refused.has('strict') ? {} : { strict: true }
  return { text: { format: { type, ...strict, ...request.format } } }
}

const searchTool = (
  { webSearch, maxSearches }: ModelRequest,
  refused: ReadonlySet<Refused>,
): Fields => {
  if (webSearch === undefined || refused.has('web_search')) return {}
  const place = refused.has('user_location')
    ? {}
    : { user_location: { type: 'approximate', ...webSearch } }
  const include = refused.has('include') ? {} : { include: ['web_search_call.action.sources'] }
  const limit =
    maxSearches === undefined || refused.has('max_tool_calls')
      ? {}
      : { max_tool_calls: maxSearches }
  return { tools: [{ type: 'web_search', ...place }], ...include, ...limit }
}

/** A text alone stays a string: some servers take no other. */
const messageItem = ({ role, content, images = [] }: ModelMessage): Fields => ({
  // llama.cpp's server takes no history item without its type.
  type: 'message',
  role,
  content:
    images.length === 0
      ? content
      : [
          { type: 'input_text', text: content },
          ...images.map((image) => ({
            type: 'input_image',
            image_url: dataUrl(image),
            detail: 'auto',
          })),
        ],
})

/** The body of a call of the Responses API, without what the server has refused. */
export const responsesBody = (request: ModelRequest, refused: ReadonlySet<Refused>): Fields => {
  const { model, instructions, messages, effort, maxOutputTokens } = request
  return {
    model,
    instructions,
    input: messages.map(messageItem),
    // Conversations are stored in our table only.
    ...(refused.has('store') ? {} : { store: false }),
    stream: true,
    ...(effort === undefined || refused.has('reasoning') ? {} : { reasoning: { effort } }),
    ...(maxOutputTokens === undefined || refused.has('max_tokens')
      ? {}
      : { max_output_tokens: maxOutputTokens }),
    ...textFormat(request, refused),
    ...searchTool(request, refused),
  }
}
