import type { AssetCheck } from '../../../contracts/assets.ts'
import type { Fonts } from '../../../platform/lettering/fonts.ts'
import { missingGlyphs } from '../../../platform/lettering/shape-text.ts'
import { decodePicture } from '../../../platform/pictures/decode-picture.ts'
import type { Picture } from '../../../platform/pictures/picture.ts'
import { readOrigin } from '../../../platform/xmp/picture-xmp.ts'
import type { OriginNote } from '../../../platform/xmp/xmp-packet.ts'
import type { Placement, Rectangle } from '../../../rules/placements/placement.ts'
import type { DrawnLine } from './draw-poster.ts'
import { inkOf } from './ink.ts'
import type { PosterTexts } from './poster-texts.ts'

/** Normal text of WCAG 2.2, level AA, whatever its size. */
const leastContrast = 4.5

/** Of a line's box, the least that type covers; a dash alone covers more. */
const leastInk = 0.02

interface Expected {
  placement: Placement
  texts: PosterTexts
  lines: readonly DrawnLine[]
  origin: OriginNote
}

const check = (name: string, passed: boolean, detail: string): AssetCheck => ({
  check: name,
  passed,
  detail,
})

/**
 * Looks at a finished poster as a reader gets it: everything is measured on the pixels of the encoded file
 * and its own metadata. The first check that did not pass is the last of the answer.
 */
export const checkPoster = async (
  bytes: Uint8Array,
  fonts: Fonts,
  expected: Expected,
): Promise<AssetCheck[]> => {
  const { placement, lines } = expected
  const decoded = await decodePicture(bytes)
    .then(({ picture }) => picture)
    .catch(() => undefined)
  if (decoded === undefined) return [check('decodes', false, `${bytes.length} bytes`)]
  const checks = [
    check('decodes', true, `${bytes.length} bytes`),
    sizeCheck(decoded, placement),
    bytesCheck(bytes, placement),
    glyphCheck(fonts, expected),
    safeCheck(lines, placement),
    typeCheck(lines, placement),
    labelCheck(decoded, expected),
    contrastCheck(decoded, lines),
    originCheck(bytes, expected.origin),
  ]
  const failed = checks.findIndex(({ passed }) => !passed)
  return failed < 0 ? checks : checks.slice(0, failed + 1)
}

const sizeCheck = ({ width, height }: Picture, placement: Placement): AssetCheck =>
  check(
    'size',
    width === placement.width && height === placement.height,
    `${width}x${height} of ${placement.width}x${placement.height}`,
  )

const bytesCheck = ({ length }: Uint8Array, { maxBytes }: Placement): AssetCheck =>
  check(
    'bytes',
    maxBytes === null || length <= maxBytes,
    maxBytes === null ? `${length}` : `${length} of ${maxBytes}`,
  )

/** Every text is there whole, and every sign of it has a glyph. */
const glyphCheck = (fonts: Fonts, { texts, lines }: Expected): AssetCheck => {
  const plain = (text: string): string => text.replaceAll(/\s+/gu, '')
  const missing = new Set(lines.flatMap(({ text }) => missingGlyphs(fonts, text)))
  const cut = lines.length === 0 || !isWhole(texts, lines, plain)
  return check(
    'glyphs',
    missing.size === 0 && !cut,
    missing.size > 0 ? [...missing].join(', ') : `${lines.length} lines`,
  )
}

/** The headline is always there; what has no room is left out whole, see `arrange-group.ts`. */
const isWhole = (
  texts: PosterTexts,
  lines: readonly DrawnLine[],
  plain: (text: string) => string,
): boolean =>
  (['headline', 'subheadline', 'name', 'price', 'label'] as const).every((role) => {
    const drawn = lines.filter((line) => line.role === role)
    if (drawn.length === 0) return role !== 'headline' || texts.headline === null
    return plain(drawn.map(({ text }) => text).join('')) === plain(texts[role] ?? '')
  })

const isInside = (inner: Rectangle, outer: Rectangle): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height

const safeCheck = (lines: readonly DrawnLine[], { safe }: Placement): AssetCheck => {
  const outside = lines.filter(({ box }) => !isInside(box, safe))
  const { x, y, width, height } = safe
  return check(
    'inside_safe_rectangle',
    outside.length === 0,
    `${outside.length} of ${lines.length} lines outside ${x},${y} ${width}x${height}`,
  )
}

const typeCheck = (lines: readonly DrawnLine[], { minTypeSize }: Placement): AssetCheck => {
  const smallest = Math.min(...lines.map(({ size }) => size))
  return check('type_size', smallest >= minTypeSize, `${smallest} of ${minTypeSize} px`)
}

const labelCheck = (picture: Picture, { lines, texts }: Expected): AssetCheck => {
  const label = lines.filter(({ role }) => role === 'label')
  const [line] = label
  const shown = line !== undefined && line.text === texts.label ? inkOf(picture, line).share : 0
  return check('ai_label', shown >= leastInk, `${(shown * 100).toFixed(1)} % of its box inked`)
}

const contrastCheck = (picture: Picture, lines: readonly DrawnLine[]): AssetCheck => {
  const measured = lines.map((line) => ({ role: line.role, ...inkOf(picture, line) }))
  const faint = measured.find(({ share }) => share < leastInk)
  if (faint) return check('contrast', false, `the ${faint.role} is not to be seen`)
  const worst = measured.toSorted((one, other) => one.contrast - other.contrast)[0]
  const least = worst?.contrast ?? 0
  return check(
    'contrast',
    least >= leastContrast,
    `${Number.isFinite(least) ? least.toFixed(1) : 'full'} at the ${worst?.role} of ${leastContrast}`,
  )
}

const originCheck = (bytes: Uint8Array, origin: OriginNote): AssetCheck => {
  const stated = readOrigin(bytes)
  return check(
    'origin_stated',
    stated?.digitalSourceType === origin.digitalSourceType && stated.aiSystem === origin.aiSystem,
    stated?.digitalSourceType ?? 'no XMP',
  )
}
