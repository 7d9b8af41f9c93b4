import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { announce } from '../design/status.tsx'
import { whenTurned } from '../session/conversation.ts'
import { log, session } from '../session/current-session.ts'
import { answers } from '../session/messages.ts'
import { sendings } from '../session/sending.ts'
import { Answerer } from '../trouble/answerer.tsx'
import { LinkNotice } from '../trouble/link-notice.tsx'
import { talkWords } from '../wording/talk.ts'
import { AttachmentView, DropZone } from './attachment-view.tsx'
import { Exchange, Greeting } from './exchange.tsx'
import { recording } from './recorder.ts'
import { RecorderBar, RecorderTrouble } from './recorder-bar.tsx'
import { Scroller } from './scroller.tsx'
import { Unsent } from './unsent.tsx'
import { Writing } from './writing.tsx'
import './talk.css'

export const TalkScreen = () => (
  <DropZone>
    <Transcript />
    <Foot />
    <Progress />
  </DropZone>
)

const Foot = () => {
  const { at } = recording.value
  const isRecording = at !== 'rest' && at !== 'trouble'
  const foot = useRef<HTMLDivElement>(null)
  const wasRecording = useRef(false)
  useEffect(() => {
    // The button that was pressed for it is back.
    if (wasRecording.current && !isRecording) {
      const back = foot.current?.querySelector<HTMLButtonElement>('[data-returns-focus]')
      if (back?.disabled) foot.current?.querySelector('textarea')?.focus()
      else back?.focus()
    }
    wasRecording.current = isRecording
  }, [isRecording])
  return (
    <div class="talk-foot" ref={foot}>
      <div class="talk-foot-sheet">
        <RecorderTrouble />
        <AttachmentView />
        {isRecording ? <RecorderBar /> : <Writing />}
        <Answerer />
      </div>
    </div>
  )
}

/** Counts the conversations that the page turned to: each is read from its end, whatever the reader did in another. */
const conversation = signal(0)
whenTurned(() => {
  conversation.value += 1
})

const Transcript = () => {
  const words = talkWords.value
  const { turns } = log.value
  const unsent = sendings.value
  // A first message is shown before its session is there: what comes above it has its place already.
  const isFirst = unsent.length > 0 && turns.length === 0
  const greeting =
    answers.value.get(0) ??
    (isFirst ? { turn: 0, text: words.greeting, next_question: null } : undefined)
  const isNew = session.value === null && unsent.length === 0
  return (
    <Scroller
      key={conversation.value}
      label={words.transcript}
      rows={turns.map(({ turn }) => String(turn))}
      row={(index) => {
        const turn = turns[index]
        const isLast = index === turns.length - 1 && unsent.length === 0
        return (
          turn && <Exchange turn={turn} answer={answers.value.get(turn.turn)} isLast={isLast} />
        )
      }}
      grown={[
        ...[turns.at(-1)?.reply.length, turns.at(-1)?.status, answers.value.size],
        ...unsent.map(({ problem }) => problem?.code ?? ''),
      ].join(' ')}
      opening={
        isNew ? (
          <Opening />
        ) : (
          greeting && <div class="talk-row">{<Greeting message={greeting} />}</div>
        )
      }
      ending={unsent.map((sending) => <Unsent key={sending.id} sending={sending} />)}
      notice={<LinkNotice />}
    />
  )
}

const Opening = () => (
  <div class="talk-opening">
    <h2>{talkWords.value.title}</h2>
    <p>{talkWords.value.lead}</p>
  </div>
)

/** Milliseconds after which an answer that is not there yet is said to be on its way. */
const patienceMs = 5000

/** Tells a screen reader what the screen shows by moving. */
const Progress = () => {
  const turn = log.value.turns.at(-1)
  const [number, status] = [turn?.turn, turn?.status]
  const seen = useRef<number>(null)
  useEffect(() => {
    const words = talkWords.peek()
    // Of a conversation that is opened again, nothing has happened just now.
    const wasSeen = number !== undefined && seen.current === number
    if (wasSeen && status === 'completed' && turn) announce(words.answered(turn.reply))
    if (wasSeen && status === 'failed') {
      announce(turn?.problem?.code === 'STOPPED' ? words.stopped : words.failed)
    }
    if (number === undefined || status !== 'answering') return undefined
    seen.current = number
    announce(words.thinking)
    const timer = setInterval(() => announce(words.stillThinking), patienceMs)
    return () => clearInterval(timer)
  }, [number, status])
  return null
}
