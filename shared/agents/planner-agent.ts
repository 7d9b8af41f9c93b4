import type { ModelMessage } from '../clients/openai/model-client.ts'
import { PlannerOutput } from '../contracts/agents.ts'
import type { BriefSlots, Gate, SlotUpdate } from '../contracts/brief.ts'
import type { FieldRule } from '../contracts/problems.ts'
import type { Authored } from '../contracts/provenance.ts'
import type { Locale, Mode, SessionState } from '../contracts/session.ts'
import { isActive } from '../rules/active-text.ts'
import { elementSizeViolations } from '../rules/answer-size.ts'
import { isCommand } from '../rules/commands.ts'
import { isRunning } from '../rules/session-state.ts'
import { prepareAgent, runAgent } from './agent-runtime.ts'
import { textsIn } from './answer-guard.ts'
import type { AgentDependencies, Try } from './call-budget.ts'
import { schemaViolations } from './model-schema.ts'
import { plannerPrompt } from './prompts/planner.v2.ts'
import { dataBlock, unmarked } from './prompts/prompt.ts'
import {
  isReplyField,
  type ReplyField,
  type ReplyStream,
  replyStream,
  replyText,
} from './reply-text.ts'
import { RuleBroken } from './rule-broken.ts'

export { replyText } from './reply-text.ts'

export interface PlannerInput {
  locale: Locale
  mode: Mode
  state: SessionState
  /** The number of this turn, from 1. */
  turn: number
  slots: BriefSlots
  gate: Gate
  /** The gate as it would be after these updates. */
  gateAfter(updates: SlotUpdate[]): Gate
  /** Earlier messages, oldest first. */
  history: readonly { role: 'user' | 'assistant'; text: string; picture?: boolean }[]
  message: string
}

export interface PlannerListener {
  /** Once a try, before its text; updates that break a rule have ended the try already. */
  onSlotUpdates(updates: SlotUpdate[], attempt: Try): void
  /** The next piece of the reply; all pieces of the try that succeeds add up to `replyText`. */
  onText(text: string, attempt: Try): void
}

/** After this many turns the planner offers to proceed with the brief as it is. */
const turnsBeforeOffer = 20

export const filledSlots = (slots: BriefSlots): object =>
  Object.fromEntries(
    Object.entries(slots).map(([path, slot]) => [
      path,
      slot && { value: slot.value, confidence: slot.confidence, source: slot.source },
    ]),
  )

/**
 * An earlier message. The user's are data, as in their own turn. The planner's own stay prose, so that the
 * conversation reads as one; they may quote the user, so nothing in them can look like a block either.
 */
export const earlier = ({ role, text, picture }: PlannerInput['history'][number]): ModelMessage => {
  if (role === 'assistant') return { role, content: unmarked(text) }
  const name = picture ? 'earlier_user_picture' : 'earlier_user_message'
  return { role, content: dataBlock(name, picture ? { note: text } : text) }
}

const messagesOf = (input: PlannerInput): ModelMessage[] => [
  ...input.history.map(earlier),
  {
    role: 'user',
    content: [
      dataBlock('session', {
        state: input.state,
        run_in_progress: isRunning(input.state),
        turn: input.turn,
        offer_to_go_on: input.turn > turnsBeforeOffer && !input.gate.ready,
        filled_slots: filledSlots(input.slots),
        gate: input.gate,
      }),
      dataBlock('user_message', input.message),
    ].join('\n'),
  },
]

/**
 * What the user wrote in this session. A message that speaks to the model may be pasted from elsewhere:
 * its addresses are not taken for the user's.
 */
export const ownTexts = ({
  message,
  history,
  slots,
}: Pick<PlannerInput, 'message' | 'history' | 'slots'>): string[] =>
  [
    message,
    ...history.flatMap(({ role, text }) => (role === 'user' ? [text] : [])),
    // What a picture shows is not what the user said.
    ...Object.values(slots).flatMap((slot) =>
      slot?.source === 'image' ? [] : textsIn(slot?.value),
    ),
  ].filter((text) => !isCommand(text) && !isActive(text))

/** Slots that a link has no place in; a channel may be a shop's address. */
const plainSlots: ReadonlySet<SlotUpdate['path']> = new Set([
  'product.name',
  'product.category',
  'product.price_band',
  'target.who',
  'target.why',
])

/** Rules of a value that is handed on as a fact of the product. */
export type ValueRule = Extract<FieldRule, 'LINK' | 'MODEL_INSTRUCTION'>

/** For the model or the developer that wrote the value. */
const valueRuleMessages: Readonly<Record<ValueRule, string>> = {
  MODEL_INSTRUCTION: 'must not hold an instruction to a model; store facts of the product',
  LINK: 'must not hold a link; store the words alone',
}

