import { decodeFile } from '../../../platform/film/decode-file.ts'
import { decodeSound } from '../../../platform/sound/decode-sound.ts'
import { resampled } from '../../../platform/sound/resample.ts'
import { asStereo, type Sound, soundRate, soundSeconds } from '../../../platform/sound/sound.ts'
import type { Cue } from '../../../rules/captions/cue.ts'
import { readVtt } from '../../../rules/captions/cue-files.ts'
import { filmFormat } from '../../../rules/films/film-limits.ts'
import type { Placement } from '../../../rules/placements/placement.ts'
import type { MakingOrder } from '../asset-maker.ts'

/** What a film is heard and captioned with. */
export interface FilmSources {
  /** At 48 kHz, in stereo; null of a film that is silent. */
  sound: Sound | null
  /** Seconds in which something is said; 0 of a silent film. */
  speech: number
  cues: Cue[]
  /** The captions as they are stored; null without any. */
  vtt: string | null
}

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
    cues: vtt === null ? [] : readVtt(vtt),
    vtt,
  }
}
