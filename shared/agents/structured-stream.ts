import { parse } from 'jsonriver'
import { invalidAnswer, type ModelAnswer, type ModelCall, streamText } from './model-call.ts'

export type JsonPath = readonly (string | number)[]

/** Hears of an answer while the model still writes it; what it throws ends the call. */
export interface StreamListener {
  /** A value is finished, and so is everything inside it. */
  onComplete?(path: JsonPath, value: unknown): void
  /** The answer as far as it has arrived, after each chunk of it. Do not keep it: it grows. */
  onProgress?(partial: unknown): void
}

const notJson = 'The answer is not one JSON object.'

/** A rule that the part of an answer which has already arrived breaks. */
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
 * @throws StudioError SCHEMA_VALIDATION_FAILED when it is not JSON or the listener found a rule
 * broken, and what `streamText` raises.
 */
export const readStructured = async (
  call: ModelCall,
  listener: StreamListener,
): Promise<{ value: unknown; answer: ModelAnswer }> => {
  let text = ''
  let answer: ModelAnswer | undefined
  /** Set when something other than the JSON is at fault: the parser's errors have no type. */
  let failure: { error: unknown } | undefined

  async function* read(): AsyncGenerator<string> {
    try {
      for await (const part of streamText(call)) {
        if (typeof part === 'string') {
          text += part
          // The parser waits for the end of prose before it says that it is none.
          if (/^\s*[^\s{]/.test(text)) throw new RuleBroken([notJson])
          yield part
        } else answer = part
      }
    } catch (error) {
      failure = { error }
      throw error
    }
  }
  const told = (tell: () => void): void => {
    try {
      tell()
    } catch (error) {
      failure = { error }
      throw error
    }
  }

  const deltas = read()
  try {
    const partials = parse(deltas, {
      completeCallback: (value, path) => told(() => listener.onComplete?.(path.segments(), value)),
    })
    for await (const partial of partials) told(() => listener.onProgress?.(partial))
    if (answer === undefined) throw new Error('The answer goes on after its JSON.')
    return { value: JSON.parse(text), answer }
  } catch {
    if (failure === undefined) throw invalidAnswer(call.agent, [notJson])
    if (!(failure.error instanceof RuleBroken)) throw failure.error
    throw invalidAnswer(call.agent, failure.error.reasons)
  } finally {
    // The parser leaves its source open when it stops early.
    await deltas.return(undefined)
  }
}
