import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Composer } from '../design/composer.tsx'
import { announce } from '../design/status.tsx'
import { answering, log, session } from '../session/current-session.ts'
import { answers } from '../session/messages.ts'
import { sendAgain, sendings, sendMessage, takeBack } from '../session/sending.ts'
import { LinkNotice } from '../trouble/link-notice.tsx'
import { talkWords } from '../wording/talk.ts'
import { Exchange, Greeting, Unsent } from './exchange.tsx'
import { Scroller } from './scroller.tsx'
import './talk.css'

/** Beyond this many characters the composer says how many there are. */
const nearLimit = 2800
const messageLimit = 3000

export const TalkScreen = () => {
  const draft = useSignal('')
  return (
    <div class="talk">
      <Transcript
        onTakeBack={(text) => {
          draft.value = text
        }}
      />
      <div class="talk-foot">
        <LinkNotice />
        <Writing draft={draft} />
      </div>
      <Progress />
    </div>
  )
}

const Transcript = ({ onTakeBack }: { onTakeBack: (text: string) => void }) => {
  const words = talkWords.value
  const { turns } = log.value
  const greeting = answers.value.get(0)
  const unsent = sendings.value
  const isNew = session.value === null && unsent.length === 0
  return (
    <Scroller
      label={words.transcript}
      rows={turns.map(({ turn }) => String(turn))}
      row={(index) => {
        const turn = turns[index]
        return turn && <Exchange turn={turn} answer={answers.value.get(turn.turn)} />
      }}
      grown={`${turns.at(-1)?.reply.length} ${answers.value.size} ${unsent.length}`}
      opening={
        isNew ? (
          <Opening />
        ) : (
          greeting && <div class="talk-row">{<Greeting message={greeting} />}</div>
        )
      }
      ending={unsent.map((sending) => (
        <Unsent
          key={sending.id}
          sending={sending}
          onAgain={() => sendAgain(sending)}
          onTakeBack={() => onTakeBack(takeBack(sending))}
        />
      ))}
    />
  )
}

const Opening = () => (
  <div class="talk-opening">
    <h2>{talkWords.value.title}</h2>
    <p>{talkWords.value.lead}</p>
  </div>
)

const Writing = ({ draft }: { draft: { value: string } }) => {
  const words = talkWords.value
  const { length } = draft.value
  const isAnswering = answering.value !== null
  return (
    <Composer
      label={words.message}
      placeholder={words.placeholder}
      sendLabel={words.send}
      value={draft.value}
      onInput={(value) => {
        draft.value = value
      }}
      onSend={(text) => {
        draft.value = ''
        sendMessage(text)
      }}
      blocked={
        length > messageLimit ? words.tooLong(length, messageLimit) : isAnswering ? '' : undefined
      }
      note={length > nearLimit ? words.length(length, messageLimit) : undefined}
      stop={
        isAnswering
          ? {
              label: words.stop,
              onStop: () =>
                void session
                  .peek()
                  ?.stop()
                  .catch(() => {}),
            }
          : undefined
      }
    />
  )
}

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
    if (wasSeen && status === 'failed') announce(words.failed)
    if (number === undefined || status !== 'answering') return undefined
    seen.current = number
    announce(words.thinking)
    const timer = setInterval(() => announce(words.stillThinking), patienceMs)
    return () => clearInterval(timer)
  }, [number, status])
  return null
}
