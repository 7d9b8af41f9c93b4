import type { VoicePreset } from '../../contracts/agents.ts'
import type {
  AssetCheck,
  AssetFile,
  AssetProvenance,
  AssetType,
  FileRole,
  MakingStage,
  PlacementId,
  VoicePace,
} from '../../contracts/assets.ts'
import type { StudioError } from '../../contracts/errors.ts'
import type { ExportOrder } from '../../repositories/media-work.ts'
import type { RunWithStages } from '../../repositories/run-output-repository.ts'

/** What is paid for, by which it is known again: the same purchase is made once in a session. */
export interface Purchase {
  kind: 'image' | 'speech' | 'film'
  provider: string
  model: string
  /** Everything the result depends on: prompt, size, voice, seconds, digests of references. */
  parameters: Readonly<Record<string, string | number | null>>
  contentType: string
  /** Expected list price in micro-dollars; null when it is not known. */
  micros: number | null
  /** Names the dated table that the price is from; null, or not given, without a price. */
  priceTable?: string | null
}

export interface Bought {
  digest: string
  bytes: Uint8Array
  contentType: string
}

/** The files that an asset builds on, by role. */
export interface SourceFile extends AssetFile {
  placement: PlacementId | null
  posterSpecId: string | null
  /** What was wished for the asset that the file is of. */
  note: string | null
  read(): Promise<Uint8Array>
  /** A local copy, which the worker removes. */
  path(): Promise<string>
}

export interface ProductPicture {
  bytes: Uint8Array
  contentType: 'image/jpeg' | 'image/png'
  sha256: string
}

/** How the caller wishes the narration to be; what is null is the run's own. */
export interface VoiceWish {
  preset: VoicePreset | null
  pace: VoicePace | null
  /** The user's own recording, as it was uploaded; `none` for a film without a voice. */
  recording: { uploadId: string; read(): Promise<Uint8Array> } | 'none' | null
}

export interface MakingOrder {
  run: RunWithStages
  placement: PlacementId | null
  posterSpecId: string | null
  note: string | null
  voice: VoiceWish
  /** Whether a film gets captions. */
  captions: boolean
  /** What an earlier call of `make` for this attempt answered as `Started`; null at first. */
  vendorJob: string | null
  /** Finished files of this run that assets of other kinds left: narration and captions for a film, posters for motion. */
  sources: readonly SourceFile[]
  /** Of an export, and of nothing else. */
  exported?: ExportOrder
}

/** What the worker offers while an asset is made. */
export interface Workshop {
  /** Ends with the claim, a cancel or the deadline. */
  signal: AbortSignal
  /** Never rejects; `share` is how much of the asset is done, 0 to 1. */
  report(stage: MakingStage, share: number): void
  /**
   * What `call` answers, or what an earlier call answered for the same purchase. The key makes vendors
   * that know idempotency charge once for calls whose answers were lost.
   */
  buy(
    purchase: Purchase,
    call: (signal: AbortSignal, idempotencyKey: string) => Promise<Uint8Array>,
  ): Promise<Bought>
  /**
   * The same for a vendor that goes on by itself, such as one of films. `call` starts it and answers the
   * vendor's name for the job; a job that was started before for the same purchase is answered without a
   * call. What it costs counts from the start on. `find` looks for the job of a call whose answer was lost, in
   * epoch milliseconds `since` then, at a vendor that may not know idempotency keys: null when there is none.
   */
  start(
    purchase: Purchase,
    call: (signal: AbortSignal, idempotencyKey: string) => Promise<string>,
    find?: (signal: AbortSignal, since: number) => Promise<string | null>,
  ): Promise<string>
  /** What a started purchase came to: `fetch` is called unless it is stored already. */
  collect(purchase: Purchase, fetch: (signal: AbortSignal) => Promise<Uint8Array>): Promise<Bought>
  /** Null when the session has none. */
  productPicture(): Promise<ProductPicture | null>
  /** An empty folder of the worker's own, which it removes. */
  folder(): Promise<string>
}

export interface MadeFile extends Pick<AssetFile, 'role' | 'width' | 'height' | 'duration_ms'> {
  role: FileRole
  contentType: string
  /** Without the dot. */
  extension: string
  body: Uint8Array | { path: string }
}

export interface MadeAsset {
  files: MadeFile[]
  provenance: AssetProvenance
  /** All passed: a maker throws `CheckFailed` for one that did not. */
  checks: AssetCheck[]
}

/**
 * A vendor works on by itself: the worker ends here, and `make` is called again with the vendor's job in its
 * order, by any worker. Once `deadline` has passed the asset fails with MEDIA_TIMEOUT instead.
 */
export interface Started {
  vendorJob: string
  /** Milliseconds until the next look, 900,000 at most. */
  lookAfterMs: number
  /** Epoch milliseconds; the one of the first answer counts. */
  deadline: number
  /** Why the vendor could not be asked this time: the cause, should it stay so until the deadline. */
  trouble?: StudioError
}

/** Makes one kind of asset. Everything that it may need again after a crash it has bought through the workshop. */
export interface AssetMaker {
  make(order: MakingOrder, workshop: Workshop): Promise<MadeAsset | Started>
}

/** What an order would buy, told without making anything: it loads no renderer. */
export interface AssetPlanner {
  /**
   * Exactly the purchases that `make` will look for, in its order.
   * @throws StudioError CAPABILITY_NOT_CONFIGURED that names the variable
   */
  plan(
    order: Omit<MakingOrder, 'vendorJob'>,
    desk: Pick<Workshop, 'productPicture'>,
  ): Promise<readonly Purchase[]>
}

/** The makers that there are; each is loaded when an asset of its type is made. */
export type Makers = Partial<Record<AssetType | 'export', () => Promise<AssetMaker>>>
export type Planners = Partial<Record<AssetType, () => Promise<AssetPlanner>>>
