import { batch, computed, effect, signal } from '@preact/signals'
import type { StudioEvent } from '../../../shared/client/contract.ts'
import type {
  EventStream,
  Session,
  StreamStatus,
  StudioProblem,
} from '../../../shared/client/index.ts'
import { emptySession, reduce, type SessionLogState } from '../../../shared/client/reduce/index.ts'
import { route } from '../app/navigation.ts'
import { perFrame } from './frames.ts'
import { forgetMessages, readMissed, wantMessages } from './messages.ts'
import { renewFailedLinks } from './picture-links.ts'
import { studio } from './studio.ts'

const idle: StreamStatus = { state: 'idle', transport: null, problem: null }

/** The session of the address as its log tells it: the same log gives the same page. */
export const log = signal<SessionLogState>(emptySession)

/** How the stream of the log stands. */
export const link = signal<StreamStatus>(idle)

/** Why the session's log cannot be read: it is not there, or not the caller's. */
export const lost = signal<StudioProblem | null>(null)

/** Takes note of a call that was told that the session is gone: the stream of its log may learn it later. */
export const noteLoss = (of: Session, problem: StudioProblem): void => {
  if (problem.code !== 'SESSION_NOT_FOUND' || session.peek()?.id !== of.id) return
  if (lost.peek() === null) lost.value = problem
}

const sessionId = computed(() => route.value.sessionId)

/** The session of the address; null before the first message. */
export const session = computed<Session | null>(() =>
  sessionId.value === null ? null : studio.session(sessionId.value),
)

/** The turn that is being answered; null when there is none. */
export const answering = computed(() => {
  const last = log.value.turns.at(-1)
  return last?.status === 'answering' ? last : null
})

/** The turn whose message an event tells of; the greeting is turn 0. */
const turnOfMessage = ({ type, data }: StudioEvent): number[] =>
  type === 'session.started' ? [0] : type === 'turn.completed' ? [data.turn] : []

/** Follows the log from its beginning: a page that is opened again folds what it folded before. */
const follow = (opened: Session): (() => void) => {
  const events: EventStream = opened.events({ after: 0 })
  const frames = perFrame<StudioEvent>((items) => {
    log.value = items.reduce(reduce, log.peek())
    const turns = items.flatMap(turnOfMessage)
    if (turns.length > 0) wantMessages(opened, turns)
  })
  const stopStatus = events.status.subscribe((status) => {
    const wasLive = link.peek().state === 'live'
    link.value = status
    if (status.state !== 'live' || wasLive) return
    readMissed(opened)
    renewFailedLinks()
  })
  const stopEvents = events.on((event) => frames.add(event))
  void events.ended.then((problem) => {
    if (session.peek() === opened) lost.value = problem ?? null
  })
  return () => {
    stopStatus()
    stopEvents()
    events.close()
    frames.clear()
  }
}

effect(() => {
  const opened = session.value
  batch(() => {
    log.value = emptySession
    link.value = idle
    lost.value = null
    forgetMessages()
  })
  return opened === null ? undefined : follow(opened)
})
