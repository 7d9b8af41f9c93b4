import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Icon } from '../design/icons.tsx'
import { talkWords } from '../wording/talk.ts'
import './answerer.css'

/** Whether a script answers; undefined while that is not known. */
const isScripted = signal<boolean>()

const ask = async (): Promise<void> => {
  try {
    const answer: { rehearsal?: boolean } = await (await fetch('/health')).json()
    isScripted.value = answer.rehearsal === true
  } catch {
    // Not reached: asked again with the next conversation that is opened.
  }
}

/** Says that AI answers, or that a script does. The line has its place before that is known. */
export const Answerer = () => {
  const words = talkWords.value
  useEffect(() => {
    if (isScripted.peek() === undefined) void ask()
  }, [])
  const scripted = isScripted.value
  return (
    <p class="answerer" data-rehearsal={scripted === true}>
      {scripted === true && <Icon name="information" />}
      {scripted === undefined ? ' ' : scripted ? words.rehearsal : words.aiAnswers}
    </p>
  )
}
