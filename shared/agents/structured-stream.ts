import { parse } from 'jsonriver'
import { invalidAnswer, type ModelAnswer, type ModelCall, streamText } from './model-call.ts'

export type JsonPath = readonly (string | number)[]

/** Receives an answer while the model still writes it; an error thrown here ends the call. */
export interface StreamListener {
  /** A value is complete, with everything inside it. */
  onComplete?(path: JsonPath, value: unknown): void
  /** The answer as far as it has arrived, after each chunk. Do not keep it: it is mutated. */
  onProgress?(partial: unknown): void
}

const notJson = 'The answer is not one JSON object.'

/** The part of an answer that has arrived so far breaks a rule. */
export class RuleBroken extends Error {
  readonly reasons: string[]

  constructor(reasons: string[]) {
    super(reasons.join('; '))
    this.name = 'RuleBroken'
    this.reasons = reasons
  }
}

/**
 * Calls the model once and reads its answer as JSON while it is written.
 * @throws StudioError SCHEMA_VALIDATION_FAILED when it is not JSON or the listener threw `RuleBroken`,
 * and what `streamText` throws.
 */
export const readStructured = async (
  call: ModelCall,
  listener: StreamListener,
): Promise<{ value: unknown; answer: ModelAnswer }> => {
  let text = ''
  let answer: ModelAnswer | undefined
  /** Set when the call or the listener failed: the parser's own errors have no type to tell by. */
  let failure: { error: unknown } | undefined

  async function* read(): AsyncGenerator<string> {
    try {
      for await (const part of streamText(call)) {
        if (typeof part === 'string') {
          text += part
          // The parser would read prose to its end before it reports that it is not JSON.
          if (/^\s*[^\s{]/.test(text)) throw new RuleBroken([notJson])
          yield part
        } else answer = part
      }
    } catch (error) {
      failure = { error }
      throw error
    }
  }
  const notify = (listen: () => void): void => {
    try {
      listen()
    } catch (error) {
      failure = { error }
      throw error
    }
  }

  const deltas = read()
  try {
    const partials = parse(deltas, {
      completeCallback: (value, path) =>
        notify(() => listener.onComplete?.(path.segments(), value)),
    })
    for await (const partial of partials) notify(() => listener.onProgress?.(partial))
    if (answer === undefined) throw new Error('The answer goes on after its JSON.')
    return { value: JSON.parse(text), answer }
  } catch {
    if (failure === undefined) throw invalidAnswer(call.agent, [notJson])
    if (!(failure.error instanceof RuleBroken)) throw failure.error
    throw invalidAnswer(call.agent, failure.error.reasons)
  } finally {
    // When the parser stops early it leaves its source open.
    await deltas.return(undefined)
  }
}
