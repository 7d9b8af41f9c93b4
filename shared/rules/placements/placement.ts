import type { PlacementId } from '../../contracts/assets.ts'

/** Pixels, from the upper left corner. */
export interface Rectangle {
  x: number
  y: number
  width: number
  height: number
}

/** A place where an asset is posted, as its platform documents it. */
export interface Placement {
  id: PlacementId
  width: number
  height: number
  /** Clear of the platform's own controls: texts keep inside. */
  safe: Rectangle
  /** Largest picture in bytes; null where the platform names none. */
  maxBytes: number | null
  /** Graphemes of headline and subheadline that the platform shows; null where the picture alone counts. */
  characters: { headline: number; subheadline: number } | null
  /**
   * Whether the platform takes type that is set on the picture. Where it does not, a poster is the picture
   * with nothing but the AI label, which the law demands.
   */
  takesType: boolean
  /** Smallest type in pixels. */
  minTypeSize: number
  /** Kinds of asset that are posted there. */
  takes: readonly ('poster' | 'video')[]
  source: string
  /** The day on which the source was read. */
  checked: string
  /**
   * Whether size, clear part and limits were then seen on the platform's own page, or its seller's. Others are what
   * advertisers know of it: look again before a campaign.
   */
  verified: boolean
}
