import { type Signal, useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { StudioProblem } from '../../../shared/client/index.ts'
import { Button } from '../design/button.tsx'
import { Icon } from '../design/icons.tsx'
import { Progress } from '../design/progress.tsx'
import { Notice } from '../design/surfaces.tsx'
import { session } from '../session/current-session.ts'
import { sentenceOf } from '../trouble/sentence.ts'
import { assetWords } from '../wording/assets.ts'
import { narrationWords } from '../wording/narration.ts'
import { packageWords } from '../wording/package.ts'
import { Choice, Choices } from './choice.tsx'
import { EstimateView, useEstimate } from './estimate.tsx'
import { madeBy } from './estimate-rows.ts'
import { type Pace, type Preset, type VoiceWish, voiceRequest } from './make-request.ts'
import { doing, make } from './making.ts'
import { view } from './open-package.ts'
import { closeTask } from './open-task.ts'

const presets = {
  ko: ['friendly_ko', 'calm_ko', 'neutral_ko', 'cute_ko'],
  en: ['friendly_en', 'calm_en', 'neutral_en', 'cute_en'],
} as const satisfies Record<string, Preset[]>

const paces = ['slow', 'usual', 'fast'] as const satisfies Pace[]

/** Presets of the language in which the script is written. */
const presetsOfRun = (): readonly Preset[] => {
  const written = view.value?.voice_assets?.tts_config.voice_preset ?? 'friendly_ko'
  return written.endsWith('_en') ? presets.en : presets.ko
}

/** The narration in another voice, at another pace, or in one's own. */
export const VoiceTask = () => {
  const words = assetWords.value
  const wish = useSignal<VoiceWish>({ preset: null, pace: null, recording: null })
  const request = voiceRequest(wish.value)
  const { estimate, problem } = useEstimate(request)
  const count = estimate ? madeBy(estimate) : 0
  return (
    <>
      {wish.value.recording === null && (
        <>
          <Presets wish={wish} />
          <Paces wish={wish} />
        </>
      )}
      <Recording wish={wish} />
      <EstimateView estimate={estimate} problem={problem} />
      <div class="task-actions">
        <Button onClick={closeTask}>{packageWords.value.cancel}</Button>
        <Button
          kind="primary"
          busy={doing.value}
          disabled={count === 0}
          onClick={() => void make(request, count)}
        >
          {estimate && count === 0 ? words.nothingToMake : words.make}
        </Button>
      </div>
    </>
  )
}

const Presets = ({ wish }: { wish: Signal<VoiceWish> }) => {
  const voiceWords = narrationWords.value
  const choose = (preset: Preset | null): void => {
    wish.value = { ...wish.peek(), preset }
  }
  return (
    <Choices legend={voiceWords.voice}>
      <Choice
        type="radio"
        name="preset"
        checked={wish.value.preset === null}
        onChange={() => choose(null)}
      >
        {voiceWords.voiceAuto}
      </Choice>
      {presetsOfRun().map((preset) => (
        <Choice
          key={preset}
          type="radio"
          name="preset"
          checked={wish.value.preset === preset}
          onChange={() => choose(preset)}
        >
          {voiceWords.preset[preset]}
        </Choice>
      ))}
    </Choices>
  )
}

const Paces = ({ wish }: { wish: Signal<VoiceWish> }) => {
  const voiceWords = narrationWords.value
  return (
    <Choices legend={voiceWords.pace}>
      {([null, ...paces] as const).map((pace) => (
        <Choice
          key={pace}
          type="radio"
          name="pace"
          checked={wish.value.pace === pace}
          onChange={() => {
            wish.value = { ...wish.peek(), pace }
          }}
        >
          {voiceWords.paces[pace ?? 'auto']}
        </Choice>
      ))}
    </Choices>
  )
}

const Recording = ({ wish }: { wish: Signal<VoiceWish> }) => {
  const voiceWords = narrationWords.value
  const share = useSignal<number | null>(null)
  const name = useSignal('')
  const problem = useSignal<StudioProblem | null>(null)
  const upload = async (file: File): Promise<void> => {
    const open = session.peek()
    if (!open) return
    problem.value = null
    name.value = file.name
    share.value = 0
    try {
      const onProgress = (sent: number): void => {
        share.value = sent
      }
      const recording = await open.uploadRecording(file, { onProgress })
      wish.value = { ...wish.peek(), recording }
    } catch (error) {
      problem.value = error as StudioProblem
    } finally {
      share.value = null
    }
  }
  const isUploaded = wish.value.recording !== null
  const place = useFocusKeptIn(isUploaded)
  if (isUploaded) {
    const remove = (): void => {
      name.value = ''
      wish.value = { ...wish.peek(), recording: null }
    }
    return (
      <div ref={place}>
        <Uploaded name={name.value} onRemove={remove} />
      </div>
    )
  }
  return (
    <Choices legend={voiceWords.ownRecording}>
      <div ref={place} class="own-recording">
        <p class="field-hint">{voiceWords.ownRecordingAbout}</p>
        <RecordingButton busy={share.value !== null} onChosen={(file) => void upload(file)} />
        {name.value !== '' && (
          <p class="uploaded">
            <Icon name="microphone" />
            {name.value}
          </p>
        )}
        {share.value !== null && <Progress label={voiceWords.uploading} value={share.value} />}
        {problem.value && (
          <Notice tone="bad" title={sentenceOf(problem.value)} reference={problem.value.code} />
        )}
      </div>
    </Choices>
  )
}

/** Where the focus goes on when what had it was taken away by a change of `state`. */
const useFocusKeptIn = (state: boolean): RefObject<HTMLDivElement | null> => {
  const place = useRef<HTMLDivElement>(null)
  const known = useRef(state)
  useEffect(() => {
    if (known.current === state) return
    known.current = state
    if (document.activeElement !== document.body) return
    place.current?.querySelector('button')?.focus()
  }, [state])
  return place
}

const Uploaded = ({ name, onRemove }: { name: string; onRemove: () => void }) => (
  <p class="uploaded">
    <Icon name="microphone" />
    {narrationWords.value.uploaded(name)}
    <Button kind="quiet" size="small" onClick={onRemove}>
      {assetWords.value.remove}
    </Button>
  </p>
)

interface RecordingButtonProps {
  busy: boolean
  onChosen: (file: File) => void
}

/** In the words of the page: those of the browser's own field are in the browser's language. */
const RecordingButton = ({ busy, onChosen }: RecordingButtonProps) => {
  const label = narrationWords.value.chooseRecording
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button icon="microphone" busy={busy} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept="audio/*,.m4a,.mp3,.wav,.flac,.ogg,.webm"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          if (file) onChosen(file)
          // The same file may be chosen again.
          currentTarget.value = ''
        }}
      />
    </>
  )
}
