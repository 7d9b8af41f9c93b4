import * as z from 'zod'
import { StageName } from './agents.ts'
import { AssetFile, AssetView } from './assets.ts'
import { Brief, BriefSlots } from './brief.ts'
import { EarlyResearchUsage, earlyResearchStatuses } from './early-research.ts'
import { StudioEvent } from './events.ts'
import { JobId, JobType } from './jobs.ts'
import { LaunchBrief } from './launch.ts'
import { Provenance, Usage } from './provenance.ts'
import { PartialElement, RunFailure, RunId, RunState } from './runs.ts'
import { Locale, Message, Mode, SessionId, SessionState, Timestamp } from './session.ts'

/** One stage of a run, as it is stored: what its agent wrote, byte for byte. */
const ExportedStage = z.object({
  stage: StageName,
  status: z.enum(['working', 'committed']),
  attempt: z.number().int(),
  output: z.unknown(),
  provenance: Provenance.nullable(),
  /** Elements that a failed stage had streamed. */
  partial: z.array(PartialElement),
  dropped_evidence: z.number().int(),
})
export type ExportedStage = z.infer<typeof ExportedStage>

/** An asset of a run. Its files are among the session's media. */
export const ExportedAsset = AssetView.pick({
  asset_id: true,
  asset_type: true,
  status: true,
  placement: true,
  poster_spec_id: true,
  note: true,
  replaces: true,
  provenance: true,
  cost: true,
  error: true,
  created_at: true,
}).extend({ files: z.array(AssetFile) })
export type ExportedAsset = z.infer<typeof ExportedAsset>

/** One run with everything that was written in it. */
export const ExportedRun = z.object({
  run_id: RunId,
  state: RunState,
  stage: StageName,
  attempt: z.number().int(),
  locale: Locale,
  mode: Mode,
  brief: Brief,
  /** The older API's brief, when the run came through that. */
  launch: LaunchBrief.nullable(),
  error: RunFailure.nullable(),
  stages: z.array(ExportedStage),
  usage: z.array(
    Usage.extend({
      stage: StageName,
      provider: z.string(),
      model: z.string(),
      calls: z.number().int(),
    }),
  ),
  assets: z.array(ExportedAsset),
  /** What its searches returned, for the day that it is kept. */
  findings: z.unknown(),
  created_at: Timestamp,
  updated_at: Timestamp,
  completed_at: Timestamp.nullable(),
})
export type ExportedRun = z.infer<typeof ExportedRun>

/** A search that was made before a run, in `fast` mode. */
export const ExportedEarlySearch = z.object({
  status: z.enum(earlyResearchStatuses),
  begun_at: Timestamp,
  /** The run that took it first. */
  run_id: RunId.nullable(),
  usage: EarlyResearchUsage,
  /** What it found, for the day that it is kept. */
  findings: z.unknown(),
  /** What the agent made of it before a run, for as long; null where the run had to. */
  output: z.unknown(),
  provenance: Provenance.nullable(),
})
export type ExportedEarlySearch = z.infer<typeof ExportedEarlySearch>

/** A stored object: fetch it with its link, which needs no token, before it expires. */
export const ExportedMedia = z.object({
  /** An upload that was not judged yet counts as a recording; a picture of the product as `picture`. */
  kind: z.enum(['recording', 'transcript', 'speech', 'picture', 'asset', 'purchase']),
  name: z.string(),
  bytes: z.number().int(),
  stored_at: Timestamp,
  url: z.string(),
  expires_at: Timestamp,
})
export type ExportedMedia = z.infer<typeof ExportedMedia>

/**
 * Everything that is stored of a session. Not in it: copies of answers that are kept for a day for
 * repeated requests, open sockets and tickets, and what workers hold while they work.
 */
export const SessionExport = z.object({
  schema_version: z.literal('v1'),
  exported_at: Timestamp,
  session: z.object({
    session_id: SessionId,
    state: SessionState,
    locale: Locale,
    mode: Mode,
    turn: z.number().int(),
    /** Each value with its confidence, its source and the turn that set it. */
    brief_slots: BriefSlots,
    run_id: RunId.nullable(),
    created_at: Timestamp,
    updated_at: Timestamp,
  }),
  messages: z.array(Message),
  events: z.array(StudioEvent),
  runs: z.array(ExportedRun),
  early_searches: z.array(ExportedEarlySearch),
  jobs: z.array(z.object({ job_id: JobId, type: JobType, run_id: RunId, created_at: Timestamp })),
  media: z.array(ExportedMedia),
})
