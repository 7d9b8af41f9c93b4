import { lookAt, wasUnseen } from '../../agents/picture-agent.ts'
import type { Once } from '../../clients/idempotency.ts'
import { BlindModel } from '../../clients/openai/blind-model.ts'
import type { PictureOutput } from '../../contracts/agents.ts'
import type { BriefSlots, SlotUpdate } from '../../contracts/brief.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { PictureFormat, ProductImage, ProductImageTurn } from '../../contracts/pictures.ts'
import type { Locale } from '../../contracts/session.ts'
import type { VoiceUpload } from '../../contracts/voice.ts'
import type { Clock } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { log } from '../../platform/telemetry.ts'
import { errorMessage } from '../../platform/wording/failures.ts'
import { notices } from '../../platform/wording/notices.ts'
import { note } from '../../platform/work-facts.ts'
import { isLeased, type Session } from '../../repositories/session.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import type { Caller } from '../../rules/caller.ts'
import { evaluateGate, fillSlots } from '../../rules/gate.ts'
import { ownedSession, readableSession } from '../../rules/ownership.ts'
import { productPicturePath } from '../../rules/product-picture.ts'
import { isRunning } from '../../rules/session-state.ts'
import type { LimitService } from '../limits/limit-service.ts'
import { turnInProgress } from '../turns/turn.ts'
import { runInProgress } from '../turns/turn-admission.ts'
import {
  type AnswerContext,
  historyOf,
  type TurnAnswer,
  type TurnTask,
} from '../turns/turn-answer.ts'
import type { TurnService } from '../turns/turn-service.ts'
import type { JudgedPicture } from './picture-inspection.ts'
import type { PictureSource, PictureStore } from './picture-store.ts'

export interface PictureDependencies {
  clock: Clock
  sessions: Pick<SessionRepository, 'get'>
  limits: LimitService
  pictures: PictureStore
  turns: Pick<TurnService, 'run'>
  /** Makes one turn of one upload. */
  once: Once
}

export interface PictureInput {
  sessionId: string
  principal: string
  source: PictureSource
  note?: string | undefined
  /** The language of the answer; the session's when not given. */
  locale?: Locale | undefined
  caller?: Caller | undefined
  /** Epoch milliseconds by which the answer has to be there. */
  deadline: number
}

/**
 * The slots that a picture suggests: never over what the user said, nor over what was settled with the user.
 */
const suggested = (slots: BriefSlots, { image_summary, clarity, slot_updates }: PictureOutput) => {
  const context = {
    path: 'product.image_context',
    value: image_summary,
    confidence: clarity,
    source: 'image',
  } as const satisfies SlotUpdate
  const updates: SlotUpdate[] = [context, ...slot_updates]
  return updates.filter(({ path }) => (slots[path]?.source ?? 'image') === 'image')
}

/** What is said when the model does not read pictures: the product's own words, and nothing of the picture. */
const notRead = (error: StudioError, locale: Locale): TurnAnswer => {
  const code = 'CAPABILITY_NOT_CONFIGURED'
  log.warn('picture not read', { code, error })
  const message = errorMessage({ code, retryable: false }, locale)
  return { notice: notices.pictureNotRead[locale], reason: { code, message, retryable: false } }
}

const isBlind = (error: unknown): error is StudioError =>
  error instanceof StudioError && (error instanceof BlindModel || wasUnseen(error))

const look = async (
  { agents, conversation, turn, message, onText }: AnswerContext,
  { shown, checkNumber }: JudgedPicture,
  asked: Locale | undefined,
  onSeen: (seen: PictureOutput) => void,
): Promise<TurnAnswer> => {
  const { mode, slots, locale } = conversation.session
  const language = asked ?? locale
  const input = {
    locale: language,
    mode,
    slots,
    gate: evaluateGate(slots),
    gateAfter: (output: PictureOutput) =>
      evaluateGate(fillSlots(slots, suggested(slots, output), turn)),
    history: historyOf(conversation),
    note: message,
    image: shown,
    checkNumber,
  }
  try {
    const reply = await lookAt(agents, input, onText)
    onSeen(reply.value)
    return { reply, updates: (now) => suggested(now, reply.value) }
  } catch (error) {
    if (isBlind(error)) return notRead(error, language)
    throw error
  }
}

