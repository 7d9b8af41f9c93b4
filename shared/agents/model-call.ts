import type { ModelClient, ModelEvent, ModelRequest } from '../clients/openai/model-client.ts'
import type { AgentName } from '../contracts/agents.ts'
import { StudioError } from '../contracts/errors.ts'
import type { ErrorCode } from '../contracts/problems.ts'
import type { Usage } from '../contracts/provenance.ts'
import { unlessAborted } from '../platform/abort.ts'
import { openCall } from '../platform/tracing.ts'
import { readerLimits } from '../rules/model-limits.ts'

export interface ModelCall {
  agent: AgentName
  model: ModelClient
  request: ModelRequest
  /** Milliseconds from the request to the last byte. */
  deadline: number
  /** Ends the call at once, with the signal's reason. */
  signal?: AbortSignal | undefined
  /** What the call used, when the server reports it: at most once, and also before a failure. */
  onUsage(usage: Usage): void
  /** A hosted search, or a citation of one, as soon as it arrives. */
  onSource?: ((event: Search | Citation) => void) | undefined
}

type Search = Extract<ModelEvent, { type: 'search' }>
export type Citation = Extract<ModelEvent, { type: 'citation' }>

/** A completed, unrefused answer. */
export interface ModelAnswer {
  id: string | null
  /** As the answer names it: the vendor may have resolved an alias. */
  model: string
  text: string
  searches: Search[]
  citations: Citation[]
}

/** The reason of an answer that ended before its end, whatever the server called that. */
export const cutOff = 'The answer was cut off before its end; answer more briefly.'

/** The failure of an answer that breaks its contract; a retry gives the reasons to the model. */
export const invalidAnswer = (agent: AgentName, reasons: string[]): StudioError => {
  const listed = reasons.slice(0, 20).map((reason) => reason.slice(0, 300))
  return new StudioError(
    'SCHEMA_VALIDATION_FAILED',
    `The ${agent} agent's answer broke its contract: ${listed.join('; ').slice(0, 600)}`,
    { errors: listed.map((message) => ({ path: agent, message })) },
  )
}

const timeoutCodes: Partial<Record<AgentName, ErrorCode>> = {
  planner: 'TURN_TIMEOUT',
  picture: 'TURN_TIMEOUT',
  research: 'RESEARCH_TIMEOUT',
}

const timedOut = (agent: AgentName, deadline: number): StudioError =>
  new StudioError(
    timeoutCodes[agent] ?? 'STAGE_TIMEOUT',
    `The ${agent} agent did not finish within ${deadline / 1000} s.`,
  )

const refused = (agent: AgentName): StudioError =>
  new StudioError('MODEL_REFUSED', `The model refused to answer the ${agent} agent.`)

const emptyAnswer = (model: string): ModelAnswer => ({
  id: null,
  model,
  text: '',
  searches: [],
  citations: [],
})

/**
 * Calls the model once and yields the text of its answer as it arrives and, last, the answer. One
 * deadline covers the whole call: a late first byte, a pause and a trickle alike.
 * @throws StudioError the agent's timeout, MODEL_REFUSED, SCHEMA_VALIDATION_FAILED for an answer cut
 * at its length limit, UPSTREAM_ERROR for a stream that ends without an answer, and what the model
 * client throws; or the reason of an aborted `signal`.
 */
export async function* streamText(call: ModelCall): AsyncGenerator<string | ModelAnswer> {
  const { agent, request } = call
  const span = openCall(`model call ${agent}`, { agent, model: request.model })
  try {
    yield* answerOf(call)
  } catch (error) {
    span.fail(error)
    throw error
  } finally {
    // A reader that has heard enough ends the generator without an error.
    span.end()
  }
}

async function* answerOf(call: ModelCall): AsyncGenerator<string | ModelAnswer> {
  const { agent, deadline } = call
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(timedOut(agent, deadline)), deadline)
  const signal = call.signal ? AbortSignal.any([ending.signal, call.signal]) : ending.signal
  const answer = emptyAnswer(call.request.model)
  let answered = false
  try {
    const opened = await unlessAborted(call.model.stream(call.request, signal), signal)
    const events = opened[Symbol.asyncIterator]()
    while (true) {
      const { done, value: event } = await unlessAborted(events.next(), signal)
      if (done) {
        throw new StudioError('UPSTREAM_ERROR', "The model's stream ended before its answer did.")
      }
      switch (event.type) {
        case 'text':
          answer.text += event.text
          if (answer.text.length > readerLimits.bytes) {
            throw invalidAnswer(agent, ['The answer is far too long; answer more briefly.'])
          }
          yield event.text
          break
        case 'search':
          answer.searches.push(event)
          call.onSource?.(event)
          break
        case 'citation':
          answer.citations.push(event)
          call.onSource?.(event)
          break
        case 'usage':
          call.onUsage(event.usage)
          break
        case 'refusal':
          throw refused(agent)
        case 'end':
          answered = true
          if (event.reason === 'filtered') throw refused(agent)
          if (event.reason === 'length') {
            throw invalidAnswer(agent, [cutOff])
          }
          yield { ...answer, id: event.id ?? answer.id, model: event.model ?? answer.model }
          return
      }
    }
  } finally {
    // After the answer the stream is left to end by itself, so that its connection can be reused;
    // one that does not end is still cut off at the deadline.
    if (answered) timer.unref()
    else {
      clearTimeout(timer)
      ending.abort()
    }
  }
}
