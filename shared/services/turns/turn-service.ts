import { plan } from '../../agents/planner-agent.ts'
import type { Once } from '../../clients/idempotency.ts'
import type { ModelClient } from '../../clients/openai/model-client.ts'
import { ConditionFailed } from '../../clients/store.ts'
import { asStudioError, StudioError } from '../../contracts/errors.ts'
import type { Clock } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { log, measure } from '../../platform/telemetry.ts'
import { errorWording } from '../../platform/wording.ts'
import type { ChatMessageRepository } from '../../repositories/chat-message-repository.ts'
import type { EventRepository, WriterOptions } from '../../repositories/event-repository.ts'
import { isLeased, type SessionRepository } from '../../repositories/session-repository.ts'
import { evaluateGate, fillSlots } from '../../rules/gate.ts'
import { modelLimits } from '../../rules/model-limits.ts'
import { ownedSession as owned } from '../../rules/ownership.ts'
import { turnMs } from '../../rules/time-budgets.ts'
import { createDeltaWindow } from '../log/delta-window.ts'
import type { StreamService } from '../log/stream-service.ts'
import { committedAnswer } from './committed-answer.ts'
import { createTurnCommit, type TurnInput, type TurnResult, turnInProgress } from './turn-commit.ts'

export interface TurnDependencies {
  clock: Clock
  model: ModelClient
  sessions: SessionRepository
  messages: ChatMessageRepository
  events: EventRepository
  streams: StreamService
  /** Serves a message that names itself (`client_message_id`) once. */
  once: Once
}

/** A signal that is aborted when a turn has to be over. */
const cutAt = (deadline: number | undefined, now: number) => {
  const cut = new AbortController()
  const failure = (): StudioError =>
    new StudioError('TURN_TIMEOUT', 'The reply did not come while it could be waited for.')
  const timer =
    deadline === undefined
      ? undefined
      : setTimeout(() => cut.abort(failure()), Math.max(0, deadline - now))
  return { signal: cut.signal, clear: () => clearTimeout(timer) }
}

const isInFlight = (error: unknown): boolean =>
  error instanceof StudioError && error.code === 'REQUEST_IN_FLIGHT'

/** Somebody in this process who reads along. */
export type TurnListener = Pick<WriterOptions, 'onEvents'>

