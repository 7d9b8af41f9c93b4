import { type StreamStatus, StudioProblem } from '../../../shared/client/index.ts'
import { Notice } from '../design/surfaces.tsx'
import { link, lost } from '../session/current-session.ts'
import { troubleWords } from '../wording/trouble.ts'
import { ProblemNotice } from './problem-notice.tsx'

/** What is told of an access that has expired, when no refusal is at hand. */
const expired = new StudioProblem({
  status: 401,
  code: 'UNAUTHORIZED',
  message: '',
  retryable: false,
})

/** How the page stands with the product, when that is not well. */
export const LinkNotice = () =>
  lost.value ? <ProblemNotice problem={lost.value} /> : <LinkState status={link.value} />

export const LinkState = ({ status: { state, problem } }: { status: StreamStatus }) => {
  const words = troubleWords.value
  if (state === 'offline') {
    return (
      <Notice tone="warn" icon="offline" title={words.offline}>
        {words.offlineText}
      </Notice>
    )
  }
  if (state === 'reconnecting') {
    return (
      <Notice tone="warn" title={words.reconnecting}>
        {words.reconnectingText}
      </Notice>
    )
  }
  if (state === 'unauthorized') {
    return <ProblemNotice problem={problem ?? expired} />
  }
  return null
}
