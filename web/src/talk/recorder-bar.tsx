import { useEffect, useRef } from 'preact/hooks'
import { Button, IconButton } from '../design/button.tsx'
import { announce } from '../design/status.tsx'
import { Notice } from '../design/surfaces.tsx'
import { sendMessage } from '../session/sending.ts'
import { talkWords } from '../wording/talk.ts'
import {
  cancelRecording,
  finishRecording,
  isQuiet,
  levelNow,
  recordedFor,
  recording,
  startRecording,
} from './recorder.ts'
import { clockTime, longestSeconds } from './recording.ts'
import './recorder.css'

const bars = 32
/** Milliseconds that one bar stands for. */
const barMs = 80

const send = async (): Promise<void> => {
  const recorded = await finishRecording()
  if (recorded) sendMessage({ kind: 'voice', ...recorded })
}

/** In the place of the composer while one speaks. */
export const RecorderBar = () => {
  const words = talkWords.value
  const { at } = recording.value
  const finish = useRef<HTMLDivElement>(null)
  useEffect(() => {
    finish.current?.querySelector<HTMLElement>('[data-kind="primary"]')?.focus()
    if (at === 'recording') announce(talkWords.peek().recordingStarted)
    if (at === 'full') announce(talkWords.peek().recordingFull)
  }, [at])
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend that is shown.
    <div
      class="recorder"
      role="group"
      aria-label={words.recording}
      onKeyDown={({ key }) => {
        if (key === 'Escape') cancelRecording()
      }}
    >
      <p class="recorder-say">
        <span class="recorder-dot" data-on={at === 'recording'} aria-hidden="true" />
        {at === 'asking' && words.microphoneAsked}
        {at === 'full' && words.recordingFull}
        {at === 'recording' && (isQuiet.value ? words.heardNothing : words.speakNow)}
      </p>
      <Level isOn={at === 'recording'} />
      <div class="recorder-tools" ref={finish}>
        <IconButton icon="close" label={words.discardRecording} onClick={cancelRecording} />
        <span class="recorder-time" role="timer" aria-label={words.recordedFor}>
          {clockTime(recordedFor.value)} <span>/ {clockTime(longestSeconds)}</span>
        </span>
        <IconButton
          icon="send"
          kind="primary"
          label={words.sendRecording}
          disabled={at === 'asking'}
          onClick={() => void send()}
        />
      </div>
    </div>
  )
}

/** The last seconds of what the microphone hears. Drawn past the page's state, frame by frame. */
const Level = ({ isOn }: { isOn: boolean }) => {
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!isOn) return undefined
    const levels: number[] = new Array(bars).fill(0)
    let lastAt = 0
    let frame = 0
    const draw = (at: number): void => {
      frame = requestAnimationFrame(draw)
      const level = levelNow()
      if (at - lastAt < barMs) return
      lastAt = at
      levels.push(level)
      levels.shift()
      for (const [index, bar] of [...(row.current?.children ?? [])].entries()) {
        if (bar instanceof HTMLElement) bar.style.scale = `1 ${Math.max(0.06, levels[index] ?? 0)}`
      }
    }
    frame = requestAnimationFrame(draw)
    return () => cancelAnimationFrame(frame)
  }, [isOn])
  return (
    <div class="recorder-level" ref={row} aria-hidden="true">
      {Array.from({ length: bars }, (_, bar) => (
        <span key={bar} />
      ))}
    </div>
  )
}

/** Why nothing is recorded, and what to do. */
export const RecorderTrouble = () => {
  const words = talkWords.value
  const state = recording.value
  if (state.at !== 'trouble') return null
  const { title, text } = words.recordingTrouble[state.trouble]
  return (
    <Notice
      tone="warn"
      title={title}
      actions={
        <>
          {state.trouble !== 'unsupported' && (
            <Button size="small" icon="microphone" onClick={() => void startRecording()}>
              {words.recordAgain}
            </Button>
          )}
          <Button size="small" kind="quiet" onClick={cancelRecording}>
            {words.typeInstead}
          </Button>
        </>
      }
    >
      {text}
    </Notice>
  )
}
