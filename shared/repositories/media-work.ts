import type { VoicePreset } from '../contracts/agents.ts'
import type {
  AssetCheck,
  AssetFailure,
  AssetFile,
  AssetProvenance,
  AssetStatus,
  AssetType,
  MakingStage,
  PlacementId,
  VoicePace,
} from '../contracts/assets.ts'
import type { UnfinishedAsset } from '../contracts/http/export-routes.ts'
import type { Cost } from '../contracts/provenance.ts'
import type { Locale } from '../contracts/session.ts'

export interface StoredFile extends AssetFile {
  /** In the media bucket. */
  key: string
}

/** What the caller wished for, beside placement and note. */
export interface AssetSettings {
  preset: VoicePreset | null
  pace: VoicePace | null
  /** An upload's id, or `none`. */
  recording: string | null
  captions: boolean
}

/** What an export holds, as it was when it was asked for. */
export interface ExportOrder {
  /** The date of the plan's first day, `YYYY-MM-DD`. */
  start_date: string
  /** Finished assets of the run. */
  asset_ids: string[]
  /** Those that were not finished then. */
  unfinished: UnfinishedAsset[]
  asked_at: string
}

/** What the media queue brings: an asset, or the export of a run. */
export interface Work {
  asset_id: string
  asset_type: AssetType | 'export'
  run_id: string
  session_id: string
  owner: string
  locale: Locale
  status: AssetStatus
  /** The job that makes it, and all that follow it. */
  job_id: string
  job_ids: string[]
  placement: PlacementId | null
  poster_spec_id: string | null
  note: string | null
  replaces: string | null
  /** The assets that it is made from. */
  sources: string[]
  settings: AssetSettings
  /** Of an export. */
  export_order?: ExportOrder
  stage: MakingStage
  /** How much of it is done, in percent. */
  share: number
  /** 1, and one more with each request that tries it again. */
  attempt: number
  /** Workers that have claimed this attempt. */
  workers: number
  lease_id?: string
  /** Epoch milliseconds after which the holder counts as dead; of a parked asset, when to look again. */
  lease_until?: number
  vendor_job?: string
  /** Epoch milliseconds. */
  vendor_deadline?: number
  files?: StoredFile[]
  provenance?: AssetProvenance
  checks?: AssetCheck[]
  cost?: Cost
  error?: AssetFailure
  request_id?: string
  created_at: string
  updated_at: string
  completed_at?: string
  /** Epoch seconds after which it is deleted. */
  ttl: number
}

export interface Asset extends Work {
  asset_type: AssetType
}

export interface RunExport extends Work {
  asset_type: 'export'
  export_order: ExportOrder
}

/** The lease of an asset that no worker holds, since its vendor works. */
export const parked = 'parked'

/** What a piece of work is found by. */
export type Named = Pick<Work, 'run_id' | 'asset_id'>

/** A worker's claim on one attempt of an asset. */
export interface AssetClaim {
  attempt: number
  leaseId: string
  /** Epoch milliseconds. */
  until: number
}

/** What another attempt of an asset has of its own. */
export type Restart = Pick<Work, 'job_id' | 'sources' | 'settings'> & {
  request_id?: string | undefined
}

/** How an asset ends. */
export type AssetEnd = Pick<Work, 'stage'> &
  (
    | {
        status: 'completed'
        files: StoredFile[]
        provenance: AssetProvenance
        checks: AssetCheck[]
        cost: Cost | null
      }
    | { status: 'failed'; error: AssetFailure; checks?: AssetCheck[] }
    | { status: 'cancelled' }
  )

/** A vendor's job that is looked at again. */
export interface Parking {
  vendorJob: string
  /** Epoch milliseconds. */
  lookAt: number
  deadline: number
}
