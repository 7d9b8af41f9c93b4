import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { AssetView } from '../../../shared/client/contract.ts'
import { Button } from '../design/button.tsx'
import { Chip } from '../design/card.tsx'
import { assetWords } from '../wording/assets.ts'
import { narrationWords } from '../wording/narration.ts'
import { AssetState } from './asset-state.tsx'
import { About, useCaptions } from './asset-tile.tsx'
import { CopyButton } from './copies.tsx'
import { fileOf, newestOf } from './gallery-order.ts'
import { Download, useLink, useText } from './media-link.tsx'
import { assets, isDone, parts, spokenLanguage } from './open-package.ts'
import { openTask } from './open-task.ts'
import { Section } from './section.tsx'
import { clockOf } from './time.ts'
import { lineAt, linesOfTiming, linesOfVtt, type SpokenLine } from './transcript.ts'
import { VerdictNote } from './verdict.tsx'

export const Narration = () => {
  const words = assetWords.value
  const voiceWords = narrationWords.value
  const { standing } = parts.value.voice
  const narration = newestOf(assets.value, 'narration')?.asset
  return (
    <Section
      name="narration"
      standing={standing}
      rewrite="voice"
      aside={
        isDone.value && (
          <Button
            size="small"
            icon="microphone"
            onClick={() => openTask({ kind: 'voice', isChange: narration !== undefined })}
          >
            {narration ? voiceWords.changeVoice : words.make}
          </Button>
        )
      }
    >
      {narration ? (
        <Spoken asset={narration} />
      ) : (
        <p class="section-note">{voiceWords.noNarration}</p>
      )}
      <Script />
    </Section>
  )
}

const subtitlesOf = (narration: AssetView): AssetView | undefined =>
  newestOf(
    assets.value.filter(({ sources }) => sources.includes(narration.asset_id)),
    'subtitles',
  )?.asset

const parsed = (json: string | null): unknown => {
  try {
    return JSON.parse(json ?? 'null')
  } catch {
    return null
  }
}

const Spoken = ({ asset }: { asset: AssetView }) => {
  const subtitles = subtitlesOf(asset)
  const vtt = useText(subtitles, 'vtt')
  const timing = useText(asset, 'timing')
  const cues = linesOfVtt(vtt ?? '')
  const lines = cues.length > 0 ? cues : linesOfTiming(parsed(timing))
  return (
    <div class="spoken">
      {asset.status === 'completed' ? (
        <Player asset={asset} subtitles={subtitles} lines={lines} />
      ) : (
        <AssetState asset={asset} />
      )}
      <About asset={asset} />
      {subtitles && <CaptionFiles asset={subtitles} />}
    </div>
  )
}

interface PlayerProps {
  asset: AssetView
  subtitles: AssetView | undefined
  lines: readonly SpokenLine[]
}

/** The sound, and its lines: the one that is spoken is marked, and each leads to its place. */
const Player = ({ asset, subtitles, lines }: PlayerProps) => {
  const voiceWords = narrationWords.value
  const audio = useRef<HTMLAudioElement>(null)
  const at = useSignal(-1)
  const captions = useCaptions(subtitles ? [subtitles.asset_id] : [])
  const file = fileOf(asset, 'narration')
  if (!file) return null
  const follow = (): void => {
    const element = audio.current
    if (element) at.value = element.currentTime === 0 ? -1 : lineAt(lines, element.currentTime)
  }
  const seek = ({ from }: SpokenLine): void => {
    const element = audio.current
    if (!element) return
    element.currentTime = from
    void element.play().catch(() => {
      // The controls beside it say that it does not play.
    })
  }
  return (
    <>
      <Sound asset={asset} file={file} captions={captions} element={audio} onTime={follow} />
      {lines.length > 0 && (
        <ol class="transcript" aria-label={voiceWords.transcript}>
          {lines.map((line, index) => (
            <li key={line.from}>
              <button
                type="button"
                class="line"
                aria-current={index === at.value ? 'true' : undefined}
                onClick={() => seek(line)}
              >
                <span class="line-time">{clockOf(line.from)}</span>
                <span>{line.text}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </>
  )
}

interface SoundProps {
  asset: AssetView
  file: AssetView['files'][number]
  captions: string | undefined
  element: preact.RefObject<HTMLAudioElement | null>
  onTime: () => void
}

const Sound = ({ asset, file, captions, element, onTime }: SoundProps) => {
  const words = assetWords.value
  const { url, onError } = useLink(asset, file)
  return (
    <audio
      ref={element}
      controls
      preload="metadata"
      aria-label={words.type.narration}
      src={url}
      onTimeUpdate={onTime}
      onSeeked={onTime}
      onError={onError}
    >
      <track kind="captions" src={captions} srcLang={spokenLanguage()} label={words.captions} />
    </audio>
  )
}

const CaptionFiles = ({ asset }: { asset: AssetView }) => {
  const words = assetWords.value
  const voiceWords = narrationWords.value
  if (asset.status !== 'completed') return <AssetState asset={asset} />
  return (
    <div class="caption-files">
      <p class="section-note">{voiceWords.captionFiles}</p>
      <ul class="files">
        {asset.files.map((file) => (
          <li key={file.sha256}>
            <Download asset={asset} file={file} label={words.role[file.role]} />
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What the voice agent wrote: it stands with or without a sound. */
const Script = () => {
  const voiceWords = narrationWords.value
  const { content } = parts.value.voice
  const { voiceover_script_short: short, voiceover_script_long: long } = content
  return (
    <div class="script">
      {short !== null && (
        <>
          <h3>
            {voiceWords.script} <CopyButton text={short} />
          </h3>
          {content.timing_map.length > 0 ? (
            <ul class="script-parts">
              {content.timing_map.map(({ start, purpose, text }) => (
                <li key={start}>
                  <Chip>{voiceWords.purpose[purpose]}</Chip>
                  <p>{text}</p>
                </li>
              ))}
            </ul>
          ) : (
            <p>{short}</p>
          )}
          <VerdictNote where="voiceover_script_short" />
        </>
      )}
      {content.tone_profile !== null && <p class="section-note">{content.tone_profile}</p>}
      {long !== null && (
        <details>
          <summary>{voiceWords.scriptLong}</summary>
          <p class="script-long">{long}</p>
          <VerdictNote where="voiceover_script_long" />
        </details>
      )}
    </div>
  )
}
