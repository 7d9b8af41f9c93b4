import * as z from 'zod'
import { JobId } from './jobs.ts'
import { ErrorBody } from './problems.ts'
import { Cost } from './provenance.ts'
import { RunId } from './runs.ts'
import { SessionId, Timestamp } from './session.ts'

export const AssetId = z.string().regex(/^asset_[0-9a-z]{26}$/)

export const assetTypes = ['poster', 'narration', 'subtitles', 'video'] as const
/** What is made of a run: pictures, the spoken script, its captions, and films with both. */
export const AssetType = z.enum(assetTypes)
export type AssetType = z.infer<typeof AssetType>

export const placementIds = [
  'instagram_feed_4x5',
  'instagram_feed_1x1',
  'instagram_reels_9x16',
  'tiktok_9x16',
  'youtube_shorts_9x16',
  'vertical_9x16',
  'youtube_16x9',
  'kakao_channel_thumbnail',
  'kakao_link_preview',
  'kakao_bizboard_motion',
  'naver_timeboard',
] as const
/** Where an asset is posted: its size and what of it the platform leaves visible follow, see `rules/placements`. */
export const PlacementId = z.enum(placementIds)
export type PlacementId = z.infer<typeof PlacementId>

/** Where the pixels or the sound of an asset come from. */
export const AssetOrigin = z.enum([
  /** A model made it. */
  'generated',
  /** Our own animation of the run's pictures and texts: no film model. */
  'motion',
  /** The user's own recording. */
  'recording',
  /** Derived from the run's texts alone, such as captions. */
  'composed',
])
export type AssetOrigin = z.infer<typeof AssetOrigin>

/** Where an asset is, or was when it failed. */
export const MakingStage = z.enum([
  'waiting',
  'buying',
  'drawing',
  'rendering',
  'checking',
  'storing',
])
export type MakingStage = z.infer<typeof MakingStage>

export const fileRoles = [
  'poster',
  'narration',
  /** When each word of the narration is spoken, as JSON. */
  'timing',
  'srt',
  'vtt',
  /** Without captions in the picture. */
  'clean_video',
  'captioned_video',
  'cover',
  /** The ZIP of an export; of no asset. */
  'export',
] as const
export const FileRole = z.enum(fileRoles)
export type FileRole = z.infer<typeof FileRole>

export const AssetFile = z.object({
  role: FileRole,
  /** As an export and a download name it. */
  name: z.string(),
  content_type: z.string(),
  bytes: z.number().int().min(1),
  /** Hexadecimal. */
  sha256: z.string().length(64),
  /** Pixels; null of a file without a picture. */
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  /** Milliseconds; null of a file without time. */
  duration_ms: z.number().int().nullable(),
})
export type AssetFile = z.infer<typeof AssetFile>

/** One look at a finished file, made independently of what rendered it. */
export const AssetCheck = z.object({
  check: z.string(),
  passed: z.boolean(),
  /** What was measured, for the operator; never a sentence to be shown as the agents' work. */
  detail: z.string().nullable(),
})
export type AssetCheck = z.infer<typeof AssetCheck>

/** What an asset was made by. `null` where no vendor took part. */
export const AssetProvenance = z.object({
  origin: AssetOrigin,
  provider: z.string().nullable(),
  model: z.string().nullable(),
  /** Digest of what was bought: provider, model, prompt, reference and size; the same one is bought once. */
  purchases: z.array(z.string()),
  /**
   * What was made otherwise than wished, as codes: `seconds_snapped`, `size_snapped`, `size_not_offered`;
   * `note_not_used` of narration and captions, whose words and voice a note does not change.
   */
  adjusted: z.array(z.string()),
  /** XMP `DigitalSourceType`, an IPTC term, as it stands in the file; null of a file that states none. */
  digital_source_type: z.string().nullable(),
})
export type AssetProvenance = z.infer<typeof AssetProvenance>

export const AssetStatus = z.enum(['queued', 'running', 'completed', 'failed', 'cancelled'])
export type AssetStatus = z.infer<typeof AssetStatus>

/** How fast the narration is spoken; the presets' own pace when not given. */
export const VoicePace = z.enum(['slow', 'usual', 'fast'])
export type VoicePace = z.infer<typeof VoicePace>

/** Why an asset failed; its stage is where. */
export const AssetFailure = ErrorBody.extend({
  /** What a vendor or a check said, when that tells more than the code. */
  detail: z.string().optional(),
  /** The asset that this one builds on, when it is that one's failure. */
  source: AssetId.optional(),
})
export type AssetFailure = z.infer<typeof AssetFailure>

export const AssetView = z.object({
  asset_id: AssetId,
  asset_type: AssetType,
  status: AssetStatus,
  run_id: RunId,
  session_id: SessionId,
  /** The job that makes or made it. */
  job_id: JobId,
  placement: PlacementId.nullable(),
  /** The poster specification that it is drawn from; null of other kinds. */
  poster_spec_id: z.string().nullable(),
  /** What the caller wished for it, as data for the model. */
  note: z.string().nullable(),
  /** The asset that it is another version of. */
  replaces: AssetId.nullable(),
  /** The assets that it is made from, such as a film's narration. */
  sources: z.array(AssetId),
  stage: MakingStage,
  files: z.array(AssetFile.extend({ url: z.string(), expires_at: Timestamp })),
  provenance: AssetProvenance.nullable(),
  checks: z.array(AssetCheck),
  /** At list price; null while unknown. */
  cost: Cost.nullable(),
  error: AssetFailure.nullable(),
  created_at: Timestamp,
  updated_at: Timestamp,
  completed_at: Timestamp.nullable(),
  /** When it is deleted. */
  expires_at: Timestamp,
})
export type AssetView = z.infer<typeof AssetView>
