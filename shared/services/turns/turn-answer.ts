import type { AgentDependencies } from '../../agents/call-budget.ts'
import { plan } from '../../agents/planner-agent.ts'
import type { AgentName, TurnReply } from '../../contracts/agents.ts'
import type { BriefSlots, SlotUpdate } from '../../contracts/brief.ts'
import type { ErrorBody } from '../../contracts/problems.ts'
import type { Authored } from '../../contracts/provenance.ts'
import type { Conversation } from '../../repositories/session-repository.ts'
import { evaluateGate, fillSlots } from '../../rules/gate.ts'

/** What an agent answered, and what follows from it for the brief. */
export interface AgentAnswer {
  reply: Authored<TurnReply>
  /** The changes of slots, given those that there are. */
  updates(slots: BriefSlots): SlotUpdate[]
}

/** A notice of the product itself in the place of an answer, and why. */
export interface Notice {
  notice: string
  reason: ErrorBody
}

export type TurnAnswer = AgentAnswer | Notice

/** What a turn is answered from. */
export interface AnswerContext {
  agents: AgentDependencies
  conversation: Conversation
  /** Its number. */
  turn: number
  message: string
  /** The next piece of the reply. */
  onText(text: string, modelTry: number): void
}

/** A turn that is not the planner's. */
export interface TurnTask {
  agent: AgentName
  /** Pictures that its agent is shown. */
  images: number
  /** Path of the picture that the turn is about. */
  imageUrl: string
  /** Slots that change with the turn's beginning, whatever it comes to. */
  updates: SlotUpdate[]
  /** What has to be there when it begins. Called once it can be afforded. */
  prepare(): Promise<void>
  answer(context: AnswerContext): Promise<TurnAnswer>
}

/** The messages of a conversation as the planner is given them. */
export const historyOf = ({ messages }: Conversation) =>
  messages.map(({ role, text, input }) => ({
    role,
    text,
    ...(input === 'picture' ? { picture: true } : {}),
  }))

/** The planner's answer to a message. */
export const askPlanner = async (context: AnswerContext): Promise<AgentAnswer> => {
  const { agents, conversation, turn, message, onText } = context
  const { locale, mode, state, slots } = conversation.session
  const reply = await plan(
    agents,
    {
      locale,
      mode,
      state,
      turn,
      slots,
      gate: evaluateGate(slots),
      gateAfter: (updates) => evaluateGate(fillSlots(slots, updates, turn)),
      history: historyOf(conversation),
      message,
    },
    { onSlotUpdates() {}, onText },
  )
  return { reply, updates: () => reply.value.slot_updates }
}
