import { chatBody } from './chat-request.ts'
import type { Fields } from './loose-json.ts'
import type { ModelRequest } from './model-client.ts'
import type { Refused } from './refused-parts.ts'
import { responsesBody } from './responses-request.ts'

export type Api = 'responses' | 'chat'

/** What is known of one model on one server. Requests add to `refused` what they learn. */
export interface RequestShape {
  api: Api
  refused: Set<Refused>
}

/** Words of the assistant before any of the user, as part of the instructions. */
const withoutOpening = (request: ModelRequest): ModelRequest => {
  const first = request.messages.findIndex(({ role }) => role === 'user')
  if (first < 1) return request
  const said = request.messages.slice(0, first).map(({ content }) => content)
  return {
    ...request,
    instructions: `${request.instructions}\n\nYou opened the conversation with:\n${said.join('\n')}`,
    messages: request.messages.slice(first),
  }
}

/** Instructions as the beginning of the user's first message. */
const withoutSystem = (request: ModelRequest): ModelRequest => {
  const first = request.messages.findIndex(({ role }) => role === 'user')
  const messages = request.messages.map((message, index) =>
    index === first
      ? { ...message, content: `${request.instructions}\n\n${message.content}` }
      : message,
  )
  return first < 0 ? request : { ...request, instructions: '', messages }
}

/** The path and the body of a request, without what the server has refused. */
export const shapedRequest = (
  request: ModelRequest,
  { api, refused }: RequestShape,
): { path: string; body: Fields } => {
  const ordered = refused.has('assistant_first') ? withoutOpening(request) : request
  const asked = refused.has('system_role') && api === 'chat' ? withoutSystem(ordered) : ordered
  return api === 'responses'
    ? { path: '/responses', body: responsesBody(asked, refused) }
    : { path: '/chat/completions', body: chatBody(asked, refused) }
}
