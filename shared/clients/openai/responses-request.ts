import type {
  ResponseCreateParamsStreaming,
  ResponseTextConfig,
} from 'openai/resources/responses/responses'
import type { ModelRequest } from './model-client.ts'

const textFormat = ({ format }: ModelRequest): { text?: ResponseTextConfig } =>
  format === undefined ? {} : { text: { format: { type: 'json_schema', strict: true, ...format } } }

const searchTool = ({
  webSearch,
}: ModelRequest): Pick<ResponseCreateParamsStreaming, 'tools' | 'include'> =>
  webSearch === undefined
    ? {}
    : {
        tools: [{ type: 'web_search', user_location: { type: 'approximate', ...webSearch } }],
        include: ['web_search_call.action.sources'],
      }

/** The body of a call of the Responses API. */
export const responsesBody = (request: ModelRequest): ResponseCreateParamsStreaming => ({
  model: request.model,
  instructions: request.instructions,
  // llama.cpp's server takes no history item without its type.
  input: request.messages.map((message) => ({ type: 'message', ...message })),
  // Conversations are stored in our table only.
  store: false,
  stream: true,
  ...(request.effort === undefined ? {} : { reasoning: { effort: request.effort } }),
  ...(request.maxOutputTokens === undefined ? {} : { max_output_tokens: request.maxOutputTokens }),
  ...textFormat(request),
  ...searchTool(request),
})
