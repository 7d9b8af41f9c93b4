import type { AssetType } from '../contracts/assets.ts'

/** Assets that one request may make: with the job's own writes they fit into one transaction. */
export const assetsAtOnce = 60

/** Assets that a run may have, versions included: with their links they fit into one answer. */
export const assetsOfRun = 300

/**
 * Jobs that follow an asset in the making: its end is one transaction with theirs, their events and what announces
 * them, and a transaction takes a hundred writes.
 */
export const jobsOfAsset = 32

/** Workers that an attempt of an asset may have, one after another, before it counts as one that kills them. */
export const maxAssetWorkers = 3

/** Calls of a vendor for one purchase in one attempt of an asset, counted before each is made. */
export const maxPurchaseCalls = 2

/** An asset's worker and its vendors, in milliseconds. */
export const assetMs = {
  /** Between two heartbeats of claim, purchase and message. */
  heartbeat: 3_000,
  /** A claim expires this long after the last heartbeat. */
  claim: 12_000,
  /** A message whose worker died is delivered again this long after its last heartbeat. */
  visibility: 30_000,
  /** Longest pause before another look at a claim that another worker holds. */
  retake: 2_000,
  /** Least time between two events of a job's progress. */
  progress: 1_000,
  /** The sweep looks after an open asset that nothing has touched for so long. */
  quiet: 120_000,
  /** The longest that a queue keeps a message back. */
  maxDelay: 900_000,
} as const

/** How long one worker may make an asset of each type, calls of vendors included. */
export const makingMs: Readonly<Record<AssetType | 'export', number>> = {
  poster: 300_000,
  narration: 150_000,
  subtitles: 60_000,
  video: 840_000,
  export: 300_000,
}

/** How long one call of a vendor may take, by what is bought (specification 9). */
export const purchaseMs = { image: 120_000, speech: 30_000, film: 600_000 } as const
