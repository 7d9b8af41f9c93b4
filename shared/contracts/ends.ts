import * as z from 'zod'
import { StageName } from './agents.ts'
import { AssetId, AssetType } from './assets.ts'
import { JobId, JobType } from './jobs.ts'
import { RunId } from './runs.ts'
import { SessionId, Timestamp } from './session.ts'

/**
 * What others are told when a run, a job or an asset has ended: the detail of an EventBridge event, and the
 * data of a webhook. Ids, codes and times; no texts, and no links that grant access. Fields may be added
 * within a version; one that is removed, or means something else, makes another.
 */
const endSchemaVersion = 1

/** What an event is called, and the `detail-type` on the bus. */
export const EndType = z.enum(['run.ended', 'job.ended', 'asset.ended'])
export type EndType = z.infer<typeof EndType>

/** The `source` of a deployment's events on the bus. */
export const eventSource = (deployment: string): string => `launch-studio.${deployment}`

/** What ended and its attempt; the same in every delivery of one end. */
export const EndId = z.string().regex(/^(?:run|job|asset)_[0-9a-z]{26}-\d{1,6}$/)

/** The first 12 characters of a SHA-256 of the owner's principal, as the lines of the log have it. */
const PrincipalHash = z.string().regex(/^[0-9a-f]{12}$/)

export const EndOutcome = z.enum(['completed', 'failed', 'cancelled'])
export type EndOutcome = z.infer<typeof EndOutcome>

const common = {
  schema_version: z.literal(endSchemaVersion),
  id: EndId,
  principal: PrincipalHash,
  session_id: SessionId,
  run_id: RunId,
  outcome: EndOutcome,
  /** With `failed`: a code of the product. A text and no enumeration, since codes are added. */
  error_code: z.string().nullable(),
  created_at: Timestamp,
  ended_at: Timestamp,
}

/** A run that failed may be resumed, and then ends again as another attempt. */
export const RunEnded = z.object({
  ...common,
  attempt: z.number().int().min(1),
  /** The last stage, or the one that failed. */
  stage: StageName,
  /** The job that followed it. */
  job_id: JobId.nullable(),
})
export type RunEnded = z.infer<typeof RunEnded>

export const JobEnded = z.object({ ...common, job_id: JobId, job_type: JobType })
export type JobEnded = z.infer<typeof JobEnded>

export const AssetEnded = z.object({
  ...common,
  asset_id: AssetId,
  asset_type: AssetType,
  attempt: z.number().int().min(1),
  /** The job that had it made. */
  job_id: JobId,
})
export type AssetEnded = z.infer<typeof AssetEnded>

/** The detail of each type. */
export const endDetails = {
  'run.ended': RunEnded,
  'job.ended': JobEnded,
  'asset.ended': AssetEnded,
} as const satisfies Record<EndType, z.ZodType>

/** A message of the queue of ends: an end that is to be announced. */
export const EndTask = z.object({ end_id: EndId })
export type EndTask = z.infer<typeof EndTask>
