import { computed, signal } from '@preact/signals'
import type { Session, StudioProblem } from '../../../shared/client/index.ts'
import { navigate, route } from '../app/navigation.ts'
import { locale } from '../wording/language.ts'
import { log, session } from './current-session.ts'
import { studio } from './studio.ts'

/** A message that is on its way: shown at once, until the log has it. */
export interface Sending {
  /** Its own name, under which a second try is the same message. */
  id: string
  sessionId: string | null
  text: string
  problem: StudioProblem | null
}

const all = signal<readonly Sending[]>([])

/** Of this session, those that the log does not have yet. */
export const sendings = computed(() => {
  const known = new Set(log.value.turns.map(({ client_message_id }) => client_message_id))
  const { sessionId } = route.value
  return all.value.filter((each) => each.sessionId === sessionId && !known.has(each.id))
})

const change = (id: string, changes: Partial<Sending>): void => {
  all.value = all.peek().map((each) => (each.id === id ? { ...each, ...changes } : each))
}

const forget = (id: string): void => {
  all.value = all.peek().filter((each) => each.id !== id)
}

/** The session of the address, or a new one with the first message. */
const openSession = async (id: string): Promise<Session> => {
  const open = session.peek()
  if (open) return open
  const started = await studio.createSession({ locale: locale.peek() }, { key: `session-${id}` })
  change(id, { sessionId: started.id })
  navigate({ place: route.peek().place, sessionId: started.id }, { replace: true })
  return started
}

const deliver = async ({ id, text }: Sending): Promise<void> => {
  change(id, { problem: null })
  try {
    const open = await openSession(id)
    await open.send(text, { client_message_id: id, key: id })
    forget(id)
  } catch (error) {
    const isStored = log.peek().turns.some((turn) => turn.client_message_id === id)
    // The log tells what became of a turn that began.
    if (isStored) forget(id)
    else change(id, { problem: error as StudioProblem })
  }
}

/** Sends a message; what comes of it is in the log, and what does not get there in `sendings`. */
export const sendMessage = (text: string): void => {
  const sending = {
    id: crypto.randomUUID(),
    sessionId: route.peek().sessionId,
    text,
    problem: null,
  }
  all.value = [...all.peek(), sending]
  void deliver(sending)
}

export const sendAgain = (sending: Sending): void => void deliver(sending)

/** Takes a message back that was not sent; answers with its text. */
export const takeBack = ({ id, text }: Sending): string => {
  forget(id)
  return text
}
