import * as z from 'zod'
import { AssetId } from './assets.ts'
import { ExportId } from './jobs.ts'
import { RunId } from './runs.ts'

/** A message of the media queue: ids, never content. */
export const MediaTask = z.object({
  run_id: RunId,
  /** Or an export. */
  asset_id: z.union([AssetId, ExportId]),
  /** 1, and one more with each request that tries a failed asset again. */
  attempt: z.number().int().min(1),
  /** The request that the asset was asked for with, as far as lines need it. */
  request_id: z.string().optional().catch(undefined),
})
export type MediaTask = z.infer<typeof MediaTask>
