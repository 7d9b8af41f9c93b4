import type { Bounds } from './answer-bounds.ts'
import { type AnswerListener, answerReader } from './answer-reader.ts'
import { invalidAnswer, type ModelAnswer, type ModelCall, streamText } from './model-call.ts'
import { RuleBroken } from './rule-broken.ts'

/**
 * Calls the model once and reads its answer as JSON while it is written.
 * @param bounds what the answer may hold at most; the rest of its schema is for the caller to check
 * @throws StudioError SCHEMA_VALIDATION_FAILED when it is not one JSON object, is cut off, goes beyond
 * its bounds, or the listener threw `RuleBroken`; and what `streamText` throws.
 */
export const readStructured = async (
  call: ModelCall,
  bounds: Bounds,
  listener: AnswerListener,
): Promise<{ value: unknown; answer: ModelAnswer }> => {
  const reader = answerReader(bounds, listener)
  try {
    for await (const part of streamText(call)) {
      if (typeof part !== 'string') return { value: reader.end(), answer: part }
      reader.write(part)
    }
  } catch (error) {
    throw error instanceof RuleBroken ? invalidAnswer(call.agent, error.reasons) : error
  }
  throw new Error('A stream of text ends with its answer.')
}
