import type * as z from 'zod'
import type { ModelMessage, ModelRequest } from '../clients/openai/model-client.ts'
import type { AgentName } from '../contracts/agents.ts'
import type { StudioError } from '../contracts/errors.ts'
import type { Authored, Provenance } from '../contracts/provenance.ts'
import type { Locale, Mode } from '../contracts/session.ts'
import { authored } from '../platform/authored.ts'
import { isoTime } from '../platform/clock.ts'
import { modelProvider, reasoningEffort } from '../platform/model-settings.ts'
import { outputSizeViolations } from '../rules/answer-size.ts'
import { schemaText } from '../rules/schema-text.ts'
import { type Bounds, boundsOf } from './answer-bounds.ts'
import { type AnswerGuard, answerGuard, textsIn } from './answer-guard.ts'
import type { JsonPath } from './answer-reader.ts'
import {
  type AgentDependencies,
  type CallAllowance,
  type CallBudget,
  openBudget,
  type Try,
  tryTwice,
} from './call-budget.ts'
import { invalidAnswer, type ModelAnswer } from './model-call.ts'
import { responseFormat, schemaViolations } from './model-schema.ts'
import { dataBlock, type Prompt, rejectedNotice, sealed } from './prompts/prompt.ts'
import { RuleBroken } from './rule-broken.ts'
import { readStructured } from './structured-stream.ts'

/** One structured answer that an agent asks the model for. */
export interface AgentTask<Answer, Output = Answer> {
  agent: AgentName
  prompt: Prompt
  locale: Locale
  mode: Mode
  /** Everything after the stable prefix, oldest first. */
  messages: ModelMessage[]
  schema: z.ZodType<Answer>
  /** A wider schema that an answer may keep to, what is beyond `schema` being passed over; `schema` when not given. */
  readAs?: z.ZodType
  /** What the user wrote: addresses and numbers in it may be repeated. */
  own: readonly string[]
  /** Every way in which the answer breaks the agent's rules; empty when it is good. */
  rules(output: Output, attempt: Try): string[]
  /** A value of the answer is complete. May throw `RuleBroken`, which ends the try at once. */
  onComplete?(path: JsonPath, value: unknown, attempt: Try): void
  /** A text directly in the answer has grown; all of it so far. May throw `RuleBroken`. */
  onText?(field: string, text: string, attempt: Try): void
  /** What is still to be done to an answer that is good by itself. May ask for parts of it again. */
  finish?(output: Output, attempt: Try, askAgain: AskAgain): Promise<Finished<Output>>
}

/** A further answer, by which parts of an agent's answer are replaced. */
export interface FurtherQuestion<Value> {
  /** Names the format, as a prompt's version does. */
  version: string
  /** Comes after the agent's own messages. */
  message: ModelMessage
  /** What the model is asked to write. */
  schema: z.ZodType
  /** What an answer may hold at most. */
  bounds: Bounds
  /** @throws RuleBroken when the answer is of no use */
  read(value: unknown): Value
}

/**
 * Asks within the agent's budget of calls and time, twice at most.
 * @throws StudioError as `runGroundedAgent` does
 */
export type AskAgain = <Value>(
  question: FurtherQuestion<Value>,
) => Promise<{ value: Value; answer: ModelAnswer; attempt: Try }>

export interface Finished<Output> {
  output: Output
  /** Ids of the answers by which parts were replaced. */
  repairedBy: string[]
}

/** A task whose answer is checked against sources before its rules are. */
export interface GroundedTask<Answer, Output> extends AgentTask<Answer, Output> {
  /** `ground` removes what breaks the guard's rule, so that one hostile page does not end the run. */
  sifts?: boolean
  /**
   * Removes what the sources do not support and adds what we know of them. Neither adds a sentence nor
   * rewords one.
   */
  ground(answer: Answer): Output
}

