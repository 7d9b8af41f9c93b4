import type {
  AssetCheck,
  AssetFile,
  AssetProvenance,
  FileRole,
  MakingStage,
  PlacementId,
} from '../../contracts/assets.ts'
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
  read(): Promise<Uint8Array>
  /** A local copy, which the worker removes. */
  path(): Promise<string>
}

export interface ProductPicture {
  bytes: Uint8Array
  contentType: 'image/jpeg' | 'image/png'
  sha256: string
}

export interface MakingOrder {
  run: RunWithStages
  placement: PlacementId | null
  posterSpecId: string | null
  note: string | null
  /** Finished files of this run that assets of other kinds left: narration and captions for a film, posters for motion. */
  sources: readonly SourceFile[]
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

/** Makes one kind of asset. Everything that it may need again after a crash it has bought through the workshop. */
export interface AssetMaker {
  make(order: MakingOrder, workshop: Workshop): Promise<MadeAsset>
}
