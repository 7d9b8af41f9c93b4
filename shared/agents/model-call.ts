import * as z from 'zod'
import type { ModelClient, ModelRequest } from '../clients/openai/model-client.ts'
import type { AgentName } from '../contracts/agents.ts'
import { StudioError } from '../contracts/errors.ts'
import type { ErrorCode } from '../contracts/problems.ts'
import type { Usage } from '../contracts/provenance.ts'
import { unlessAborted } from '../platform/abort.ts'

/** One call of the model. */
export interface ModelCall {
  agent: AgentName
  model: ModelClient
  request: ModelRequest
  /** Milliseconds from the request to the last byte. */
  deadline: number
  /** Ends the call at once, with its reason. */
  signal?: AbortSignal | undefined
}

/** A completed, unrefused answer. */
export interface ModelAnswer {
  id: string
  /** As the answer names it: the vendor may resolve an alias. */
  model: string
  usage: Usage
  /** Output items as they came; what a reader needs of them, it parses. */
  output: unknown[]
}

/** The failure of an answer that is there but is no good; the reasons are told to the model. */
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
  research: 'RESEARCH_TIMEOUT',
}

const timedOut = (agent: AgentName, deadline: number): StudioError =>
  new StudioError(
    timeoutCodes[agent] ?? 'STAGE_TIMEOUT',
    `The ${agent} agent did not finish within ${deadline / 1000} s.`,
  )

const count = z.number().int().min(0).catch(0)

/** The last event's answer; compatible servers leave out what they do not count. */
const FinalAnswer = z.object({
  id: z.string().min(1),
  model: z.string().min(1),
  status: z.string().optional(),
  incomplete_details: z.object({ reason: z.string().optional() }).nullish(),
  output: z.array(z.unknown()).catch([]),
  usage: z
    .object({ input_tokens: count, output_tokens: count, total_tokens: count })
    .catch({ input_tokens: 0, output_tokens: 0, total_tokens: 0 }),
})

const Refusal = z.object({ content: z.array(z.object({ type: z.string() })) })

const holdsRefusal = (item: unknown): boolean =>
  Refusal.safeParse(item).data?.content.some(({ type }) => type === 'refusal') ?? false

const refused = (agent: AgentName): StudioError =>
  new StudioError('MODEL_REFUSED', `The model refused to answer the ${agent} agent.`)

const judged = (agent: AgentName, response: unknown, items: unknown[]): ModelAnswer => {
  const parsed = FinalAnswer.safeParse(response)
  if (!parsed.success) throw new StudioError('UPSTREAM_ERROR', 'The model sent no answer we know.')
  const { id, model, status, incomplete_details, usage } = parsed.data
  const output = parsed.data.output.length > 0 ? parsed.data.output : items
  if (incomplete_details?.reason === 'content_filter' || output.some(holdsRefusal)) {
    throw refused(agent)
  }
  if (status !== 'completed') {
    const why = incomplete_details?.reason ?? status ?? 'no status'
    throw invalidAnswer(agent, [`The answer was not completed (${why}); answer more briefly.`])
  }
  return { id, model, usage, output }
}

/**
 * Calls the model once and yields the text of its answer as it arrives and, last, the answer. One
 * deadline spans the call, however it is slow: no first byte, a pause, a drip.
 * @throws StudioError the agent's timeout, MODEL_REFUSED, SCHEMA_VALIDATION_FAILED for an answer cut
 * at its length limit, UPSTREAM_ERROR for a stream that ends without an answer, and what the model
 * client raises; or the reason of an aborted `signal`.
 */
export async function* streamText(call: ModelCall): AsyncGenerator<string | ModelAnswer> {
  const { agent, deadline } = call
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(timedOut(agent, deadline)), deadline)
  const signal = call.signal ? AbortSignal.any([ending.signal, call.signal]) : ending.signal
  const items: unknown[] = []
  /** Messages in which a model thinks aloud before it answers. */
  const asides = new Set<number>()
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
        case 'response.output_item.added':
          if (event.item.type === 'message' && event.item.phase === 'commentary') {
            asides.add(event.output_index)
          }
          break
        case 'response.output_text.delta':
          if (event.delta !== '' && !asides.has(event.output_index)) yield event.delta
          break
        case 'response.output_item.done':
          items.push(event.item)
          break
        case 'response.refusal.delta':
        case 'response.refusal.done':
          throw refused(agent)
        case 'response.completed':
        case 'response.incomplete':
          answered = true
          yield judged(agent, event.response, items)
          return
      }
    }
  } finally {
    // A stream that has told its answer may come to its end, so that its connection serves again;
    // one that does not end is still cut off at the deadline.
    if (answered) timer.unref()
    else {
      clearTimeout(timer)
      ending.abort()
    }
  }
}