/** The agent's calls so far, when its answer is based on an earlier one. */
export interface PriorCalls {
  budget: CallBudget
  /** Ids of the responses that it rests on. */
  basis: string[]
}

/** The parts of a request that every call of an agent shares, beginning with the stable prefix. */
export const requestFor = (
  task: Pick<AgentTask<unknown>, 'agent' | 'locale' | 'mode' | 'messages'>,
  instructions: string,
  model: string,
): ModelRequest => {
  const effort = reasoningEffort(task.agent, task.mode)
  return {
    model,
    instructions,
    messages: task.messages,
    ...(effort === undefined ? {} : { effort }),
  }
}

/** What a task asks the model for, and the guard of what may come of it. */
const questionOf = (
  task: Pick<
    AgentTask<unknown>,
    'agent' | 'prompt' | 'locale' | 'mode' | 'messages' | 'schema' | 'own'
  >,
  { settings }: CallBudget,
): { request: ModelRequest; guard: AnswerGuard } => {
  const { agent, prompt, locale, own } = task
  const instructions = sealed(prompt.instructions[locale], locale)
  const assignment = prompt.assignment?.[locale]
  const guard = answerGuard({
    instructions: assignment === undefined ? instructions : `${instructions}\n\n${assignment}`,
    own,
    mayQuote: agent === 'planner',
  })
  const shared = requestFor(task, instructions, settings.model)
  const request: ModelRequest = {
    ...shared,
    ...(assignment !== undefined && {
      messages: [...shared.messages, { role: 'user', content: assignment }],
      sharesPrefix: true,
    }),
    format: responseFormat(prompt.version, task.schema),
  }
  return { request, guard }
}

/** Makes what an agent's first call of an instance would make while its user waits, and every call shares. */
export const prepareAgent = (prompt: Prompt, schema: z.ZodType, locale: Locale): void => {
  answerGuard({
    instructions: sealed(prompt.instructions[locale], locale),
    own: [],
    mayQuote: true,
  })
  schemaText(responseFormat(prompt.version, schema).schema)
  boundsOf(schema)
}

/**
 * Asks the model for one structured answer, streaming its elements while it is written, and once
 * more, with the reasons, when the first answer was invalid. The only place that makes `Authored`
 * text: the answer completed, was not refused and satisfies its schema and its agent's rules.
 * @throws StudioError the agent's timeout (TURN_TIMEOUT, RESEARCH_TIMEOUT, STAGE_TIMEOUT),
 * MODEL_REFUSED, SCHEMA_VALIDATION_FAILED, RATE_LIMITED, UPSTREAM_ERROR, CAPABILITY_NOT_CONFIGURED;
 * or the reason of an aborted signal, or what `countCall` throws.
 */
