import type { Turn } from '../../../shared/client/reduce/index.ts'
import { Button } from '../design/button.tsx'
import { Icon } from '../design/icons.tsx'
import { Notice } from '../design/surfaces.tsx'
import { lost } from '../session/current-session.ts'
import type { Reply } from '../session/messages.ts'
import { ProductPicture } from '../session/product-picture.tsx'
import { ProblemNotice } from '../trouble/problem-notice.tsx'
import { talkWords } from '../wording/talk.ts'
import { isReturned, returnMessage } from './draft.ts'
import { Listen } from './listen.tsx'
import { startRecording } from './recorder.ts'
import { Said, Waiting } from './said.tsx'
import { answerWithout } from './spoken-parts.ts'

/** The assistant's message that is in no turn: the greeting. */
export const Greeting = ({ message }: { message: Reply }) => (
  <Said by="assistant">
    <Answer text={message.text} question={message.next_question} />
    <Listen message={message} />
  </Said>
)

/** What was said, and what is being answered. */
export const Exchange = ({ turn, answer, isLast }: ExchangeProps) => (
  <>
    <FromUser turn={turn} />
    {turn.status === 'failed' ? (
      <Unanswered turn={turn} isLast={isLast} />
    ) : (
      <FromAssistant turn={turn} answer={answer} />
    )}
  </>
)

interface ExchangeProps {
  turn: Turn
  answer: Reply | undefined
  /** Nothing came after it. */
  isLast: boolean
}

const FromUser = ({ turn: { message, input, image_url, status } }: { turn: Turn }) => {
  const words = talkWords.value
  // The log has no word of a recording that is written down, or could not be.
  if (message === null && status === 'answering') return <Waiting>{words.transcribing}</Waiting>
  return (
    <Said by="user">
      {image_url !== null && <ProductPicture path={image_url} size="message" />}
      {message === null && (
        <p class="said-spoken">
          <Icon name="microphone" />
          {words.spoken}
        </p>
      )}
      {message && <p class="said-text">{message}</p>}
      {message && input === 'voice' && (
        <p class="said-spoken">
          <Icon name="microphone" />
          {words.writtenDown}
        </p>
      )}
    </Said>
  )
}

const FromAssistant = ({ turn, answer: known }: Omit<ExchangeProps, 'isLast'>) => {
  const { reply, status, not_read } = turn
  // A call's answer can be here before the last of the log's words.
  const answer = status === 'completed' ? known : undefined
  const words = talkWords.value
  const waiting = turn.input === 'picture' ? words.looking : words.thinking
  return (
    <Said by="assistant">
      {reply === '' && status === 'answering' && <Waiting>{waiting}</Waiting>}
      {reply === '' && status === 'completed' ? (
        <p class="said-text said-notice">{answer?.text ?? not_read?.message}</p>
      ) : (
        <Answer text={reply} question={answer?.next_question} />
      )}
      {answer && <Listen message={answer} />}
    </Said>
  )
}

const Answer = ({ text, question }: { text: string; question: string | null | undefined }) => {
  const words = answerWithout(text, question)
  return (
    <>
      {words !== '' && <p class="said-text">{words}</p>}
      {question && <p class="said-question">{question}</p>}
    </>
  )
}

/** A turn without an answer: as far as one came, and why it went no further. */
const Unanswered = ({ turn, isLast }: { turn: Turn; isLast: boolean }) => (
  <>
    {turn.reply !== '' && (
      <Said by="assistant">
        <p class="said-text said-notice">{turn.reply}</p>
      </Said>
    )}
    <Reason turn={turn} isLast={isLast} />
  </>
)

/** How the message is sent another time: it is in the composer, is put there, or is spoken again. */
const wayOn = (failed: Turn) => {
  const { turn, message, input } = failed
  const words = talkWords.value
  if (message === null) {
    return (
      <Button size="small" icon="microphone" onClick={() => void startRecording()}>
        {words.recordAgain}
      </Button>
    )
  }
  if (message === '' || input === 'picture' || isReturned(failed)) return null
  return (
    <Button size="small" onClick={() => returnMessage(turn, message)}>
      {words.takeBack}
    </Button>
  )
}

const Reason = ({ turn, isLast }: { turn: Turn; isLast: boolean }) => {
  const words = talkWords.value
  const { problem } = turn
  if (!problem) return null
  const actions = isLast && lost.value === null && wayOn(turn)
  const again = isLast && isReturned(turn) && <p class="said-notice">{words.stillInComposer}</p>
  if (problem.code === 'STOPPED') {
    return (
      <>
        <Notice tone="plain" title={words.stopped} actions={actions} />
        {again}
      </>
    )
  }
  if (problem.code === 'TRANSCRIPT_EMPTY') {
    return (
      <Notice tone="warn" title={words.notUnderstood} actions={actions}>
        {problem.message}
      </Notice>
    )
  }
  return (
    <>
      <ProblemNotice problem={problem} title={words.failed} actions={actions} />
      {again}
    </>
  )
}
