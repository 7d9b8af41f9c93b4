import { setImmediate } from 'node:timers/promises'
import type { AgentDependencies } from '../../agents/call-budget.ts'
import { preparePlanner } from '../../agents/planner-agent.ts'
import type { Once } from '../../clients/idempotency.ts'
import type { ModelClient } from '../../clients/openai/model-client.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { Clock } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { measure } from '../../platform/telemetry.ts'
import type { ChatMessageRepository } from '../../repositories/chat-message-repository.ts'
import type { EventRepository } from '../../repositories/event-repository.ts'
import { isLeased } from '../../repositories/session.ts'
import type { Conversation, SessionRepository } from '../../repositories/session-repository.ts'
import { fillSlots } from '../../rules/gate.ts'
import type { turnOutcomes } from '../../rules/metrics.ts'
import { modelLimits } from '../../rules/model-limits.ts'
import { ownedSession } from '../../rules/ownership.ts'
import { isRunning } from '../../rules/session-state.ts'
import type { EarlyResearchRequest } from '../early-research/early-research-request.ts'
import type { LimitService } from '../limits/limit-service.ts'
import type { StreamService } from '../log/stream-service.ts'
import { clearErasedLog } from '../sessions/erased-meanwhile.ts'
import type { SpendService } from '../spend/spend-service.ts'
import { createReplyDeltas } from './reply-deltas.ts'
import { type TurnInput, type TurnListener, type TurnResult, turnInProgress } from './turn.ts'
import { admit, giveBack, runInProgress } from './turn-admission.ts'
import { askPlanner, type TurnAnswer } from './turn-answer.ts'
import { openTurnCalls, type TurnCalls } from './turn-calls.ts'
import { createTurnCommit, type LeasedTurn, type TurnCommit } from './turn-commit.ts'
import { recordFailure } from './turn-failure.ts'
import { committedAnswer } from './turn-log.ts'
import { cutOff, stop, watch } from './turn-stop.ts'

export interface TurnDependencies {
  clock: Clock
  model: ModelClient
  sessions: SessionRepository
  messages: ChatMessageRepository
  events: EventRepository
  streams: StreamService
  spend: SpendService
  limits: LimitService
  earlyResearch: EarlyResearchRequest
  /** Serves a message that names itself (`client_message_id`) once. */
  once: Once
}

type Context = TurnDependencies & { commit: TurnCommit }

/** A turn on its way: its lease is being taken, and nothing of its reply is out yet. */
interface OpenTurn extends LeasedTurn {
  conversation: Conversation
  startedAt: number
  calls: TurnCalls
  /** Settles when the lease is held. @throws StudioError TURN_IN_PROGRESS */
  begun: Promise<void>
  /** Aborts when the turn was stopped, lost its lease or its session, or has to be over. */
  signal: AbortSignal
  /** Ends it, with the reason. */
  stop: AbortController
}

/**
 * Starts taking the lease and storing the user's message. The log aborts the turn's signal when it
 * says that the turn was stopped.
 */
const openTurn = (
  { streams, commit }: Context,
  input: TurnInput,
  conversation: Conversation,
  {
    startedAt,
    calls,
    tail,
    cut,
    onEvents,
  }: {
    startedAt: number
    calls: TurnCalls
    tail: Promise<number>
    cut: AbortSignal
  } & TurnListener,
): OpenTurn => {
  const { task } = input
  const turn = input.held ? conversation.session.turn : conversation.session.turn + 1
  const begunWith = task?.updates
  const slots = fillSlots(conversation.session.slots, begunWith ?? [], turn)
  const session = { ...conversation.session, slots }
  const stop = new AbortController()
  const stream = streams.open(session.session_id, {
    tail,
    looksAhead: true,
    onEvents,
    onForeign(appended) {
      if (appended.some((event) => event.type === 'error' && event.data.turn === turn)) {
        stop.abort(new StudioError('STOPPED', 'The turn was stopped.', { recorded: true }))
      }
      stop.signal.throwIfAborted()
    },
  })
  const leased: LeasedTurn = { stream, session, turn, leaseId: newId('lease'), begunWith }
  const begin = () => commit.begin(leased, input)
  // Behind the request of the model, which leaves now.
  const begun = (task ? task.prepare() : setImmediate()).then(begin)
  begun.catch((reason) => stop.abort(reason))
  const signal = AbortSignal.any([stop.signal, cut])
  const read = { ...conversation, session }
  return { ...leased, conversation: read, startedAt, calls, begun, signal, stop }
}

type TurnOutcome = (typeof turnOutcomes)[number]

type ReplyListener = (text: string, modelTry: number) => void

/** The planner's answer, or that of the turn's own task. */
const ask = (
  { model, clock, sessions, commit }: Context,
  open: OpenTurn,
  { message, task, deadline: until }: TurnInput,
  onText: ReplyListener,
): Promise<TurnAnswer> => {
  const { session, turn, leaseId, conversation, signal } = open
  const { maxCalls } = modelLimits[task?.agent ?? 'planner']
  const counted = {
    begun: open.begun,
    write: () => sessions.countCall(session.session_id, leaseId, maxCalls),
    refusal: (cause: unknown) => commit.refusal(session.session_id, cause),
  }
  const countCall: AgentDependencies['countCall'] = (call) => open.calls.count(call, counted)
  const agents = { model, clock, signal, until, countCall }
  const context = { agents, conversation, turn, message, onText }
  return task ? task.answer(context) : askPlanner(context)
}

/**
 * Waits until the lease is held. When that fails with anything but a refusal, the lease may be held all
 * the same: the answer was lost. Then the turn is ended at once.
 */
