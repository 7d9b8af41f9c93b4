import type { Locale } from '../../../contracts/session.ts'
import { digitalSourceTypes } from '../../../rules/digital-source-types.ts'

/** What is shown of where the pictures come from: the law demands it, and so do the platforms. */
const labels = {
  motion: {
    'ko-KR': 'AI 이미지로 만든 모션 영상',
    'en-US': 'Motion film made from AI images',
  },
  /** Of the user's own photo alone. */
  photos: { 'ko-KR': '사진으로 만든 모션 영상', 'en-US': 'Motion film made from a photo' },
  generated: { 'ko-KR': 'AI 생성 영상', 'en-US': 'AI-generated video' },
} as const satisfies Record<string, Record<Locale, string>>

export type FilmLabel = keyof typeof labels

export const filmLabel = (label: FilmLabel, locale: Locale): string => labels[label][locale]

/**
 * Our type and motion on a model's pictures; a model's own film with our type over it. A film of photos has the
 * narration of a model, if any voice at all.
 */
export const filmSourceType = (label: FilmLabel, hasVoice: boolean): string =>
  label === 'photos' && !hasVoice
    ? digitalSourceTypes.composite
    : digitalSourceTypes.compositeWithTrainedAlgorithmicMedia
