import { Notice } from '../design/surfaces.tsx'
import { link, lost } from '../session/current-session.ts'
import { troubleWords } from '../wording/trouble.ts'

/** How the page stands with the product, when that is not well. */
export const LinkNotice = () => {
  const words = troubleWords.value
  const problem = lost.value
  if (problem) {
    return (
      <Notice tone="bad" title={words.lost} reference={problem.code}>
        {problem.message}
      </Notice>
    )
  }
  const { state } = link.value
  if (state === 'offline') return <Notice tone="warn" title={words.offline} />
  if (state === 'reconnecting') return <Notice tone="warn" title={words.reconnecting} />
  if (state === 'unauthorized') return <Notice tone="bad" title={words.unauthorized} />
  return null
}
