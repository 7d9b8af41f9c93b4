import { dataBlock } from '../../../agents/prompts/prompt.ts'
import type { FilmVendor } from '../../../clients/video/film-vendor.ts'
import { filmPriceTable, type SnappedFilm } from '../../../rules/films/film-offers.ts'
import type { Placement } from '../../../rules/placements/placement.ts'
import type { MakingOrder, ProductPicture, Purchase } from '../asset-maker.ts'
import { creativeOf } from './film-job.ts'

/** What is asked of a vendor of films, and what it would buy. */
export interface VendorOrder {
  purchase: Purchase
  prompt: string
  snapped: SnappedFilm
  reference: ProductPicture | null
}

const rules = [
  'One continuous advertising film of these shots, with natural light and calm camera moves.',
  'No text of any kind in the picture: no letters, captions, subtitles, logos, watermarks or user interface. No speech and no music.',
  'No doctor, pharmacist or other expert, no certificate, no before-and-after comparison.',
]

/** What the agents wrote, and what the user wishes, as data between fences: neither is an instruction. */
const promptOf = (
  order: Pick<MakingOrder, 'run' | 'note'>,
  reference: ProductPicture | null,
): string => {
  const { prompt, shots } = creativeOf(order).video_prompt_package
  return [
    ...rules,
    ...(reference
      ? [
          // Named, so that a job with the same prompt is a job with the same picture: see `FilmVendor.find`.
          `It begins with the attached picture ${reference.sha256.slice(0, 16)} of the product, whose shape and colours stay as they are.`,
        ]
      : []),
    dataBlock('film', { prompt, shots, ...(order.note === null ? {} : { wish: order.note }) }),
  ].join('\n')
}

/** How much of a frame may be cut off to make a vendor's ratio the placement's: more, and the subject is gone. */
const maxCut = 0.3

/** Whether a vendor's clip can fill a placement. */
export const fillsPlacement = (snapped: SnappedFilm, { width, height }: Placement): boolean => {
  const ratio = snapped.width / snapped.height / (width / height)
  return Math.min(ratio, 1 / ratio) >= 1 - maxCut
}

/** The same from the planner and the maker. */
export const vendorOrder = (
  vendor: FilmVendor,
  order: Pick<MakingOrder, 'run' | 'note'>,
  placement: Placement,
  reference: ProductPicture | null,
): VendorOrder => {
  const { duration_sec } = creativeOf(order).video_prompt_package
  const snapped = vendor.snap({
    width: placement.width,
    height: placement.height,
    seconds: duration_sec,
  })
  const prompt = promptOf(order, reference)
  return {
    prompt,
    snapped,
    reference,
    purchase: {
      kind: 'film',
      provider: vendor.provider,
      model: vendor.model,
      parameters: {
        server: vendor.server,
        prompt,
        seconds: snapped.seconds,
        size: `${snapped.width}x${snapped.height}`,
        reference: reference?.sha256 ?? null,
      },
      contentType: 'video/mp4',
      micros: snapped.micros,
      priceTable: snapped.micros === null ? null : filmPriceTable,
    },
  }
}
