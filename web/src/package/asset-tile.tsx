import { useEffect, useMemo } from 'preact/hooks'
import type { AssetView } from '../../../shared/client/contract.ts'
import { IconButton } from '../design/button.tsx'
import { Chip } from '../design/card.tsx'
import { assetWords } from '../wording/assets.ts'
import { AssetState } from './asset-state.tsx'
import { DeviceFrame } from './device-frame.tsx'
import {
  type AssetFile,
  aiLabelOf,
  fileOf,
  type Placement,
  type Versions,
} from './gallery-order.ts'
import { Download, useLink, useText } from './media-link.tsx'
import { assets, parts, spokenLanguage } from './open-package.ts'
import { openTask } from './open-task.ts'

export interface AssetTileProps {
  versions: Versions
  placement: Placement
  safeArea: boolean
}

/** A poster or film in its frame, with what can be done with it. */
export const AssetTile = ({ versions, placement, safeArea }: AssetTileProps) => {
  const { asset, earlier } = versions
  return (
    <article class="tile">
      <DeviceFrame placement={placement} safeArea={safeArea && asset.status === 'completed'}>
        <Shown asset={asset} />
      </DeviceFrame>
      <About asset={asset} />
      {earlier.length > 0 && (
        <details class="earlier">
          <summary>{assetWords.value.earlier(earlier.length)}</summary>
          {earlier.map((version) => (
            <div key={version.asset_id} class="earlier-version">
              <DeviceFrame placement={placement} safeArea={false}>
                <Shown asset={version} />
              </DeviceFrame>
              <About asset={version} />
            </div>
          ))}
        </details>
      )}
    </article>
  )
}

const Shown = ({ asset }: { asset: AssetView }) => {
  const film = fileOf(asset, 'clean_video', 'captioned_video')
  const poster = fileOf(asset, 'poster')
  if (film) return <Film asset={asset} file={film} />
  if (poster) return <Poster asset={asset} file={poster} />
  return <AssetState asset={asset} />
}

/** The words on a poster are its specification's, unchanged. */
const textOf = ({ poster_spec_id, asset_type }: AssetView): string => {
  const specs = parts.value.creative.content.poster_specs
  const spec = specs.find(({ id }) => id === poster_spec_id)
  return spec ? `${spec.headline}. ${spec.subheadline}` : assetWords.value.type[asset_type]
}

const Poster = ({ asset, file }: { asset: AssetView; file: AssetFile }) => {
  const { url, onError } = useLink(asset, file)
  return (
    <img
      src={url}
      alt={textOf(asset)}
      width={file.width ?? undefined}
      height={file.height ?? undefined}
      loading="lazy"
      decoding="async"
      referrerpolicy="no-referrer"
      onError={onError}
    />
  )
}

/** The captions of a film as an address of this page: the bucket's would need its consent to be read. */
export const useCaptions = (sources: readonly string[]): string | undefined => {
  const subtitles = assets.value.find(
    ({ asset_id, asset_type }) => asset_type === 'subtitles' && sources.includes(asset_id),
  )
  const vtt = useText(subtitles, 'vtt')
  const url = useMemo(
    () => (vtt === null ? undefined : URL.createObjectURL(new Blob([vtt], { type: 'text/vtt' }))),
    [vtt],
  )
  useEffect(() => () => (url === undefined ? undefined : URL.revokeObjectURL(url)), [url])
  return url
}

const Film = ({ asset, file }: { asset: AssetView; file: AssetFile }) => {
  const words = assetWords.value
  const captions = useCaptions(asset.sources)
  // Without captions of its own, the film that has them in its picture.
  const burnt = captions === undefined ? fileOf(asset, 'captioned_video') : undefined
  const { url, onError } = useLink(asset, burnt ?? file)
  const cover = fileOf(asset, 'cover')
  return (
    <video
      controls
      playsInline
      preload="none"
      aria-label={words.type.video}
      src={url}
      poster={cover?.url}
      width={file.width ?? undefined}
      height={file.height ?? undefined}
      onError={onError}
    >
      <track
        default
        kind="captions"
        src={captions}
        srcLang={spokenLanguage()}
        label={words.captions}
      />
    </video>
  )
}

const AiLabel = ({ asset }: { asset: AssetView }) => {
  const words = assetWords.value
  const label = aiLabelOf(asset)
  if (label === 'none') return null
  const text = {
    generated: words.ai[asset.asset_type],
    contains_generated: words.containsAi,
    recording: words.recording,
  }[label]
  return <Chip>{text}</Chip>
}

/** What it is, what was made otherwise than wished, and what to do with it. */
export const About = ({ asset }: { asset: AssetView }) => {
  const words = assetWords.value
  const adjusted = (asset.provenance?.adjusted ?? []).flatMap(
    (code) => words.adjusted[code as keyof typeof words.adjusted] ?? [],
  )
  return (
    <div class="tile-about">
      <p class="tile-name">
        <span>{words.type[asset.asset_type]}</span>
        {asset.status === 'completed' && <AiLabel asset={asset} />}
      </p>
      {asset.note && <p class="tile-note">{words.noteWas(asset.note)}</p>}
      {adjusted.map((sentence) => (
        <p key={sentence} class="tile-note">
          {sentence}
        </p>
      ))}
      {asset.status === 'completed' && <Actions asset={asset} />}
    </div>
  )
}

const Actions = ({ asset }: { asset: AssetView }) => {
  const words = assetWords.value
  // The timing is the transcript's, and in the export.
  const files = asset.files.filter(({ role }) => role !== 'timing')
  const [first] = files
  const takesNote = asset.asset_type === 'poster' || asset.asset_type === 'video'
  return (
    <>
      <div class="tile-actions">
        {files.length === 1 && first && <Download asset={asset} file={first} />}
        {takesNote && (
          <IconButton
            icon="edit"
            label={words.redo}
            onClick={() => openTask({ kind: 'redo', asset })}
          />
        )}
        <IconButton
          icon="trash"
          label={words.remove}
          onClick={() => openTask({ kind: 'delete', asset })}
        />
      </div>
      {files.length > 1 && (
        <ul class="files">
          {files.map((file) => (
            <li key={file.sha256}>
              <Download asset={asset} file={file} label={words.role[file.role]} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
