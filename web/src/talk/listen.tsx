import { Button } from '../design/button.tsx'
import type { Reply } from '../session/messages.ts'
import { sentenceOf } from '../trouble/sentence.ts'
import { talkWords } from '../wording/talk.ts'
import { playback, togglePlayback } from './playback.ts'
import { speakable } from './spoken-parts.ts'

/** Has an answer of the assistant's spoken, which stays on the page as it is. */
export const Listen = ({ message }: { message: Reply }) => {
  const words = talkWords.value
  const state = playback.value?.turn === message.turn ? playback.value : null
  if (speakable(message) === undefined) return null
  const at = state?.at ?? 'over'
  const { problem = null } = state ?? {}
  return (
    <div class="listen">
      <Button
        kind="quiet"
        size="small"
        icon={at === 'playing' ? 'pause' : 'play'}
        aria-busy={at === 'asked' || undefined}
        onClick={() => togglePlayback(message)}
      >
        {words.listen[at]}
      </Button>
      {state && (
        <span class="listen-about">
          {problem === 'unplayable' && words.unplayable}
          {problem instanceof Error && sentenceOf(problem)}
          {problem === null && words.syntheticVoice}
        </span>
      )}
    </div>
  )
}
