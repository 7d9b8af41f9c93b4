import type { ModelRequest } from './model-client.ts'

const notice =
  'Answer with one JSON object and nothing else. It satisfies this JSON Schema, and its keys come in this order:'

/**
 * The schema in the prompt as well, for servers that ignore formats, or enforce them without showing
 * them to the model. It stands behind the instructions, so that the prefix of an agent stays the same
 * in all of its calls.
 */
export const withSchema = (request: ModelRequest): ModelRequest =>
  request.format === undefined
    ? request
    : {
        ...request,
        instructions: `${request.instructions}\n\n${notice}\n${JSON.stringify(request.format.schema)}`,
      }