/** Every rule that a value breaks which would be handed on as a fact of the product. */
export const valueViolations = ({
  path,
  value,
}: SlotUpdate): { rule: ValueRule; message: string }[] => {
  const texts = textsIn(value)
  const broken: ValueRule[] = []
  if (texts.some(isCommand)) broken.push('MODEL_INSTRUCTION')
  if (plainSlots.has(path) && texts.some((text) => /[a-z]:\/\//i.test(text))) broken.push('LINK')
  return broken.map((rule) => ({ rule, message: valueRuleMessages[rule] }))
}

/** Every rule that the updates break whatever they come from. */
export const updateFacts = (updates: SlotUpdate[]): string[] => {
  const paths = updates.map(({ path }) => path)
  const twice = paths.filter((path, index) => paths.indexOf(path) !== index)
  return [
    ...[...new Set(twice)].map((path) => `slot_updates: ${path} is updated twice`),
    ...elementSizeViolations('slot_updates', updates),
    ...updates.flatMap((update) =>
      valueViolations(update).map(({ message }) => `${update.path}: ${message}`),
    ),
  ]
}

/** Every rule that the planner's updates break by themselves. */
export const updateRules = (updates: SlotUpdate[], state: SessionState): string[] => {
  const broken = updateFacts(updates)
  if (isRunning(state) && updates.length > 0) {
    broken.push('slot_updates: must be empty while a run is in progress')
  }
  if (updates.some(({ path, source }) => path === 'product.image_url' || source === 'image')) {
    broken.push(
      'slot_updates: only an uploaded picture fills product.image_url or has source image',
    )
  }
  return broken
}

/** Every rule that the answer breaks as a whole. */
export const plannerRules = (
  output: PlannerOutput,
  input: Pick<PlannerInput, 'state' | 'gateAfter'>,
): string[] => {
  const broken = updateRules(output.slot_updates, input.state)
  return isRunning(input.state)
    ? broken
    : [...broken, ...questionRules(output.next_question, input.gateAfter(output.slot_updates))]
}

/** There is a question for as long as the gate, as it will be, is shut. */
export const questionRules = (question: string | null, gate: Gate): string[] => {
  if (question !== null || gate.ready) return []
  return gate.missing_required.length > 0
    ? [`next_question: null while ${gate.missing_required.join(', ')} are missing`]
    : [
        `next_question: null while the mean confidence is ${gate.confidence}; ask to confirm the least certain slot`,
      ]
}

/** What a turn can make ready while its session is read. */
export const preparePlanner = (locale: Locale): void =>
  prepareAgent(plannerPrompt, PlannerOutput, locale)

/**
 * The planner agent: one turn of the conversation, with what the message adds to the brief, the reply
 * and the next question.
 * @throws StudioError TURN_TIMEOUT and what `runAgent` throws
 */
export const plan = (
  dependencies: AgentDependencies,
  input: PlannerInput,
  listener: PlannerListener,
): Promise<Authored<PlannerOutput>> => {
  const replies: Record<Try, ReplyStream> = { 1: replyStream(), 2: replyStream() }
  const send = (attempt: Try): void => {
    const text = replies[attempt].next()
    if (text !== '') listener.onText(text, attempt)
  }
  return runAgent(dependencies, {
    agent: 'planner',
    prompt: plannerPrompt,
    locale: input.locale,
    mode: input.mode,
    messages: messagesOf(input),
    schema: PlannerOutput,
    own: ownTexts(input),
    rules: (output, attempt) => {
      const broken = plannerRules(output, input)
      // Normalizing a text in parts may differ from normalizing it whole, in a few scripts.
      return replies[attempt].sent() === replyText(output)
        ? broken
        : [...broken, 'response_text: write it in the composed form of Unicode (NFC)']
    },
    onComplete: ([field, ...deeper], value, attempt) => {
      if (deeper.length > 0) return
      if (field === 'slot_updates') {
        listener.onSlotUpdates(validUpdates(value, input.state), attempt)
        replies[attempt].open()
      }
      if (isReplyField(field)) replies[attempt].complete(field, validReply(field, value))
      send(attempt)
    },
    onText: (field, text, attempt) => {
      if (!isReplyField(field)) return
      replies[attempt].progress(field, text)
      send(attempt)
    },
  })
}

/** @throws RuleBroken before any text of the try's reply is sent */
const validUpdates = (value: unknown, state: SessionState): SlotUpdate[] => {
  const updates = PlannerOutput.shape.slot_updates.safeParse(value)
  if (!updates.success) throw new RuleBroken(schemaViolations(updates.error, 'slot_updates'))
  const broken = updateRules(updates.data, state)
  if (broken.length > 0) throw new RuleBroken(broken)
  return updates.data
}

/** @throws RuleBroken before the last piece of a text that breaks a rule is sent */
const validReply = (field: ReplyField, value: unknown): string | null => {
  const reply = PlannerOutput.shape[field].safeParse(value)
  if (!reply.success) throw new RuleBroken(schemaViolations(reply.error, field))
  return reply.data
}
