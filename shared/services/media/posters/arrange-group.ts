import { fitText, type TextBlock } from '../../../platform/lettering/fit-text.ts'
import type { Fonts } from '../../../platform/lettering/fonts.ts'
import { LetteringError } from '../../../platform/lettering/lettering-error.ts'
import type { Arrangement } from './arrangement.ts'
import type { PosterTexts } from './poster-texts.ts'
import { type Frame, type StyleName, styleAt } from './type-scale.ts'

/** Name, headline, subheadline and price below each other, in pixels from the group's upper left corner. */
export interface Group {
  texts: { role: Exclude<StyleName, 'label'>; block: TextBlock; x: number; y: number }[]
  chip: { x: number; y: number; width: number; height: number } | null
  stroke: boolean
  width: number
  height: number
  wordParted: boolean
}

export type GroupTexts = Omit<PosterTexts, 'label'>

/** Above the name, in pixels: the stroke and the blank below it. */
const strokeHeight = 30

/** Of the price's size, around it on its chip. */
const chipPadding = { x: 0.62, y: 0.34 }

const chipBeside = ({ placement }: Frame): boolean => placement.width / placement.height > 2.9

const fitted = (
  fonts: Fonts,
  frame: Frame,
  role: StyleName,
  text: string | null,
  room: { width: number; height: number; scale: number; maxLines: number },
): TextBlock | null =>
  text === null ? null : fitText(fonts, text, styleAt(frame, role, room.scale), room)

const linesOf: Readonly<Record<Arrangement['kind'], Record<StyleName, number>>> = {
  stacked: { name: 2, headline: 4, subheadline: 5, price: 1, label: 1 },
  side: { name: 2, headline: 4, subheadline: 5, price: 1, label: 1 },
  banner: { name: 1, headline: 3, subheadline: 2, price: 1, label: 1 },
}

/** All texts at one scale; throws `LetteringError` where one does not fit by itself. */
const groupAt = (
  fonts: Fonts,
  frame: Frame,
  texts: GroupTexts,
  room: { height: number; scale: number; lines: Record<StyleName, number> },
): Group => {
  const { height, scale, lines } = room
  const beside = chipBeside(frame) && texts.price !== null
  const set = (role: StyleName, text: string | null, width: number) =>
    fitted(fonts, frame, role, text, { width, height, scale, maxLines: lines[role] })
  const price = set('price', texts.price, frame.column * (beside ? 0.34 : 0.9))
  const chip = price && chipOf(price)
  const width = beside && chip ? frame.column - chip.width - chip.height * 0.5 : frame.column
  const name = set('name', texts.name, width)
  const headline = set('headline', texts.headline, width)
  const subheadline = set('subheadline', texts.subheadline, width)
  const size = headline?.size ?? 0
  const placed: Group['texts'] = []
  const hasStroke = name !== null && frame.kind !== 'banner'
  let y = hasStroke ? strokeHeight : 0
  const put = (role: Group['texts'][number]['role'], block: TextBlock | null, gap: number) => {
    if (!block) return
    if (placed.length > 0) y += gap
    placed.push({ role, block, x: 0, y })
    y += block.height
  }
  put('name', name, 0)
  put('headline', headline, size * 0.16)
  put('subheadline', subheadline, size * (frame.kind === 'banner' ? 0.12 : 0.24))
  if (price && chip) {
    const at = beside
      ? { x: besideTexts(frame, placed, chip), y: (y - chip.height) / 2 }
      : { x: 0, y: y + (placed.length > 0 ? size * (frame.kind === 'banner' ? 0.32 : 0.4) : 0) }
    placed.push({
      role: 'price',
      block: price,
      x: at.x + price.size * chipPadding.x,
      y: at.y + price.size * chipPadding.y,
    })
    if (!beside) y = at.y + chip.height
    return groupOf(placed, { ...chip, ...at }, hasStroke, y)
  }
  return groupOf(placed, null, hasStroke, y)
}

