import * as z from 'zod'
import type { PlannerOutput } from '../../shared/contracts/agents.ts'
import { BriefSlots, type Gate, type SlotUpdate } from '../../shared/contracts/brief.ts'
import { evaluateGate, fillSlots } from '../../shared/rules/gate.ts'
import { conversation, type ScriptedTurn } from './conversation.ts'

/** What the planner gets of a session, as far as the script needs it. */
const SessionBlock = z.object({
  run_in_progress: z.boolean(),
  filled_slots: z.record(z.string(), z.looseObject({})),
})

/** What one call of the planner is about, all of it from the request itself. */
export interface PlannerCall {
  /** The data blocks `session` and `user_message`, as parsed JSON. */
  session: unknown
  message: unknown
  /** The language the planner is asked to speak. */
  language: 'ko' | 'en'
}

const words = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim()

/** The gate as it stands when the script has been played up to and with this turn. */
const scriptedGate = (turn: ScriptedTurn): Gate => {
  const played = conversation.slice(0, conversation.indexOf(turn) + 1)
  return evaluateGate(
    fillSlots(
      {},
      played.flatMap(({ slot_updates }) => slot_updates),
      1,
    ),
  )
}

const sameGate = (one: Gate, other: Gate): boolean =>
  one.ready === other.ready && one.missing_required.join() === other.missing_required.join()

/** Whether the turn, said now, leads where the script says: then its words are true. */
const fits = (turn: ScriptedTurn, slots: BriefSlots): boolean =>
  sameGate(evaluateGate(fillSlots(slots, turn.slot_updates, 1)), scriptedGate(turn))

/** The line with which the conversation goes on: the first that fits and fills something. */
const nextLine = (slots: BriefSlots): string | undefined =>
  conversation.find((turn) => {
    const missing = evaluateGate(fillSlots(slots, turn.slot_updates, 1)).missing_required.length
    return fits(turn, slots) && missing < evaluateGate(slots).missing_required.length
  })?.user

const unscripted = {
  ko: {
    said: '저는 AI가 아니라 리허설용 대본이에요. 정해진 대사 밖의 말은 알아듣지 못해서, 방금 하신 말씀은 브리프에 적지 않았어요.',
    ready: '브리프는 이미 다 차 있으니 출시 패키지는 지금 만들 수 있어요.',
    running: '지금은 출시 패키지를 만드는 중이니 이벤트로 지켜봐 주세요.',
    ask: (line: string) => `대본의 다음 대사를 그대로 보내 보시겠어요? “${line}”`,
    stuck: '대본에는 여기서 이어지는 대사가 없어요. 새 세션에서 첫 대사부터 시작해 보시겠어요?',
  },
  en: {
    said: 'I am a rehearsal script, not an AI. I know no lines but my own, so nothing you just said went into the brief.',
    ready: 'The brief is complete, so the launch package can be made now.',
    running: 'The launch package is being made; please follow its events.',
    ask: (line: string) => `Would you send the next line of the script as it is? “${line}”`,
    stuck:
      'The script does not go on from here. Would you start a new session with its first line?',
  },
} as const

const answer = (
  slot_updates: SlotUpdate[],
  response_text: string,
  next_question: string | null,
): PlannerOutput => ({
  schema_version: 'v1',
  agent: 'planner',
  slot_updates,
  response_text,
  next_question,
})

/**
 * The planner's answer, decided by nothing but the call: the script's when the message is one of its
 * lines and comes where it belongs, and otherwise one that says what this model is. So a second
 * session can play the same conversation, and a call made twice gets the same answer.
 */
export const rehearsedPlanner = ({ session, message, language }: PlannerCall): PlannerOutput => {
  const { run_in_progress, filled_slots } = SessionBlock.parse(session)
  const slots = BriefSlots.parse(
    Object.fromEntries(
      Object.entries(filled_slots).map(([path, slot]) => [path, { ...slot, turn: 0 }]),
    ),
  )
  const say = unscripted[language]
  if (run_in_progress) return answer([], `${say.said} ${say.running}`, null)

  const said = words(z.string().parse(message))
  const turn = conversation.find(({ user }) => words(user) === said)
  if (turn && fits(turn, slots)) {
    return answer(turn.slot_updates, turn.response_text, turn.next_question)
  }
  if (evaluateGate(slots).ready) return answer([], `${say.said} ${say.ready}`, null)
  const line = nextLine(slots)
  return answer([], say.said, line === undefined ? say.stuck : say.ask(line))
}
