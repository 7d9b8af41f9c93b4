import type { TextStyle } from '../../../platform/lettering/fit-text.ts'
import type { Placement, Rectangle } from '../../../rules/placements/placement.ts'
import type { Arrangement } from './arrangement.ts'

/** The room of a poster's type: the safe rectangle, less a margin where that reaches the edge. */
export interface Frame {
  kind: Arrangement['kind']
  placement: Placement
  inner: Rectangle
  /** Width of the column that name, headline and subheadline are set in. */
  column: number
  /** The same for long texts, over more of the picture. */
  wideColumn: number
  picture: Rectangle
}

/** Banners are lower than half their width; below that a picture and type have to share the width. */
const kindOf = ({ width, height }: Placement): Arrangement['kind'] =>
  width / height >= 1.95 ? 'banner' : width > height * 1.2 ? 'side' : 'stacked'

/** Of a banner's width, what the picture takes: more of one that is less low. */
const pictureShare = ({ width, height }: Placement): number =>
  Math.min(0.44, Math.max(0.3, (1.9 * height) / width))

/** Pixels by which a sign may stand out of its line: the hook of a j, at the largest size. */
const overhang = 8

export const frameOf = (placement: Placement): Frame => {
  const { width, height, safe } = placement
  const kind = kindOf(placement)
  const margin = kind === 'banner' ? 0 : Math.round(Math.min(width, height) * 0.06)
  const left = Math.max(safe.x + overhang, margin)
  const right = Math.min(safe.x + safe.width - overhang, width - margin)
  const inner = { ...safe, x: left, width: right - left }
  const whole = { x: 0, y: 0, width, height }
  const full = {
    kind,
    placement,
    inner,
    column: inner.width,
    wideColumn: inner.width,
    picture: whole,
  }
  if (kind === 'stacked' || !placement.takesType) return full
  if (kind === 'side') {
    return {
      ...full,
      column: Math.round(inner.width * 0.56),
      wideColumn: Math.round(inner.width * 0.78),
    }
  }
  const pictureX = Math.round(width * (1 - pictureShare(placement)))
  const picture = { x: pictureX, y: 0, width: width - pictureX, height }
  const column = pictureX - inner.x - Math.round(height * 0.04)
  return { ...full, column, wideColumn: column, picture }
}

export type StyleName = 'name' | 'headline' | 'subheadline' | 'price' | 'label'

const largestSizes = ({ kind, placement, inner }: Frame): Record<StyleName, number> => {
  const { width, height } = placement
  if (kind === 'stacked') {
    const headline = Math.min(width * 0.106, inner.width * 0.13)
    return { name: 36, headline, subheadline: 40, price: 42, label: 28 }
  }
  if (kind === 'side') {
    return { name: 44, headline: height * 0.118, subheadline: 48, price: 52, label: 36 }
  }
  const headline = Math.min(inner.height * 0.34, width * 0.078)
  const small = inner.height * 0.14
  return { name: small * 0.9, headline, subheadline: small, price: small * 0.95, label: 0 }
}

const looks: Readonly<Record<StyleName, Pick<TextStyle, 'weight' | 'leading' | 'tracking'>>> = {
  name: { weight: 'bold', leading: 1.3, tracking: -0.005 },
  headline: { weight: 'bold', leading: 1.22, tracking: -0.025 },
  subheadline: { weight: 'regular', leading: 1.45, tracking: -0.012 },
  price: { weight: 'bold', leading: 1.2, tracking: -0.01 },
  label: { weight: 'bold', leading: 1.2, tracking: 0 },
}

/** Headlines stay larger than what is below them, also at their smallest. */
const headlineAtLeast = 1.25

/** The style of one text when all are set at `scale` of their largest size, 0 to 1. */
export const styleAt = (frame: Frame, name: StyleName, scale: number): TextStyle => {
  const { minTypeSize } = frame.placement
  const minSize =
    name === 'headline' ? Math.ceil(minTypeSize * headlineAtLeast) : Math.ceil(minTypeSize)
  const maxSize = Math.max(minSize, Math.round(largestSizes(frame)[name] * scale))
  return {
    ...looks[name],
    maxSize,
    minSize: name === 'headline' ? minSize : Math.min(maxSize, minSize),
  }
}