/** Where a chip at the right of the texts begins: it belongs to them, and not to the far end of their column. */
const besideTexts = (
  { column }: Frame,
  texts: Group['texts'],
  chip: { width: number; height: number },
): number => {
  const right = Math.max(0, ...texts.map(({ block }) => block.width))
  return Math.min(column - chip.width, right + chip.height)
}

const chipOf = (price: TextBlock) => ({
  width: price.width + price.size * chipPadding.x * 2,
  height: price.height + price.size * chipPadding.y * 2,
})

const groupOf = (
  texts: Group['texts'],
  chip: Group['chip'],
  stroke: boolean,
  height: number,
): Group => ({
  texts,
  chip,
  stroke,
  height,
  width: Math.max(
    ...texts.map(({ x, block }) => x + block.width),
    chip === null ? 0 : chip.x + chip.width,
  ),
  wordParted: texts.some(({ block }) => block.wordParted),
})

const scales = [1, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58, 0.52, 0.46, 0.4, 0.34, 0.28]

/** Of the frame's height, what type takes at most as long as it is of a good size: the picture has the rest. */
const goodShare = ({ placement }: Frame): number =>
  placement.width / placement.height > 0.9 ? 0.56 : placement.safe.height < 1200 ? 0.66 : 0.5
const goodScale = 0.64

/** The largest arrangement of these texts; undefined when it does not fit `height`. */
const largestGroup = (
  fonts: Fonts,
  frame: Frame,
  texts: GroupTexts,
  { height, least }: { height: number; least: number },
): Group | undefined => {
  for (const scale of scales) {
    if (scale < least) return undefined
    const isGood = scale >= goodScale
    const isLast = texts.subheadline === null && texts.name === null
    const hasFewLines = isGood || (frame.kind === 'banner' && !isLast)
    const allowed = hasFewLines ? linesOf[frame.kind] : manyLines
    const wide = isGood ? frame : { ...frame, column: frame.wideColumn }
    const limit = isGood && frame.kind === 'stacked' ? height * goodShare(frame) : height
    const group = tryGroup(fonts, wide, texts, { height: limit, scale, lines: allowed })
    if (group !== undefined && group.height <= limit) return group
  }
  return undefined
}

const manyLines: Record<StyleName, number> = {
  name: 12,
  headline: 12,
  subheadline: 24,
  price: 1,
  label: 1,
}

const tryGroup = (...order: Parameters<typeof groupAt>): Group | undefined => {
  try {
    return groupAt(...order)
  } catch (error) {
    if (error instanceof LetteringError && error.problem === 'does_not_fit') return undefined
    throw error
  }
}

/** What may be left out for want of room, one after the other, and to which scale type shrinks before. */
const sacrifices: Readonly<
  Record<Arrangement['kind'], { without: (keyof GroupTexts)[]; least: number }[]>
> = {
  stacked: [
    { without: [], least: 0 },
    { without: ['name'], least: 0 },
  ],
  side: [
    { without: [], least: 0 },
    { without: ['name'], least: 0 },
  ],
  banner: [
    { without: [], least: 0.52 },
    { without: ['subheadline'], least: 0.46 },
    { without: ['subheadline', 'name'], least: 0.4 },
    { without: ['subheadline', 'name', 'price'], least: 0 },
  ],
}

/**
 * Sets the texts as large as they fit. In banners the subheadline, the name and the price are left out, in
 * this order, rather than set too small; elsewhere only a name that has no room. The headline always stays:
 * throws `LetteringError` when it does not fit.
 */
export const arrangeGroup = (
  fonts: Fonts,
  frame: Frame,
  texts: GroupTexts,
  height: number,
): { group: Group; leftOut: string[] } => {
  for (const { without, least } of sacrifices[frame.kind]) {
    const kept = { ...texts, ...Object.fromEntries(without.map((role) => [role, null])) }
    const group = largestGroup(fonts, frame, kept, { height, least })
    if (group === undefined) continue
    const leftOut = without.filter((role) => texts[role] !== null)
    return { group, leftOut: leftOut.map((role) => `${role}_left_out`) }
  }
  throw new LetteringError(
    'does_not_fit',
    `The texts do not fit ${frame.placement.id} at ${frame.placement.minTypeSize} pixels.`,
  )
}
