import type { StudioEvent } from '../contract.ts'
import type { SessionLogState, Turn } from './state.ts'

/** Where a turn is, or belongs: nearly always at the end. */
const placeOf = (turns: Turn[], turn: number): number => {
  let at = turns.length
  while (at > 0 && (turns[at - 1]?.turn ?? 0) >= turn) at -= 1
  return at
}

const newTurn = (turn: number, at: string): Turn => ({
  turn,
  input: null,
  message: null,
  client_message_id: null,
  image_url: null,
  reply: '',
  try: 1,
  status: 'answering',
  slot_updates: [],
  not_read: null,
  problem: null,
  started_at: at,
  ended_at: null,
})

const changed = (
  state: SessionLogState,
  event: StudioEvent,
  turn: number,
  change: (turn: Turn) => Partial<Turn>,
): SessionLogState => {
  const at = placeOf(state.turns, turn)
  const known = state.turns[at]?.turn === turn ? state.turns[at] : undefined
  const before = known ?? newTurn(turn, event.created_at)
  const turns = state.turns.slice()
  turns.splice(at, known ? 1 : 0, { ...before, ...change(before) })
  return { ...state, turns }
}

type Of<T extends StudioEvent['type']> = Extract<StudioEvent, { type: T }>

/** A failed try's text is replaced as soon as the next try has written anything. */
const withText = (before: Turn, { text, try: written }: Of<'planner.delta'>['data']) => {
  if (written < before.try) return {}
  return { reply: written > before.try ? text : before.reply + text, try: written }
}

export const turnEvents = {
  'turn.started': (state: SessionLogState, event: Of<'turn.started'>) =>
    changed(state, event, event.data.turn, () => ({
      input: event.data.input,
      message: event.data.message,
      client_message_id: event.data.client_message_id ?? null,
      image_url: event.data.image_url ?? null,
    })),
  'planner.delta': (state: SessionLogState, event: Of<'planner.delta'>) =>
    changed(state, event, event.data.turn, (turn) => withText(turn, event.data)),
  'turn.completed': (state: SessionLogState, event: Of<'turn.completed'>) => {
    const { turn, not_read = null, gate } = event.data
    const ended = { status: 'completed', not_read, ended_at: event.created_at } as const
    return { ...changed(state, event, turn, () => ended), state: event.data.state, gate }
  },
}

/** What was understood of a spoken message. */
export const takeTranscript = (
  state: SessionLogState,
  event: StudioEvent,
  { turn, transcript }: { turn: number; transcript: string },
): SessionLogState => changed(state, event, turn, () => ({ input: 'voice', message: transcript }))

/** A turn without an answer: what had come of one is kept, and becomes no message. */
export const failTurn = (state: SessionLogState, event: Of<'error'>, turn: number) =>
  changed(state, event, turn, () => ({
    status: 'failed',
    problem: event.data,
    ended_at: event.created_at,
  }))

/** The brief changes in a turn, or by hand after one. */
export const fillSlots = (
  state: SessionLogState,
  { data: { slot_updates, gate, cleared = [] } }: Of<'slot.updated'>,
): SessionLogState => {
  const last = state.turns.at(-1)
  const turn = last?.turn ?? 0
  const slots = Object.fromEntries(
    slot_updates.map(({ path, value, confidence, source }) => [
      path,
      { value, confidence, source, turn },
    ]),
  )
  const filled = { ...state, gate, slots: { ...state.slots, ...slots } }
  for (const path of cleared) delete filled.slots[path]
  if (last?.status !== 'answering') return filled
  const updated = { ...last, slot_updates: [...last.slot_updates, ...slot_updates] }
  return { ...filled, turns: [...state.turns.slice(0, -1), updated] }
}