export const runGroundedAgent = async <Answer, Output>(
  dependencies: AgentDependencies,
  task: GroundedTask<Answer, Output>,
  priorCalls: PriorCalls = { budget: openBudget(task.agent, dependencies), basis: [] },
): Promise<Authored<Output>> => {
  const { agent, prompt, locale } = task
  const { budget, basis } = priorCalls
  const { request, guard } = questionOf(task, budget)
  const violations = (place: string, value: unknown): string[] =>
    task.sifts ? guard.leaks(place, value) : guard.violations(place, value)
  const together = (value: unknown): string[] =>
    task.sifts ? guard.leaks('answer', textsIn(value).join('\n')) : guard.together(value)
  const bounds = boundsOf(task.readAs ?? task.schema)
  const wanted = boundsOf(task.schema)

  const ask = async (
    request: ModelRequest,
    { try: attempt, deadline, onUsage }: CallAllowance,
  ): Promise<{ output: Output; answer: ModelAnswer; attempt: Try }> => {
    const { model, signal } = dependencies
    const { value, answer } = await readStructured(
      { agent, model, request, deadline, signal, onUsage },
      bounds,
      {
        onComplete(path, part) {
          if (isPassedOver(wanted, path)) return
          // What stands deeper is part of what is reported here.
          const broken =
            path.length > 1 || typeof part === 'string' ? violations(path.join('.'), part) : []
          if (broken.length > 0) throw new RuleBroken(broken)
          task.onComplete?.(path, part, attempt)
        },
        onText(field, text) {
          if (isPassedOver(wanted, [field])) return
          task.onText?.(field, guard.shown(field, text), attempt)
        },
      },
    )
    const parsed = task.schema.safeParse(value)
    if (!parsed.success) throw invalidAnswer(agent, schemaViolations(parsed.error))
    const output = task.ground(parsed.data)
    const broken = [
      ...task.rules(output, attempt),
      ...outputSizeViolations(output),
      ...together(parsed.data),
    ]
    if (broken.length > 0) throw invalidAnswer(agent, broken)
    return { output, answer, attempt }
  }

  const { output, answer, attempt } = await tryTwice(agent, dependencies, budget, {
    request: (failure) => withReasons(request, locale, failure),
    ask,
  })
  const askAgain = createAskAgain(dependencies, task, {
    request,
    budget,
    violations: (place, value) => [...violations(place, value), ...together(value)],
  })
  const finished = await task.finish?.(output, attempt, askAgain)
  const provenance: Provenance = {
    provider: modelProvider(),
    model: answer.model,
    response_id: answer.id,
    prompt_version: prompt.version,
    usage: { ...budget.usage },
    created_at: isoTime(dependencies.clock.now()),
  }
  return authored(finished?.output ?? output, {
    ...provenance,
    ...(basis.length > 0 && { based_on: basis }),
    ...(finished && finished.repairedBy.length > 0 && { repaired_by: finished.repairedBy }),
  })
}

/** Whether a schema takes no notice of a value: it is in no output, and breaks no rule. */
const isPassedOver = ({ fields }: Bounds, [field]: JsonPath): boolean =>
  fields !== undefined && !fields.has(String(field))

/** The same for an answer that is its own output. */
export const runAgent = <Output>(
  dependencies: AgentDependencies,
  task: AgentTask<Output>,
): Promise<Authored<Output>> =>
  runGroundedAgent(dependencies, { ...task, ground: (answer) => answer })

const createAskAgain =
  (
    dependencies: AgentDependencies,
    { agent, locale }: Pick<AgentTask<unknown>, 'agent' | 'locale'>,
    answered: {
      request: ModelRequest
      budget: CallBudget
      violations(place: string, value: unknown): string[]
    },
  ): AskAgain =>
  ({ version, message, schema, bounds, read }) => {
    const { model, signal } = dependencies
    const { request, budget, violations } = answered
    const asking = {
      ...request,
      messages: [...request.messages, message],
      format: responseFormat(version, schema),
    }
    return tryTwice(agent, dependencies, budget, {
      request: (failure) => withReasons(asking, locale, failure),
      async ask(request, { try: attempt, deadline, onUsage }) {
        const { value, answer } = await readStructured(
          { agent, model, request, deadline, signal, onUsage },
          bounds,
          {},
        )
        const broken = violations('repair', value)
        if (broken.length > 0) throw invalidAnswer(agent, broken)
        try {
          return { value: read(value), answer, attempt }
        } catch (error) {
          throw error instanceof RuleBroken ? invalidAnswer(agent, error.reasons) : error
        }
      },
    })
  }

/** The request, with the reasons why the first answer was not taken. */
const withReasons = (
  request: ModelRequest,
  locale: Locale,
  failure: StudioError | undefined,
): ModelRequest => {
  const reasons = failure?.errors?.map(({ message }) => message)
  return reasons
    ? {
        ...request,
        messages: [...request.messages, { role: 'user', content: rejectedText(locale, reasons) }],
      }
    : request
}

const rejectedText = (locale: Locale, reasons: string[]): string =>
  `${rejectedNotice[locale]}\n${dataBlock('rejected_because', reasons)}`
