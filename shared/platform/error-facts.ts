import { StudioError } from '../contracts/errors.ts'
import { loggableMessage, masked } from './masking.ts'

/** An error as a line holds it: bounded, masked, and without the attributes that libraries add. */
export interface ErrorFacts {
  name: string
  code?: string
  status?: number
  message?: string
  /** Where it was thrown, innermost first; frames only. */
  stack?: string[]
  cause?: ErrorFacts
}

const maxFrames = 8
const maxCauses = 4
const frame =
  /^\s*at (?:[\w.<>#$ [\]]{1,120} )?\(?(?:file:\/\/|node:)?[\w@./:~ -]{1,250}:\d+:\d+\)?$/

/** These quote what they were given, however it was written. */
const quotesInput = new Set(['SyntaxError', 'ZodError', '$ZodError', 'URIError'])

const framesOf = (stack: string | undefined): string[] =>
  (stack ?? '')
    .slice(0, 20_000)
    .split('\n')
    .filter((line) => frame.test(line))
    .slice(0, maxFrames)
    .map((line) => line.trim())

const word = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[\w.-]{1,60}$/.test(value) ? masked(value) : undefined

/** What libraries add to an error, as far as it is read here. */
interface Added {
  code?: unknown
  status?: unknown
  $metadata?: { httpStatusCode?: unknown }
}

const statusOf = (error: Added): number | undefined => {
  const status = error.status ?? error.$metadata?.httpStatusCode
  return typeof status === 'number' && status >= 100 && status < 1000 ? status : undefined
}

/** Without the vendor's reason, which has a field of its own where it is logged. */
const ownPart = (error: Error, message: string): string => {
  const reason = error instanceof StudioError ? error.vendor?.message : undefined
  return reason ? message.replaceAll(reason, '…') : message
}

export const errorFacts = (error: unknown, depth = 0): ErrorFacts => {
  if (!(error instanceof Error)) return { name: typeof error }
  const { message, stack, cause } = error
  const name = word(error.name) ?? 'Error'
  const code = word((error as Added).code)
  const status = statusOf(error as Added)
  const frames = framesOf(stack)
  return {
    name,
    ...(code === undefined ? {} : { code }),
    ...(status === undefined ? {} : { status }),
    ...(quotesInput.has(name) ? {} : { message: loggableMessage(ownPart(error, message)) }),
    // Where one of our own refusals was raised is told by its code.
    ...(frames.length === 0 || (error instanceof StudioError && error.code !== 'INTERNAL_ERROR')
      ? {}
      : { stack: frames }),
    ...(cause === undefined || cause === null || depth >= maxCauses
      ? {}
      : { cause: errorFacts(cause, depth + 1) }),
  }
}
