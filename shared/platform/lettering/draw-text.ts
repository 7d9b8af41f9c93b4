import type { Rectangle } from '../../rules/placements/placement.ts'
import type { TextBlock } from './fit-text.ts'

export type Alignment = 'left' | 'center' | 'right'

export interface PlacedText {
  /** SVG of the text as paths, without any text element: what is drawn depends on no font of a viewer. */
  svg: string
  /** What is inked of each line, in pixels. */
  lines: { text: string; box: Rectangle }[]
}

/** Where Hangul and capitals are centred above the baseline, in sizes. */
const middleOfSigns = 0.345

/** The block with its upper left corner, or the middle or right end of its upper edge, at `x`, `y`. */
export const placeText = (
  block: TextBlock,
  at: { x: number; y: number; align?: Alignment; colour: string },
): PlacedText => {
  const { size, leading } = block
  const paths: string[] = []
  const lines: PlacedText['lines'] = []
  for (const [index, { text, shaped }] of block.lines.entries()) {
    const width = shaped.width * size
    const share = at.align === 'center' ? 0.5 : at.align === 'right' ? 1 : 0
    const left = at.x - width * share
    const baseline = at.y + (index + 0.5) * leading * size + middleOfSigns * size
    for (const { font, id, x, y } of shaped.glyphs) {
      const scale = font.scale * size
      paths.push(
        `<path transform="matrix(${rounded(scale)} 0 0 ${rounded(-scale)} ${rounded(left + x * size)} ${rounded(baseline - y * size)})" d="${font.path(id)}"/>`,
      )
    }
    const { ink } = shaped
    if (ink) {
      lines.push({
        text,
        box: {
          x: left + ink.left * size,
          y: baseline - ink.top * size,
          width: (ink.right - ink.left) * size,
          height: (ink.top - ink.bottom) * size,
        },
      })
    }
  }
  return { svg: `<g fill="${at.colour}">${paths.join('')}</g>`, lines }
}

const rounded = (value: number): string => String(Number(value.toFixed(5)))