/** Counts a picture that comes with its turn beside the read that it begins with; an upload was counted. */
const open = async (
  { clock, sessions, limits }: PictureDependencies,
  { sessionId, principal, source, caller = { principal } }: PictureInput,
): Promise<Session> => {
  const [found, admission] = await Promise.all([
    sessions.get(sessionId),
    'image' in source ? limits.admit(caller, { uploads: 1 }) : undefined,
  ])
  try {
    const session = ownedSession(found, principal)
    if (isRunning(session.state)) throw runInProgress()
    if (isLeased(session, clock.now())) throw turnInProgress()
    return session
  } catch (error) {
    await admission?.giveBack()
    throw error
  }
}

/** Whether a turn that failed has begun, or may have: then its session may name the picture. */
const mayHaveBegun = (error: unknown): boolean =>
  !(error instanceof StudioError) || error.recorded || error.code === 'INTERNAL_ERROR'

const add = async (
  dependencies: PictureDependencies,
  input: PictureInput,
): Promise<ProductImageTurn> => {
  const { pictures, turns } = dependencies
  const { sessionId, principal, caller, locale, deadline } = input
  await open(dependencies, input)
  const picture = await pictures.take(sessionId, input.source)
  const pictureId = newId('picture')
  const imageUrl = productPicturePath(sessionId, pictureId)
  let seen: PictureOutput | undefined
  let notice: ProductImageTurn['not_read'] = null
  let hasBegun = false
  const task: TurnTask = {
    agent: 'picture',
    images: 1,
    imageUrl,
    updates: [{ path: 'product.image_url', value: imageUrl, confidence: 1, source: 'image' }],
    prepare: () => pictures.keep(sessionId, pictureId, picture),
    async answer(context) {
      const answer = await look(context, picture, locale, (output) => {
        seen = output
      })
      if ('notice' in answer) notice = answer.reason
      return answer
    },
  }
  const turn = { sessionId, principal, caller, message: input.note ?? '', deadline, task }
  const listener = {
    onEvents() {
      hasBegun = true
    },
  }
  const result = await turns.run({ ...turn, input: 'picture' }, listener).catch(async (error) => {
    if (!hasBegun && !mayHaveBegun(error)) await pictures.drop(sessionId, pictureId).catch(() => {})
    throw error
  })
  note({ turn: result.turn })
  return {
    ...(await pictures.view(sessionId, pictureId)),
    ...result,
    image_summary: seen?.image_summary ?? null,
    not_read: notice,
    next_question: result.assistant_message.next_question,
  }
}

export const createPictureService = (dependencies: PictureDependencies) => ({
  /** A form to upload a picture with. @throws StudioError SESSION_NOT_FOUND, RATE_LIMITED */
  async upload(
    sessionId: string,
    principal: string,
    { format, caller = { principal } }: { format: PictureFormat; caller?: Caller },
  ): Promise<VoiceUpload> {
    const { sessions, limits, pictures } = dependencies
    const [session] = await Promise.all([
      sessions.get(sessionId),
      limits.admit(caller, { uploads: 1 }),
    ])
    ownedSession(session, principal)
    return pictures.form(sessionId, format)
  },

  /**
   * One turn about a picture. It is kept from the turn's beginning on, whatever the model makes of it; what the
   * model sees becomes suggestions for the brief. One upload becomes one turn.
   * @throws StudioError SESSION_NOT_FOUND, RUN_IN_PROGRESS, TURN_IN_PROGRESS, RATE_LIMITED, BUDGET_EXCEEDED, what
   * is wrong with the picture (nothing is stored then), and what the turn ends with, which is then in the log
   */
  add(input: PictureInput): Promise<ProductImageTurn> {
    const { sessionId, principal, source } = input
    const serve = () => add(dependencies, input)
    if ('image' in source) return serve()
    const key = `picture:${source.uploadId}`
    const content = { note: input.note ?? null, locale: input.locale ?? null }
    return dependencies.once({ principal, sessionId, key, content }, serve)
  },

  /** A picture of the session with a new link. @throws StudioError SESSION_NOT_FOUND, UPLOAD_NOT_FOUND */
  async view(sessionId: string, principal: string, pictureId: string): Promise<ProductImage> {
    const { sessions, pictures } = dependencies
    readableSession(await sessions.get(sessionId), principal)
    return pictures.view(sessionId, pictureId)
  },
})
