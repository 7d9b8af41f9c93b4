import type { PlannedCall, SettleCall } from '../../agents/call-budget.ts'
import { ConditionFailed, type Write } from '../../clients/store.ts'
import type { StudioError } from '../../contracts/errors.ts'
import type { Message } from '../../contracts/session.ts'
import type { Clock } from '../../platform/clock.ts'
import { agentSettings } from '../../platform/model-settings.ts'
import { measure } from '../../platform/telemetry.ts'
import { plannerInputBounds } from '../../rules/model-limits.ts'
import { tokensOfImage } from '../../rules/token-bound.ts'
import { type ModelCharge, modelCharge } from '../spend/model-charges.ts'
import type { Reservation, SpendService } from '../spend/spend-service.ts'
import type { TurnInput } from './turn.ts'

/** How a second call of a turn is counted: in the session, once the lease is held. */
export interface CountedTurn {
  begun: Promise<void>
  write(): Write
  /** What to throw when that was refused. */
  refusal(cause: unknown): Promise<StudioError>
}

/** The calls of one turn that cost money. */
export interface TurnCalls {
  /**
   * Resolves when the first call can be afforded, with the conversation that it is about.
   * @throws StudioError BUDGET_EXCEEDED
   */
  granted(history: readonly Pick<Message, 'text'>[]): Promise<void>
  /**
   * Counts a call of the model durably; taking the lease has counted the first, and `granted` reserved it.
   * @throws StudioError BUDGET_EXCEEDED, and what refuses a turn that has lost its lease
   */
  count(call: PlannedCall, turn: CountedTurn): Promise<SettleCall>
  /** Gives back what no call was made for; resolves when everything is recorded. Never rejects. */
  settled(): Promise<unknown>
}

/** Bytes of a text in a request: as JSON, whose escapes may double it. */
const bytesOf = (text: string): number => 2 * Buffer.byteLength(text)

/**
 * Reserves what the first call of a turn may cost, before the conversation is known: it is read meanwhile. A
 * longer one than usual is added as soon as it is.
 */
export const openTurnCalls = (
  { clock, spend }: { clock: Clock; spend: SpendService },
  { principal, message, task }: Pick<TurnInput, 'principal' | 'message' | 'task'>,
): TurnCalls => {
  const agent = task?.agent ?? 'planner'
  const { model, maxOutputTokens: outputTokens } = agentSettings(agent)
  const pictures = (task?.images ?? 0) * tokensOfImage
  const { around, history } = plannerInputBounds
  const first = (historyBytes: number): ModelCharge => {
    const texts = around + bytesOf(message) + Math.max(history, historyBytes)
    const inputTokens = texts + pictures
    const call = { agent, model, inputTokens, outputTokens, searches: 0 }
    return modelCharge(call, clock.now())
  }
  const spender = { principal }
  const reserved = spend.reserve(spender, first(0).micros)
  // `granted` awaits it; until then its failure must not go unhandled.
  reserved.catch(() => {})
  /** One for each call that was counted. */
  const settlements: Promise<void>[] = []
  let isUsed = false

  const reserveCall = async (
    micros: number,
    { begun, write, refusal }: CountedTurn,
  ): Promise<Reservation> => {
    if (!isUsed) {
      const reservation = await reserved
      await reservation.raise(micros)
      isUsed = true
      return reservation
    }
    // A model may fail faster than the lease is taken.
    await begun
    try {
      return await spend.reserve(spender, micros, [write()])
    } catch (error) {
      throw error instanceof ConditionFailed ? await refusal(error) : error
    }
  }
  return {
    async granted(messages) {
      const reservation = await reserved
      const bytes = messages.reduce((sum, { text }) => sum + bytesOf(text), 0)
      await reservation.raise(first(bytes).micros)
    },
    async count(call, turn) {
      const charge = modelCharge(call, clock.now())
      const reservation = await reserveCall(charge.micros, turn)
      const ended = Promise.withResolvers<void>()
      settlements.push(ended.promise)
      return (report) => {
        const { usage } = report
        if (usage) measure('ModelTokens', usage.total_tokens, { stage: agent })
        ended.resolve(reservation.settle(charge.used(report)))
      }
    },
    async settled() {
      if (!isUsed) await reserved.then((reservation) => reservation.release()).catch(() => {})
      await Promise.all(settlements)
    },
  }
}