const beginTurn = async (context: Context, open: OpenTurn): Promise<void> => {
  try {
    await open.begun
  } catch (error) {
    const failure = await recordFailure(context, open, error)
    await open.stream.settled()
    throw failure
  }
}

/** Streams the reply and commits it, or records the failure. */
const answer = async (context: Context, open: OpenTurn, input: TurnInput): Promise<TurnResult> => {
  const { stream, turn, begun, stop } = open
  const deltas = createReplyDeltas(stream, turn, begun, stop.signal)
  const planned = ask(context, open, input, deltas.push)
  // It is awaited below; a failure that comes before the lease must not go unhandled.
  planned.catch(() => {})
  await beginTurn(context, open)
  const stopWatching = watch(context, open)
  let outcome: TurnOutcome = 'failed'
  let askAhead = async (): Promise<void> => {}
  try {
    const reply = await planned
    const result = await context.commit.finish(open, reply, await deltas.rest())
    const { session } = open
    const { state, brief_slots } = result
    askAhead = () =>
      context.earlyResearch.consider({ ...session, state }, session.slots, brief_slots)
    outcome = 'answered'
    measure('TurnEnd', 1, { outcome })
    return result
  } catch (error) {
    // Text that could not be appended does not keep the failure from being recorded.
    await deltas.end().catch(() => {})
    const failure = await recordFailure(context, open, error)
    const isErased = failure.code === 'SESSION_NOT_FOUND'
    if (isErased) await clearErasedLog(context, open.session.session_id)
    if (isErased || failure.code === 'STOPPED') outcome = 'stopped'
    throw failure
  } finally {
    stopWatching()
    measure('TurnLatency', context.clock.now() - open.startedAt, { outcome })
    await stream.settled()
    await askAhead()
  }
}

/**
 * Lease, user's message and model call start side by side; nothing of the reply goes out before the
 * lease is held. What the call may cost is reserved while the session is read: a turn that cannot be
 * afforded is not begun.
 */
const take = async (
  context: Context,
  input: TurnInput,
  listener: TurnListener,
): Promise<TurnResult> => {
  const calls = openTurnCalls(context, input)
  try {
    return await takeWith(context, input, listener, calls)
  } finally {
    await calls.settled()
  }
}

const takeWith = async (
  context: Context,
  input: TurnInput,
  { onEvents }: TurnListener,
  calls: TurnCalls,
): Promise<TurnResult> => {
  const { clock, sessions, events } = context
  const startedAt = clock.now()
  const tail = events.lastSeq(input.sessionId)
  // The stream awaits it; until then its failure must not go unhandled.
  tail.catch(() => {})
  const admitted = admit(context, input)
  context.model.prepare?.()
  const conversation = await sessions.conversation(input.sessionId)
  const session = ownedSession(conversation?.session, input.principal)
  const messages = conversation?.messages ?? []
  if (!input.task) preparePlanner(session.locale)
  const answered = await committedAnswer(events, { session, messages }, input)
  // What is answered from the log, or refused while another turn goes on, is no turn.
  if (answered) {
    await admitted.then(giveBack, () => {})
    return answered
  }
  const admission = await admitted
  const { held } = input
  if (input.task && isRunning(session.state)) {
    await giveBack(admission)
    throw runInProgress()
  }
  const isFree = held ? session.lease?.id === held.leaseId : !isLeased(session, startedAt)
  if (!isFree) {
    await giveBack(admission)
    throw turnInProgress()
  }
  // What cannot be afforded is no turn either.
  await calls.granted(messages).catch(async (error: unknown) => {
    await giveBack(admission)
    throw error
  })

  const cut = cutOff(input.deadline, startedAt)
  try {
    const options = { startedAt, calls, tail, cut: cut.signal, onEvents }
    const open = openTurn(context, input, { session, messages }, options)
    // Several workers may have the transcript of a voice turn; only the one that takes it asks the model.
    if (held) await beginTurn(context, open)
    return await answer(context, open, input)
  } finally {
    cut.clear()
  }
}

const isInFlight = (error: unknown): boolean =>
  error instanceof StudioError && error.code === 'REQUEST_IN_FLIGHT'

const run = async (
  context: Context,
  input: TurnInput,
  listener: TurnListener,
): Promise<TurnResult> => {
  const { once, sessions, events } = context
  const { sessionId, principal, message, clientMessageId } = input
  if (clientMessageId === undefined) return take(context, input, listener)
  const request = { principal, sessionId, key: `message:${clientMessageId}`, content: message }
  try {
    return await once(request, () => take(context, input, listener))
  } catch (error) {
    // The worker that serves it may have died after the turn was committed.
    const conversation = isInFlight(error) && (await sessions.conversation(sessionId))
    if (!conversation || conversation.session.owner !== principal) throw error
    const answered = await committedAnswer(events, conversation, input)
    if (!answered) throw error
    return answered
  }
}

export type TurnService = ReturnType<typeof createTurnService>

export const createTurnService = (dependencies: TurnDependencies) => {
  const context: Context = { ...dependencies, commit: createTurnCommit(dependencies) }
  return {
    /**
     * Stops the turn in progress. `stopped` is false when there was none.
     * @throws StudioError SESSION_NOT_FOUND
     */
    stop: (sessionId: string, principal: string) => stop(context, sessionId, principal),

    /**
     * One turn with the planner. A message with a `clientMessageId` is answered once: the same one
     * again gets the stored answer. The listener gets the log from the seq after its tail on.
     * @throws StudioError SESSION_NOT_FOUND, TURN_IN_PROGRESS, STOPPED, IDEMPOTENCY_CONFLICT,
     * REQUEST_IN_FLIGHT, or the planner's failure (then recorded in the log)
     */
    run: (input: TurnInput, listener: TurnListener = {}) => run(context, input, listener),
  }
}
