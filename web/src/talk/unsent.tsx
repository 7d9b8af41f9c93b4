import type { ComponentChildren } from 'preact'
import { Button } from '../design/button.tsx'
import { Icon } from '../design/icons.tsx'
import { Progress } from '../design/progress.tsx'
import { lost } from '../session/current-session.ts'
import { type Sending, sendAgain, takeBack } from '../session/sending.ts'
import { ProblemNotice } from '../trouble/problem-notice.tsx'
import { talkWords } from '../wording/talk.ts'
import { putBack } from './draft.ts'
import { clockTime } from './recording.ts'
import { Said, Waiting } from './said.tsx'

/** A message that the log does not have yet. */
export const Unsent = ({ sending }: { sending: Sending }) => (
  <div class="talk-row">
    <Said by="user">
      <Outgoing sending={sending} />
    </Said>
    {sending.problem ? <NotSent sending={sending} /> : <OnItsWay sending={sending} />}
  </div>
)

const Outgoing = ({ sending: { content } }: { sending: Sending }) => {
  const words = talkWords.value
  if (content.kind === 'text') return <p class="said-text">{content.text}</p>
  if (content.kind === 'voice') {
    return (
      <p class="said-spoken">
        <Icon name="microphone" />
        {words.spoken} {clockTime(content.seconds)}
      </p>
    )
  }
  return (
    <>
      <span class="product-picture" data-size="message">
        {content.preview === null ? (
          <Icon name="picture" />
        ) : (
          <img src={content.preview} alt={words.picture} width={256} height={192} />
        )}
      </span>
      {content.note !== '' && <p class="said-text">{content.note}</p>}
    </>
  )
}

const OnItsWay = ({ sending }: { sending: Sending }) => {
  const words = talkWords.value
  const { content, progress } = sending
  if (content.kind === 'text') return <Answerless>{words.thinking}</Answerless>
  const isGoingOut = progress !== null && progress > 0 && progress < 1
  return (
    <div class="said-upload">
      {isGoingOut ? (
        <Progress label={words.uploading} value={progress} />
      ) : (
        <Answerless>{content.kind === 'voice' ? words.transcribing : words.looking}</Answerless>
      )}
    </div>
  )
}

const Answerless = ({ children }: { children: ComponentChildren }) => (
  <Said by="assistant">
    <Waiting>{children}</Waiting>
  </Said>
)

const NotSent = ({ sending }: { sending: Sending }) => {
  const words = talkWords.value
  const { problem, content } = sending
  if (!problem) return null
  const title = content.kind === 'picture' ? words.pictureNotSent : words.notSent
  // The notice below says that the conversation is gone, and how to go on.
  if (lost.value) return <p class="said-notice">{title}</p>
  return (
    <ProblemNotice
      problem={problem}
      title={title}
      onAgain={problem.retryable ? () => sendAgain(sending) : undefined}
      againLabel={words.sendAgain}
      actions={
        <Button size="small" kind="quiet" onClick={() => putBack(takeBack(sending))}>
          {content.kind === 'voice' ? words.discardRecording : words.takeBack}
        </Button>
      }
    />
  )
}
