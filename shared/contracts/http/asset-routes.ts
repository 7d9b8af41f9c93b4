import * as z from 'zod'
import { VoicePreset } from '../agents.ts'
import { AssetId, AssetType, AssetView, PlacementId, VoicePace } from '../assets.ts'
import { JobId, JobStatus } from '../jobs.ts'
import { Cost } from '../provenance.ts'
import { RunId } from '../runs.ts'
import { SessionId } from '../session.ts'
import { text } from '../text.ts'
import { type Route, routeDefaults, runParams } from './route.ts'

const assetParams = runParams.extend({ asset_id: AssetId })

const voice = z
  .strictObject({
    preset: VoicePreset.optional(),
    pace: VoicePace.optional(),
    /** The user's own recording, as `POST …/voice-upload` named it; `none` for films without a voice. */
    recording: z.union([z.string().regex(/^upload_[0-9a-z]{26}$/), z.literal('none')]).optional(),
  })
  .optional()

/** Which assets are wished for: of these kinds and placements, or one of them again. */
export const AssetRequest = z
  .strictObject({
    /** All kinds when not given. A film comes with what it is made from. */
    kinds: z.array(AssetType).min(1).max(4).optional(),
    /** Those that follow from the brief's channels when not given. */
    placements: z.array(PlacementId).min(1).max(11).optional(),
    /** One asset again: with a note a new version of it, without one the same, unless it failed. */
    asset_id: AssetId.optional(),
    /** What shall be different, as the user says it. Only with `asset_id`. */
    note: text(300, { multiline: true }).optional(),
    voice,
    /** Whether films get captions; they do when not given. */
    captions: z.boolean().optional(),
  })
  .refine(({ note, asset_id }) => note === undefined || asset_id !== undefined, {
    path: ['note'],
    error: 'belongs to one asset: give asset_id with it',
  })
  .refine(
    ({ asset_id, kinds, placements }) =>
      asset_id === undefined || (kinds === undefined && placements === undefined),
    { path: ['asset_id'], error: 'stands for kinds and placements: give either' },
  )
export type AssetRequest = z.infer<typeof AssetRequest>

/** One purchase that making an asset takes. */
const EstimatedPurchase = z.object({
  kind: z.enum(['image', 'speech', 'film']),
  provider: z.string(),
  model: z.string(),
  /** It was bought before for this session, or for another asset of the same estimate: it costs nothing. */
  bought: z.boolean(),
  /** Null when the price is not known. */
  cost: Cost.nullable(),
  /**
   * Whether the price was read where the vendor states it, on the day of its table. False for one that others told,
   * and where it is not known.
   */
  price_verified: z.boolean(),
})

const EstimatedAsset = z.object({
  asset_id: AssetId,
  asset_type: AssetType,
  placement: PlacementId.nullable(),
  poster_spec_id: z.string().nullable(),
  /** It is there or in the making: nothing will be bought for it. */
  exists: z.boolean(),
  purchases: z.array(EstimatedPurchase),
  /** What has to be set first, as the operator reads it; null when nothing is missing. */
  not_configured: z.string().nullable(),
  /** That its price alone is above a spend cap, so that it would not be made, as the operator reads it; or null. */
  over_cap: z.string().nullable(),
})
export type EstimatedAsset = z.infer<typeof EstimatedAsset>

export const AssetEstimate = z.object({
  run_id: RunId,
  assets: z.array(EstimatedAsset),
  /** Of everything whose price is known; null when that is nothing that costs. */
  total: Cost.nullable(),
  /** Purchases whose price is not known: in no sum. */
  without_price: z.number().int(),
  /** Purchases of which the price is in the sum, and was not verified: it may be another. */
  with_unverified_price: z.number().int(),
})
export type AssetEstimate = z.infer<typeof AssetEstimate>

const requestProblems = [
  'RUN_NOT_FOUND',
  'RUN_NOT_READY',
  'ASSET_NOT_FOUND',
  'UPLOAD_NOT_FOUND',
] as const

export const assetRoutes = {
  generateAssets: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/runs/{run_id}/assets/generate/async',
    summary: 'Has assets of a run made, or one of them again; a job follows them',
    params: runParams,
    body: AssetRequest,
    idempotent: true,
    status: 202,
    location: 'always',
    answer: z.object({
      job_id: JobId,
      run_id: RunId,
      session_id: SessionId,
      status: JobStatus,
      /** Everything that the request means, also what is there already. */
      asset_ids: z.array(AssetId),
    }),
    problems: [
      ...requestProblems,
      'RATE_LIMITED',
      'BUDGET_EXCEEDED',
      'IDEMPOTENCY_CONFLICT',
      'REQUEST_IN_FLIGHT',
    ],
  },
  estimateAssets: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/runs/{run_id}/assets/estimate',
    summary:
      'What a request for assets would make and buy, at list prices; nothing is stored or bought',
    params: runParams,
    body: AssetRequest,
    access: 'reader',
    answer: AssetEstimate,
    problems: requestProblems,
  },
  listAssets: {
    ...routeDefaults,
    method: 'GET',
    path: '/api/runs/{run_id}/assets',
    summary: 'The assets of a run with signed links, in the order in which they were asked for',
    params: runParams,
    answer: z.object({ run_id: RunId, assets: z.array(AssetView) }),
    problems: ['RUN_NOT_FOUND'],
  },
  getAsset: {
    ...routeDefaults,
    method: 'GET',
    path: '/api/runs/{run_id}/assets/{asset_id}',
    summary: 'One asset with signed links',
    params: assetParams,
    answer: AssetView,
    problems: ['RUN_NOT_FOUND', 'ASSET_NOT_FOUND'],
  },
  deleteAsset: {
    ...routeDefaults,
    method: 'DELETE',
    path: '/api/runs/{run_id}/assets/{asset_id}',
    summary: 'Deletes an asset with its files; one that is being made is cancelled',
    params: assetParams,
    status: 204,
    answer: z.undefined(),
    problems: ['RUN_NOT_FOUND', 'ASSET_NOT_FOUND', 'UPSTREAM_ERROR'],
  },
  cancelJob: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/jobs/{job_id}/cancel',
    summary: 'Stops a job of assets or of an export; what is finished stays',
    params: z.object({ job_id: JobId }),
    status: 202,
    answer: z.object({ job_id: JobId, run_id: RunId, session_id: SessionId, status: JobStatus }),
    problems: ['JOB_NOT_FOUND'],
  },
} as const satisfies Record<string, Route>
