import { fitText, type TextBlock } from '../../../platform/lettering/fit-text.ts'
import type { Fonts } from '../../../platform/lettering/fonts.ts'
import type { Placement, Rectangle } from '../../../rules/placements/placement.ts'
import { arrangeGroup, type Group, type GroupTexts } from './arrange-group.ts'
import type { ArrangedText, Arrangement } from './arrangement.ts'
import type { PosterTexts } from './poster-texts.ts'
import { type Frame, frameOf, styleAt } from './type-scale.ts'

/** Of its size, around the label on its pill. */
const pillPadding = { x: 0.7, y: 0.3 }

const stroke = { width: 56, height: 6 }

/** Between type and label, in pixels. */
const gap = 28

interface Label {
  block: TextBlock
  pill: { width: number; height: number }
}

const labelOf = (fonts: Fonts, frame: Frame, text: string): Label => {
  const { inner } = frame
  const block = fitText(fonts, text, styleAt(frame, 'label', 1), { ...inner, maxLines: 1 })
  const { size, width, height } = block
  return {
    block,
    pill: { width: width + size * pillPadding.x * 2, height: height + size * pillPadding.y * 2 },
  }
}

/** At the other end than the type, and away from the subject, which is in the middle or at the right. */
const pillAt = (
  { inner, kind, picture }: Frame,
  { pill }: Label,
  anchor: 'top' | 'bottom',
): Rectangle => ({
  ...pill,
  x: kind === 'banner' ? Math.max(inner.x, picture.x + 8) : inner.x,
  y: kind === 'stacked' && anchor === 'bottom' ? inner.y : inner.y + inner.height - pill.height,
})

const topOf = (
  { kind, inner }: Frame,
  group: Group,
  { anchor, taken }: { anchor: 'top' | 'bottom'; taken: number },
): number => {
  if (kind === 'banner') return inner.y + (inner.height - group.height) / 2
  if (kind === 'side') return inner.y + (inner.height - taken - group.height) / 2
  return anchor === 'bottom' ? inner.y + inner.height - group.height : inner.y
}

const isEmpty = ({ headline, subheadline, name, price }: GroupTexts): boolean =>
  [headline, subheadline, name, price].every((text) => text === null)

/**
 * Composes a poster for its placement: every text inside the safe rectangle, at the largest size that
 * fits. `anchor` is where the type of a full picture stands. Throws `LetteringError` for a text that cannot
 * be set.
 */
export const arrangePoster = (
  fonts: Fonts,
  placement: Placement,
  texts: PosterTexts,
  anchor: 'top' | 'bottom',
): Arrangement => {
  const frame = frameOf(placement)
  const label = labelOf(fonts, frame, texts.label)
  const pill = pillAt(frame, label, anchor)
  const { size } = label.block
  const arrangedLabel: ArrangedText = {
    role: 'label',
    block: label.block,
    x: pill.x + size * pillPadding.x,
    y: pill.y + size * pillPadding.y,
  }
  const bare = { kind: frame.kind, pill, picture: frame.picture }
  if (isEmpty(texts)) {
    const nothing = { group: null, chip: null, stroke: null, leftOut: [], wordParted: false }
    return { ...bare, ...nothing, texts: [arrangedLabel] }
  }
  const taken = frame.kind === 'banner' ? 0 : label.pill.height + gap
  const { group, leftOut } = arrangeGroup(fonts, frame, texts, frame.inner.height - taken)
  const at = { x: frame.inner.x, y: topOf(frame, group, { anchor, taken }) }
  return {
    ...bare,
    texts: [
      ...group.texts.map((text) => ({ ...text, x: text.x + at.x, y: text.y + at.y })),
      arrangedLabel,
    ],
    group: { ...at, width: group.width, height: group.height },
    chip: group.chip && { ...group.chip, x: group.chip.x + at.x, y: group.chip.y + at.y },
    stroke: group.stroke ? { ...at, ...stroke } : null,
    leftOut,
    wordParted: group.wordParted,
  }
}
