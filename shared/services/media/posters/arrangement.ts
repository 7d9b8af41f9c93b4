import type { TextBlock } from '../../../platform/lettering/fit-text.ts'
import type { Rectangle } from '../../../rules/placements/placement.ts'

/** What a text is on a poster. */
export type Role = 'name' | 'headline' | 'subheadline' | 'price' | 'label'

/** A text with the upper left corner of its lines. */
export interface ArrangedText {
  role: Role
  block: TextBlock
  x: number
  y: number
}

/** Where everything stands, before there is a picture: nothing of it depends on colours. */
export interface Arrangement {
  /** Full pictures with the type below or above, full pictures with the type at the left, or a panel beside the picture. */
  kind: 'stacked' | 'side' | 'banner'
  texts: ArrangedText[]
  /** Around name, headline, subheadline and price; null without any of them. */
  group: Rectangle | null
  /** The shapes behind price and label. */
  chip: Rectangle | null
  pill: Rectangle
  /** A short stroke above the name. */
  stroke: Rectangle | null
  /** Where the background picture shows. */
  picture: Rectangle
  /** Codes of what was left out because there was no room for it. */
  leftOut: string[]
  wordParted: boolean
}