export const createTurnService = (dependencies: TurnDependencies) => {
  const { clock, model, sessions, events, streams, once } = dependencies
  const { begin, finish, fail } = createTurnCommit(dependencies)

  /** Counts the turn's calls of the model durably; taking the lease has counted the first. */
  const counter = (sessionId: string, leaseId: string, begun: Promise<void>) => {
    let calls = 0
    return async (): Promise<void> => {
      calls += 1
      if (calls === 1) return
      // A model may fail faster than the lease is taken.
      await begun
      if (!(await sessions.countCall(sessionId, leaseId, modelLimits.planner.maxCalls))) {
        throw turnInProgress()
      }
    }
  }

  /**
   * Lease, user's message and model call start side by side; nothing of the reply goes out before
   * the lease is held.
   */
  const take = async (input: TurnInput, { onEvents }: TurnListener): Promise<TurnResult> => {
    const startedAt = clock.now()
    const { sessionId, principal, message, held } = input
    const tail = events.lastSeq(sessionId)
    tail.catch(() => {})
    const conversation = await sessions.conversation(sessionId)
    const session = owned(conversation?.session, principal)
    const told = conversation && (await committedAnswer(events, conversation, input))
    if (told) return told
    const isFree = held ? session.lease?.id === held.leaseId : !isLeased(session, startedAt)
    if (!isFree) throw turnInProgress()

    const turn = held ? session.turn : session.turn + 1
    const leaseId = newId('lease')
    const stop = new AbortController()
    const stream = streams.open(sessionId, {
      tail,
      onEvents,
      onForeign(appended) {
        if (appended.some((event) => event.type === 'error' && event.data.turn === turn)) {
          stop.abort(new StudioError('STOPPED', 'The turn was stopped.', { recorded: true }))
        }
        stop.signal.throwIfAborted()
      },
    })
    const begun = begin(stream, session, leaseId, input)
    begun.catch((reason) => stop.abort(reason))
    // Several may have the words of a spoken turn; the one that takes it asks the model.
    if (held) await begun
    const cut = cutAt(input.deadline, startedAt)

    // Text of a second try goes out behind all of the first, marked with its own number.
    const windowOf = (modelTry: number, before: Promise<unknown>) =>
      createDeltaWindow(async (text) => {
        await Promise.all([begun, before])
        await stream.emit([{ type: 'planner.delta', data: { text, turn, try: modelTry } }])
      })
    let deltas = windowOf(1, begun)
    let lastTry = 1
    const planned = plan(
      {
        model,
        clock,
        signal: AbortSignal.any([stop.signal, cut.signal]),
        countCall: counter(sessionId, leaseId, begun),
      },
      {
        locale: session.locale,
        mode: session.mode,
        state: session.state,
        turn,
        slots: session.slots,
        gate: evaluateGate(session.slots),
        gateAfter: (updates) => evaluateGate(fillSlots(session.slots, updates, turn)),
        history: (conversation?.messages ?? []).map(({ role, text }) => ({ role, text })),
        message,
      },
      {
        onSlotUpdates() {},
        onText(text, modelTry) {
          if (modelTry !== lastTry) deltas = windowOf(modelTry, deltas.end())
          lastTry = modelTry
          deltas.push(text)
        },
      },
    )
    planned.catch(() => {})
    await begun
    const rest = stream.watch(turnMs.watch)
    try {
      const reply = await planned
      await deltas.end()
      return await finish(stream, { ...session, turn }, leaseId, turn, reply)
    } catch (error) {
      const failure = asStudioError(error)
      if (failure.code === 'TURN_IN_PROGRESS' || failure.code === 'STOPPED') throw failure
      log.warn('turn failed', { session_id: sessionId, code: failure.code, error: failure })
      measure('TurnFailure', 1, { code: failure.code })
      await deltas.end().catch(() => {})
      await fail(stream, session, leaseId, turn, failure)
      throw new StudioError(failure.code, failure.message, {
        cause: failure,
        retryable: failure.retryable,
        recorded: true,
      })
    } finally {
      rest()
      cut.clear()
      measure('TurnLatency', clock.now() - startedAt)
      await stream.settled()
    }
  }

  return {
    /**
     * Ends the turn in progress, if there is one: its lease goes and the log says so in one
     * transaction, so nothing of that turn can be committed or shown any more.
     * @throws StudioError SESSION_NOT_FOUND
     */
    async stop(sessionId: string, principal: string): Promise<{ stopped: boolean; turn: number }> {
      const session = owned(await sessions.get(sessionId), principal)
      const { turn, lease, locale } = session
      if (!lease || !isLeased(session, clock.now())) return { stopped: false, turn }
      const code = 'STOPPED'
      const message = errorWording[code][locale]
      const stream = streams.open(sessionId)
      try {
        await stream.commit(
          [
            {
              type: 'error',
              data: { code, message, retryable: false, stage: 'turn', resume_from: null, turn },
            },
          ],
          [sessions.releaseLease(sessionId, lease.id)],
        )
      } catch (error) {
        if (!(error instanceof ConditionFailed)) throw error
        return { stopped: false, turn }
      }
      await stream.settled()
      return { stopped: true, turn }
    },

    /**
     * One turn with the planner. A message with a `clientMessageId` is answered once: the same one
     * again gets the stored answer. Who listens hears the log from the seq after its tail on.
     * @throws StudioError SESSION_NOT_FOUND, TURN_IN_PROGRESS, STOPPED, IDEMPOTENCY_CONFLICT,
     * REQUEST_IN_FLIGHT, or the planner's failure (then stored)
     */
    async run(input: TurnInput, listener: TurnListener = {}): Promise<TurnResult> {
      const { sessionId, principal, message, clientMessageId } = input
      if (clientMessageId === undefined) return take(input, listener)
      const key = `message:${clientMessageId}`
      try {
        const request = { principal, sessionId, key, content: message }
        return await once(request, () => take(input, listener))
      } catch (error) {
        // Whoever serves it may have died after the turn was committed.
        const conversation = isInFlight(error) && (await sessions.conversation(sessionId))
        if (!conversation || conversation.session.owner !== principal) throw error
        const told = await committedAnswer(events, conversation, input)
        if (!told) throw error
        return told
      }
    },
  }
}
