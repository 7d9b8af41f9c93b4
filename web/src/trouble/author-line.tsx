import type { RunView } from '../../../shared/client/contract.ts'
import { Icon } from '../design/icons.tsx'
import { runWords } from '../wording/run.ts'
import './author-line.css'

type Origins = RunView['provenance']

/** Whether a script wrote any of it: the demo's model names itself so. */
export const isRehearsed = (provenance: Origins): boolean =>
  Object.values(provenance).some((origin) => origin?.provider === 'rehearsal')

export interface AuthorLineProps {
  /** Undefined while it is not known. */
  provenance: Origins | undefined
  /** No more will be written. */
  isOver: boolean
}

/**
 * Which models wrote what is shown, or that none did. The line keeps its place while that is not known, which it
 * is when the first stage has ended.
 */
export const AuthorLine = ({ provenance, isOver }: AuthorLineProps) => {
  const words = runWords.value
  const none = provenance && isOver ? words.authorNone : words.authorUnknown
  const origins = Object.values(provenance ?? {}).filter((origin) => origin !== undefined)
  const isRehearsal = isRehearsed(provenance ?? {})
  const models = [...new Set(origins.map(({ model, provider }) => `${model} (${provider})`))]
  return (
    <p class="author-line" data-rehearsal={isRehearsal}>
      {isRehearsal && <Icon name="information" />}
      <span key={String(isRehearsal)}>
        {isRehearsal ? words.rehearsal : models.length > 0 ? words.author(models.join(', ')) : none}
      </span>
    </p>
  )
}
