import { schemaText } from '../../rules/schema-text.ts'
import type { ModelRequest } from './model-client.ts'

const notice =
  'Answer with one JSON object and nothing else. It satisfies this JSON Schema, and its keys come in this order:'

/**
 * The schema in the prompt as well, for servers that ignore formats, or enforce them without showing
 * them to the model. It stands behind the instructions, so that the prefix of an agent stays the same
 * in all of its calls; or behind the last message, where calls with other schemas share that prefix.
 */
export const withSchema = (request: ModelRequest): ModelRequest => {
  const { format, instructions, messages, sharesPrefix } = request
  if (format === undefined) return request
  const shown = `${notice}\n${schemaText(format.schema)}`
  const last = messages.at(-1)
  if (!sharesPrefix || last?.role !== 'user') {
    return { ...request, instructions: `${instructions}\n\n${shown}` }
  }
  const ended = { ...last, content: `${last.content}\n\n${shown}` }
  return { ...request, messages: [...messages.slice(0, -1), ended] }
}
