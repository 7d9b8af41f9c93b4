import type { AssetRequest } from '../../../shared/client/contract.ts'
import type { Placement } from './gallery-order.ts'

export type Kind = NonNullable<AssetRequest['kinds']>[number]
export type Preset = NonNullable<NonNullable<AssetRequest['voice']>['preset']>
export type Pace = NonNullable<NonNullable<AssetRequest['voice']>['pace']>

export const kinds = ['poster', 'narration', 'subtitles', 'video'] as const satisfies Kind[]

export interface Wish {
  kinds: readonly Kind[]
  /** Null: those that follow from the brief's channels. */
  placements: readonly Placement[] | null
  captions: boolean
}

export interface VoiceWish {
  /** Null: as the script wants it. */
  preset: Preset | null
  pace: Pace | null
  /** An upload. */
  recording: string | null
}

/** The request for what is wished; null while that is nothing. */
export const requestOf = ({ kinds, placements, captions }: Wish): AssetRequest | null => {
  if (kinds.length === 0 || placements?.length === 0) return null
  return {
    kinds: [...kinds],
    ...(placements && { placements: [...placements] }),
    ...(!captions && kinds.includes('video') && { captions: false }),
  }
}

/** Narration and captions in a voice; a recording is in one's own, and has neither preset nor pace. */
export const voiceRequest = ({ preset, pace, recording }: VoiceWish): AssetRequest => {
  const voice = recording ? { recording } : { ...(preset && { preset }), ...(pace && { pace }) }
  return {
    kinds: ['narration', 'subtitles'],
    ...(Object.keys(voice).length > 0 && { voice }),
  }
}

/** The list without what is in it, or with what is not. */
export const toggled = <T>(list: readonly T[], item: T): T[] =>
  list.includes(item) ? list.filter((each) => each !== item) : [...list, item]
