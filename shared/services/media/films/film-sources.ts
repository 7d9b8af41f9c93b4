import { decodeFile } from '../../../platform/film/decode-file.ts'
import { decodeSound } from '../../../platform/sound/decode-sound.ts'
import { resampled } from '../../../platform/sound/resample.ts'
import { asStereo, type Sound, soundRate, soundSeconds } from '../../../platform/sound/sound.ts'
import { filmFormat } from '../../../rules/films/film-limits.ts'
import type { Placement } from '../../../rules/placements/placement.ts'
import type { MakingOrder } from '../asset-maker.ts'
import type { FilmCue } from './film-layers.ts'

/** What a film is heard and captioned with. */
export interface FilmSources {
  /** At 48 kHz, in stereo; null of a film that is silent. */
  sound: Sound | null
  /** Seconds in which something is said; 0 of a silent film. */
  speech: number
  cues: FilmCue[]
  /** The captions as they are stored; null without any. */
  vtt: string | null
}

const head = /^(?:(\d+):)?(\d{2}):(\d{2})\.(\d{3}) --> (?:(\d+):)?(\d{2}):(\d{2})\.(\d{3})/

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' }

const msOf = ([hours, minutes, seconds, ms]: (string | undefined)[]): number =>
  ((Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(ms)

/** The cues of the subtitles' own WebVTT file. */
const cuesOf = (vtt: string): FilmCue[] =>
  vtt.split(/\n{2,}/).flatMap((block) => {
    const lines = block.split('\n')
    const at = lines.findIndex((line) => head.test(line))
    const times = head.exec(lines[at] ?? '')
    if (times === null) return []
    const rows = lines
      .slice(at + 1)
      .filter((row) => row !== '')
      .map((row) => row.replace(/&(?:lt|gt|amp);/g, (entity) => entities[entity] ?? entity))
    return [{ start_ms: msOf(times.slice(1, 5)), end_ms: msOf(times.slice(5, 9)), rows }]
  })

/** Reads narration and captions among an order's sources; a placement without sound has neither. */
export const filmSources = async (
  order: Pick<MakingOrder, 'sources' | 'captions'>,
  placement: Placement,
  { ffmpeg, signal }: { ffmpeg: string | null; signal: AbortSignal },
): Promise<FilmSources> => {
  if (!filmFormat(placement.id).sound) return { sound: null, speech: 0, cues: [], vtt: null }
  const narration = order.sources.find(({ role }) => role === 'narration')
  const subtitles = order.captions ? order.sources.find(({ role }) => role === 'vtt') : undefined
  const foreign =
    ffmpeg === null ? undefined : (bytes: Uint8Array) => decodeFile(ffmpeg, bytes, signal)
  const heard = narration && (await decodeSound(await narration.read(), foreign))
  const sound = heard ? asStereo(resampled(heard, soundRate)) : null
  const vtt = subtitles ? Buffer.from(await subtitles.read()).toString('utf8') : null
  return {
    sound,
    speech: sound === null ? 0 : soundSeconds(sound),
    cues: vtt === null ? [] : cuesOf(vtt),
    vtt,
  }
}
