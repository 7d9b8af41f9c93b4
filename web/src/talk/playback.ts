import { effect, signal } from '@preact/signals'
import type { Session, StudioProblem } from '../../../shared/client/index.ts'
import { log, session } from '../session/current-session.ts'
import { answers, type Reply } from '../session/messages.ts'
import { whenSpokenToIsAnswered } from '../session/sending.ts'
import { presetOf, speakable } from './spoken-parts.ts'

export interface Playback {
  /** Of the message that is spoken. */
  turn: number
  at: 'asked' | 'playing' | 'paused' | 'over'
  problem: StudioProblem | 'unplayable' | null
}

export const playback = signal<Playback | null>(null)

const audio = new Audio()
audio.preload = 'auto'
let asking: AbortController | undefined

const now = (turn: number, changes: Partial<Playback>): void => {
  const known = playback.peek()
  if (known?.turn === turn) playback.value = { ...known, ...changes }
}

const follow = (at: Playback['at']) => () => {
  const known = playback.peek()
  if (known) now(known.turn, { at })
}
audio.onplaying = follow('playing')
audio.onpause = () => {
  // One that was stopped for another tells of it while that one is asked for.
  if (playback.peek()?.at !== 'asked') follow('paused')()
}
audio.onended = follow('over')
audio.onerror = () => {
  const known = playback.peek()
  // Also told when the source is taken away.
  if (known && audio.src !== '') now(known.turn, { at: 'over', problem: 'unplayable' })
}

export const stopPlayback = (): void => {
  asking?.abort()
  playback.value = null
  audio.pause()
  audio.removeAttribute('src')
  // Without it the sound stays, and would go on.
  audio.load()
}

/** Has a message spoken, from its beginning. */
export const speak = async (open: Session, message: Reply): Promise<void> => {
  const { turn } = message
  const text = speakable(message)
  if (text === undefined) return
  stopPlayback()
  asking = new AbortController()
  const { signal: over } = asking
  playback.value = { turn, at: 'asked', problem: null }
  try {
    const voice_preset = presetOf(log.peek().locale)
    const { audio_url } = await open.say({ text, voice_preset }, { signal: over })
    audio.src = audio_url
    await audio.play()
  } catch (error) {
    if (over.aborted) return
    // The browser wants a press before it plays a sound.
    const isWaiting = error instanceof DOMException && error.name === 'NotAllowedError'
    if (isWaiting) now(turn, { at: 'paused' })
    else if (error instanceof DOMException) now(turn, { at: 'over', problem: 'unplayable' })
    else now(turn, { at: 'over', problem: error as StudioProblem })
  }
}

/** Pauses what is spoken or goes on; of another message, has it spoken. */
export const togglePlayback = (message: Reply): void => {
  const open = session.peek()
  const known = playback.peek()
  if (!open) return
  if (known?.turn !== message.turn || known.at === 'over') void speak(open, message)
  else if (known.at === 'asked') stopPlayback()
  else if (known.at === 'playing') audio.pause()
  else void audio.play().catch(() => now(message.turn, { at: 'over', problem: 'unplayable' }))
}

/** The answer to something spoken is spoken as soon as it is there. */
whenSpokenToIsAnswered((open, turn) => {
  const stop = answers.subscribe((known) => {
    const message = known.get(turn)
    if (session.peek()?.id !== open.id) return queueMicrotask(() => stop())
    if (!message) return
    queueMicrotask(() => stop())
    void speak(open, message)
  })
})

effect(() => {
  void session.value
  stopPlayback()
})
