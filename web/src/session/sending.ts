import { computed, effect, signal } from '@preact/signals'
import { newKey } from '../../../shared/client/fields.ts'
import type { Session, StudioProblem } from '../../../shared/client/index.ts'
import { route } from '../app/navigation.ts'
import { locale } from '../wording/language.ts'
import { goOnIn } from './conversation.ts'
import { answering, log, noteLoss, session } from './current-session.ts'
import { expectMessage, takeMessage } from './messages.ts'
import { type SendingFacts, turnsInLog } from './sending-in-log.ts'
import { studio } from './studio.ts'

export type Content =
  | { kind: 'text'; text: string }
  | { kind: 'voice'; recording: Blob; seconds: number }
  /** `preview` is an address of this page; null of a picture that the browser cannot draw. */
  | { kind: 'picture'; picture: File; preview: string | null; note: string }

/** A message that is on its way: shown at once, until the log has it. */
export interface Sending {
  /** Its own name, under which a second try is the same message. */
  id: string
  sessionId: string | null
  content: Content
  afterTurn: number
  turn: number | null
  /** Share of its file that has gone out; null when that is not measured. */
  progress: number | null
  problem: StudioProblem | null
}

const all = signal<readonly Sending[]>([])
const calls = new Map<string, AbortController>()
/** What to do when a spoken turn was answered. */
type OnSpoken = (session: Session, turn: number) => void
let onSpoken: OnSpoken = () => {}

/** Calls back with each answer to something that was spoken on this page. */
export const whenSpokenToIsAnswered = (call: OnSpoken): void => {
  onSpoken = call
}

const factsOf = ({ id, content, afterTurn, turn, problem }: Sending): SendingFacts => ({
  ...{ id, kind: content.kind, afterTurn, turn },
  problem: problem?.code ?? null,
})

/** Turns of messages that are forgotten, by session and number: they are no other message's. */
const settled = new Set<string>()

/** The messages of this session, and the turns of those that the log has. */
const known = computed(() => {
  const { sessionId } = route.value
  const here = all.value.filter((each) => each.sessionId === sessionId)
  const { session_id, turns } = log.value
  // The log is not this session's at once.
  if (here.length === 0 || session_id !== sessionId) return { here, turns: turnsInLog([], []) }
  const open = turns.filter(({ turn }) => !settled.has(`${sessionId} ${turn}`))
  return { here, turns: turnsInLog(here.map(factsOf), open) }
})

/** Of this session, those that the log does not have yet. */
export const sendings = computed(() => {
  const { here, turns } = known.value
  return here.filter(({ id }) => !turns.has(id))
})

/** Whether an answer is written or a message is on its way to one. */
export const isBusy = computed(
  () => answering.value !== null || sendings.value.some(({ problem }) => problem === null),
)

const change = (id: string, changes: Partial<Sending>): void => {
  all.value = all.peek().map((each) => (each.id === id ? { ...each, ...changes } : each))
}

const forget = (id: string): void => {
  all.value = all.peek().filter((each) => each.id !== id)
}

/** What is over and in the log is not needed any more. */
effect(() => {
  const { here, turns } = known.value
  for (const { id, sessionId, content, turn, problem } of here) {
    const its = turns.get(id)
    if (its === undefined || (turn === null && problem === null)) continue
    settled.add(`${sessionId} ${its}`)
    release(content)
    forget(id)
  }
})

const release = (content: Content): void => {
  if (content.kind === 'picture' && content.preview !== null) URL.revokeObjectURL(content.preview)
}

/** Names the session that begins next: a try after an answer that was lost begins no other. */
let nextKey = newKey()
let beginning: Promise<Session> | undefined

/** Begins a session for all that was sent to the page's new conversation, and goes on in it. */
const begin = async (): Promise<Session> => {
  const language = locale.peek()
  const started = await studio.createSession(
    { locale: language },
    { key: `session-${language}-${nextKey}` },
  )
  nextKey = newKey()
  all.value = all
    .peek()
    .map((each) => (each.sessionId === null ? { ...each, sessionId: started.id } : each))
  // The reader may have turned to another conversation.
  if (route.peek().sessionId === null) {
    goOnIn(started.id)
    // What is shown below it stays where it is.
    takeMessage(0, started.started.assistant_message)
  }
  return started
}

/** The session of the address, or a new one, to which the page goes: the same for all that want it meanwhile. */
export const openSession = async (): Promise<Session> => {
  const open = session.peek()
  if (open) return open
  beginning ??= begin().finally(() => {
    beginning = undefined
  })
  return beginning
}

/** Sends it; answers with its turn. */
const send = async (open: Session, { id, content }: Sending, over: AbortSignal) => {
  const options = {
    key: id,
    signal: over,
    onProgress: (progress: number) => change(id, { progress }),
  }
  if (content.kind === 'text') {
    return open.send(content.text, { client_message_id: id, key: id, signal: over })
  }
  if (content.kind === 'voice') {
    const answer = await open.speak(content.recording, options)
    if (!('status' in answer)) onSpoken(open, answer.turn)
    return answer
  }
  const { note } = content
  return open.addPicture(content.picture, { ...options, ...(note !== '' && { note }) })
}

/** Sends it, and takes the message of its turn from the answer. */
const turnOf = async (open: Session, sending: Sending, over: AbortSignal): Promise<number> => {
  const isOpen = (): boolean => session.peek()?.id === open.id
  const hasEnded = expectMessage(open, isOpen)
  try {
    const answer = await send(open, sending, over)
    if ('assistant_message' in answer && isOpen())
      takeMessage(answer.turn, answer.assistant_message)
    return answer.turn
  } finally {
    hasEnded()
  }
}

const deliver = async (sending: Sending): Promise<void> => {
  const { id } = sending
  const call = new AbortController()
  calls.set(id, call)
  change(id, { problem: null, progress: null, afterTurn: log.peek().turns.at(-1)?.turn ?? 0 })
  let open: Session | undefined
  try {
    open = await openSession()
    change(id, { turn: await turnOf(open, sending, call.signal) })
  } catch (error) {
    if (call.signal.aborted) return
    // When it is in the log, that tells what became of it.
    change(id, { problem: error as StudioProblem })
    if (open) noteLoss(open, error as StudioProblem)
  } finally {
    calls.delete(id)
  }
}

/** Sends a message; what comes of it is in the log, and what does not get there in `sendings`. */
export const sendMessage = (content: Content): void => {
  const sending: Sending = {
    id: newKey(),
    sessionId: route.peek().sessionId,
    content,
    ...{ afterTurn: 0, turn: null, progress: null, problem: null },
  }
  all.value = [...all.peek(), sending]
  void deliver(sending)
}

export const sendAgain = (sending: Sending): void => void deliver(sending)

/** Takes a message back that was not sent; answers with what it says. */
export const takeBack = ({ id, content }: Sending): Content => {
  calls.get(id)?.abort()
  forget(id)
  return content
}

/**
 * Stops what is being answered. A message that the log does not have yet is taken back, and answered with, so that
 * it can be sent another time; its turn may have begun, and is stopped too.
 */
export const stopAnswer = (): Content | undefined => {
  const open = session.peek()
  // Without an answer, the answer goes on, and the button is still there.
  if (open) void open.stop().catch(() => {})
  const unsent = sendings.peek().find(({ problem }) => problem === null)
  return unsent && takeBack(unsent)
}
