import type { ComponentChildren } from 'preact'
import type { Message } from '../../../shared/client/contract.ts'
import type { Turn } from '../../../shared/client/reduce/index.ts'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/surfaces.tsx'
import type { Sending } from '../session/sending.ts'
import { talkWords } from '../wording/talk.ts'

const Said = ({ by, children }: { by: 'user' | 'assistant'; children: ComponentChildren }) => (
  <article class="said" data-by={by}>
    <h3 class="visually-hidden">{talkWords.value.author[by]}</h3>
    {children}
  </article>
)

/** The assistant's message that is in no turn: the greeting. */
export const Greeting = ({ message }: { message: Message }) => (
  <Said by="assistant">
    <p class="said-text">{message.text}</p>
    {message.next_question && <p class="said-question">{message.next_question}</p>}
  </Said>
)

/** What was said, and what is being answered. */
export const Exchange = ({ turn, answer }: { turn: Turn; answer: Message | undefined }) => {
  const words = talkWords.value
  return (
    <>
      {turn.message !== null && turn.message !== '' && (
        <Said by="user">
          <p class="said-text">{turn.message}</p>
        </Said>
      )}
      {turn.message === null && <p class="said-waiting">{words.listening}</p>}
      {turn.status === 'failed' && turn.problem ? (
        <Notice tone="bad" title={words.failed} reference={turn.problem.code}>
          {turn.problem.message}
        </Notice>
      ) : (
        <Said by="assistant">
          {turn.reply !== '' && <p class="said-text">{turn.reply}</p>}
          {turn.reply === '' && turn.status === 'answering' && <Thinking />}
          {turn.reply === '' && turn.status === 'completed' && (
            <p class="said-text said-notice">{turn.not_read?.message ?? answer?.text}</p>
          )}
        </Said>
      )}
    </>
  )
}

const Thinking = () => (
  <p class="said-waiting">
    <span class="thinking" aria-hidden="true" />
    {talkWords.value.thinking}
  </p>
)

export interface UnsentProps {
  sending: Sending
  onAgain: () => void
  onTakeBack: () => void
}

/** A message that the log does not have yet. */
export const Unsent = ({ sending, onAgain, onTakeBack }: UnsentProps) => {
  const words = talkWords.value
  const { problem } = sending
  return (
    <div class="talk-row">
      <Said by="user">
        <p class="said-text">{sending.text}</p>
      </Said>
      {problem ? (
        <Notice
          tone="bad"
          title={words.notSent}
          reference={[problem.code, problem.requestId].filter(Boolean).join(' · ')}
          actions={
            <>
              <Button size="small" onClick={onAgain}>
                {words.sendAgain}
              </Button>
              <Button size="small" kind="quiet" onClick={onTakeBack}>
                {words.takeBack}
              </Button>
            </>
          }
        >
          {problem.message}
        </Notice>
      ) : (
        <Said by="assistant">
          <Thinking />
        </Said>
      )}
    </div>
  )
}
