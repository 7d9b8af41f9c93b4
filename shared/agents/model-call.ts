import * as z from 'zod'
import type { ModelClient, ModelRequest } from '../clients/openai/model-client.ts'
import type { AgentName } from '../contracts/agents.ts'
import { StudioError } from '../contracts/errors.ts'
import type { ErrorCode } from '../contracts/problems.ts'
import type { Usage } from '../contracts/provenance.ts'
import { unlessAborted } from '../platform/abort.ts'

export interface ModelCall {
  agent: AgentName
  model: ModelClient
  request: ModelRequest
  /** Milliseconds from the request to the last byte. */
  deadline: number
  /** Ends the call at once, with the signal's reason. */
  signal?: AbortSignal | undefined
}

/** A completed, unrefused answer. */
export interface ModelAnswer {
  id: string
  /** As the answer names it: the vendor may have resolved an alias. */
  model: string
  usage: Usage
  /** Output items as they came; readers parse what they need. */
  output: unknown[]
}

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
  research: 'RESEARCH_TIMEOUT',
}

const timedOut = (agent: AgentName, deadline: number): StudioError =>
  new StudioError(
    timeoutCodes[agent] ?? 'STAGE_TIMEOUT',
    `The ${agent} agent did not finish within ${deadline / 1000} s.`,
  )

const count = z.number().int().min(0).catch(0)

/** The answer of the last event; compatible servers leave out what they do not count. */
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

const validAnswer = (agent: AgentName, response: unknown, items: unknown[]): ModelAnswer => {
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
 * deadline covers the whole call: a late first byte, a pause and a trickle alike.
 * @throws StudioError the agent's timeout, MODEL_REFUSED, SCHEMA_VALIDATION_FAILED for an answer cut
 * at its length limit, UPSTREAM_ERROR for a stream that ends without an answer, and what the model
 * client throws; or the reason of an aborted `signal`.
 */
export async function* streamText(call: ModelCall): AsyncGenerator<string | ModelAnswer> {
  const { agent, deadline } = call
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(timedOut(agent, deadline)), deadline)
  const signal = call.signal ? AbortSignal.any([ending.signal, call.signal]) : ending.signal
  const items: unknown[] = []
  /** Messages that comment on the work before the answer itself. */
  const commentary = new Set<number>()
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
            commentary.add(event.output_index)
          }
          break
        case 'response.output_text.delta':
          if (event.delta !== '' && !commentary.has(event.output_index)) yield event.delta
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
          yield validAnswer(agent, event.response, items)
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
