import type { ModelImage } from '../clients/openai/model-client.ts'
import { PictureOutput } from '../contracts/agents.ts'
import type { BriefSlots, Gate, SlotUpdate } from '../contracts/brief.ts'
import type { StudioError } from '../contracts/errors.ts'
import type { Authored } from '../contracts/provenance.ts'
import type { Locale, Mode } from '../contracts/session.ts'
import { runAgent } from './agent-runtime.ts'
import type { AgentDependencies, Try } from './call-budget.ts'
import { schemaViolations } from './model-schema.ts'
import {
  earlier,
  filledSlots,
  ownTexts,
  type PlannerInput,
  questionRules,
  updateFacts,
} from './planner-agent.ts'
import { picturePrompt } from './prompts/picture.v1.ts'
import { dataBlock } from './prompts/prompt.ts'
import { isReplyField, type ReplyStream, replyStream, replyText } from './reply-text.ts'
import { RuleBroken } from './rule-broken.ts'

export interface PictureInput extends Pick<PlannerInput, 'history' | 'slots'> {
  locale: Locale
  mode: Mode
  slots: BriefSlots
  gate: Gate
  /** The gate as it would be with what the picture suggests. */
  gateAfter(output: PictureOutput): Gate
  /** What the user wrote with the picture; may be empty. */
  note: string
  /** The picture, with a strip below it that holds the number. */
  image: ModelImage
  checkNumber: string
}

/** Slots that a picture can show; whom it is for and where it is sold it cannot. */
const visibleSlots: ReadonlySet<SlotUpdate['path']> = new Set([
  'product.name',
  'product.category',
  'product.features',
  'product.price_band',
])

const digits = (text: string): string => text.replace(/\D/g, '')

/** The reason that tells an answer of a model that did not see the picture. */
const unseen = 'check_number: is not the number in the strip below the picture'

/** Whether a failure is that of a model that answered without having seen the picture. */
export const wasUnseen = ({ errors = [] }: StudioError): boolean =>
  errors.some(({ message }) => message === unseen)

const slotRules = (updates: SlotUpdate[]): string[] => [
  ...updates.flatMap(({ path, source }) => [
    ...(visibleSlots.has(path) ? [] : [`slot_updates: a picture does not show ${path}`]),
    ...(source === 'image' ? [] : [`slot_updates: the source of ${path} is image`]),
  ]),
  ...updateFacts(updates),
]

/** Every rule of a picture's answer, and of it alone. */
export const pictureRules = (
  output: PictureOutput,
  { checkNumber, gateAfter }: Pick<PictureInput, 'checkNumber' | 'gateAfter'>,
): string[] => {
  const { check_number, image_summary, slot_updates, response_text, next_question } = output
  // Nothing else counts of an answer about a picture that was not seen.
  if (digits(check_number) !== checkNumber) return [unseen]
  const texts = [image_summary, response_text, JSON.stringify(slot_updates)]
  return [
    ...(texts.some((text) => text.includes(checkNumber))
      ? ['check_number: the number is no part of the picture; write of the picture alone']
      : []),
    ...slotRules(slot_updates),
    ...questionRules(next_question, gateAfter(output)),
  ]
}

const messageOf = (input: PictureInput) => ({
  role: 'user' as const,
  content: [
    dataBlock('session', {
      filled_slots: filledSlots(input.slots),
      missing_required: input.gate.missing_required,
    }),
    dataBlock('note', input.note),
  ].join('\n'),
  images: [input.image],
})

/**
 * The picture agent: what a picture of the product shows, as facts, and what it suggests for the brief. Text
 * goes out only behind the proof that the model saw the picture.
 * @throws StudioError TURN_TIMEOUT, `BlindModel` and what `runAgent` throws; `wasUnseen` tells a model that
 * took the picture and did not look at it
 */
export const lookAt = (
  dependencies: AgentDependencies,
  input: PictureInput,
  onText: (text: string, attempt: Try) => void,
): Promise<Authored<PictureOutput>> => {
  const replies: Record<Try, ReplyStream> = { 1: replyStream(), 2: replyStream() }
  const judged: Record<Try, Set<string>> = { 1: new Set(), 2: new Set() }
  /** The reply goes out behind the proof of sight and behind slots that break no rule, in whatever order. */
  const judge = (field: string, attempt: Try): void => {
    judged[attempt].add(field)
    if (judged[attempt].size === 2) replies[attempt].open()
  }
  const send = (attempt: Try): void => {
    const text = replies[attempt].next()
    if (text !== '') onText(text, attempt)
  }
  return runAgent(dependencies, {
    agent: 'picture',
    prompt: picturePrompt,
    locale: input.locale,
    mode: input.mode,
    messages: [...input.history.map(earlier), messageOf(input)],
    schema: PictureOutput,
    own: ownTexts({ ...input, message: input.note }),
    rules: (output, attempt) => {
      const broken = pictureRules(output, input)
      return replies[attempt].sent() === replyText(output) || broken.length > 0
        ? broken
        : ['response_text: write it in the composed form of Unicode (NFC)']
    },
    onComplete: ([field, ...deeper], value, attempt) => {
      if (deeper.length > 0) return
      if (field === 'check_number') {
        if (digits(String(value)) !== input.checkNumber) throw new RuleBroken([unseen])
        judge(field, attempt)
      }
      if (field === 'slot_updates') {
        const updates = PictureOutput.shape.slot_updates.safeParse(value)
        if (!updates.success) throw new RuleBroken(schemaViolations(updates.error, field))
        const broken = slotRules(updates.data)
        if (broken.length > 0) throw new RuleBroken(broken)
        judge(field, attempt)
      }
      if (isReplyField(field)) {
        replies[attempt].complete(field, typeof value === 'string' ? value : null)
      }
      send(attempt)
    },
    onText: (field, text, attempt) => {
      if (!isReplyField(field)) return
      replies[attempt].progress(field, text)
      send(attempt)
    },
  })
}
