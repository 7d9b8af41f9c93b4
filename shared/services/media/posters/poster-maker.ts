import type { CopyFilter } from '../../../agents/copy/copy-filter.ts'
import type { AssetCheck, AssetProvenance } from '../../../contracts/assets.ts'
import { StudioError } from '../../../contracts/errors.ts'
import { openFonts } from '../../../platform/lettering/fonts.ts'
import { LetteringError } from '../../../platform/lettering/lettering-error.ts'
import { decodePicture } from '../../../platform/pictures/decode-picture.ts'
import { encodeJpeg } from '../../../platform/pictures/encode-picture.ts'
import { type Picture, PictureError } from '../../../platform/pictures/picture.ts'
import { withOrigin } from '../../../platform/xmp/picture-xmp.ts'
import type { OriginNote } from '../../../platform/xmp/xmp-packet.ts'
import type { RunWithStages } from '../../../repositories/run-output-repository.ts'
import { digitalSourceTypes } from '../../../rules/digital-source-types.ts'
import type { Placement } from '../../../rules/placements/placement.ts'
import { placements } from '../../../rules/placements/placements.ts'
import type { AssetMaker, MadeAsset, MakingOrder, Workshop } from '../asset-maker.ts'
import { CheckFailed } from '../check-failed.ts'
import { arrangePoster } from './arrange-poster.ts'
import { type BackgroundSource, backgroundOrder } from './background.ts'
import { drawPoster } from './draw-poster.ts'
import { checkPoster } from './poster-checks.ts'
import { posterTexts } from './poster-texts.ts'

export interface PosterDependencies {
  background: BackgroundSource
  /** Judges what the brief adds to the agents' texts: name and price. */
  copyFilter(run: RunWithStages): Promise<Pick<CopyFilter, 'judge'>>
}

const placementOf = ({ placement }: MakingOrder): Placement => {
  if (placement === null) throw new Error('A poster has a placement.')
  return placements[placement]
}

/** What the vendor sold, judged by its bytes. */
const decodedBackground = async (bytes: Uint8Array): Promise<Picture> => {
  try {
    return (await decodePicture(bytes)).picture
  } catch (error) {
    if (!(error instanceof PictureError)) throw error
    throw new StudioError('UPSTREAM_ERROR', `The background is no picture. ${error.message}`, {
      cause: error,
    })
  }
}

/** A text that cannot be set, or a file that cannot be small enough, fails the asset with its cause. */
const asCheck = (error: unknown): never => {
  if (error instanceof LetteringError) {
    const check = error.problem === 'missing_glyph' ? 'glyphs' : 'fits'
    throw new CheckFailed({ check, passed: false, detail: error.message }, { retryable: false })
  }
  if (error instanceof PictureError && error.problem === 'too_many_bytes') {
    const check = { check: 'bytes', passed: false, detail: error.message }
    throw new CheckFailed(check, { retryable: false })
  }
  throw error
}

/** Texts are judged and set before anything is bought: what cannot be made costs nothing. */
const make = async (
  { background, copyFilter }: PosterDependencies,
  order: MakingOrder,
  workshop: Workshop,
): Promise<MadeAsset> => {
  const placement = placementOf(order)
  const [filter, reference, fonts] = await Promise.all([
    copyFilter(order.run),
    workshop.productPicture(),
    openFonts(),
  ])
  const { texts, adjusted } = posterTexts(
    order,
    placement,
    (text) => filter.judge(text).verdict !== 'blocked',
  )
  arrangePoster(fonts, placement, texts, 'bottom')
  workshop.report('buying', 0)
  const wanted = backgroundOrder(order, placement, reference)
  const purchase = background.offer(wanted)
  const bought = await workshop.buy(purchase, (signal, key) => background.make(wanted, key, signal))
  workshop.signal.throwIfAborted()
  workshop.report('drawing', 0.7)
  const drawn = await drawPoster(fonts, await decodedBackground(bought.bytes), texts, placement)
  workshop.signal.throwIfAborted()
  workshop.report('rendering', 0.85)
  const origin: OriginNote = {
    // Our type on a model's picture.
    digitalSourceType: digitalSourceTypes.compositeWithTrainedAlgorithmicMedia,
    aiSystem: `${purchase.provider} ${purchase.model}`,
  }
  const room = placement.maxBytes === null ? undefined : placement.maxBytes - noteBytes
  const encoded = await encodeJpeg(drawn.picture, { maxBytes: room })
  const body = withOrigin(encoded.bytes, origin)
  workshop.report('checking', 0.95)
  const checks = await checkPoster(body, fonts, { placement, texts, lines: drawn.lines, origin })
  return made(body, placement, allPassed(checks), {
    origin: 'generated',
    provider: purchase.provider,
    model: purchase.model,
    purchases: [bought.digest],
    adjusted: [...adjusted, ...drawn.adjusted],
    digital_source_type: origin.digitalSourceType,
  })
}

/** What the note of the origin and signed credentials add to a file, at most. */
const noteBytes = 10_000

const allPassed = (checks: AssetCheck[]): AssetCheck[] => {
  const failed = checks.find(({ passed }) => !passed)
  if (failed) throw new CheckFailed(failed)
  return checks
}

const made = (
  body: Uint8Array,
  { width, height }: Placement,
  checks: AssetCheck[],
  provenance: AssetProvenance,
): MadeAsset => ({
  files: [
    {
      role: 'poster',
      width,
      height,
      duration_ms: null,
      contentType: 'image/jpeg',
      extension: 'jpg',
      body,
    },
  ],
  provenance,
  checks,
})

/** Makes one poster of a specification for one placement: bought background, our type, checked as a file. */
export const createPosterMaker = (dependencies: PosterDependencies): AssetMaker => ({
  make: (order, workshop) => make(dependencies, order, workshop).catch(asCheck),
})
