import type { PictureOutput } from '../../../shared/contracts/agents.ts'
import { decodePicture } from '../../../shared/platform/pictures/decode-picture.ts'
import { encodePng } from '../../../shared/platform/pictures/encode-picture.ts'
import { emptyPicture, type Picture } from '../../../shared/platform/pictures/picture.ts'
import { checkNumberIn } from '../../support/pictures/check-number.ts'

type Colour = readonly [red: number, green: number, blue: number]

const table: Colour = [214, 196, 170]
const bag: Colour = [244, 240, 230]
const band: Colour = [122, 74, 44]

/** The product as shares of the picture: what stands behind comes first. */
const parts: readonly (readonly [
  colour: Colour,
  left: number,
  top: number,
  right: number,
  bottom: number,
])[] = [
  [table, 0, 0, 1, 1],
  [bag, 0.28, 0.14, 0.72, 0.88],
  [band, 0.28, 0.44, 0.72, 0.6],
]

const paint = (
  picture: Picture,
  [colour, left, top, right, bottom]: (typeof parts)[number],
): void => {
  const { width, height, pixels } = picture
  for (let row = Math.round(top * height); row < Math.round(bottom * height); row += 1) {
    for (let column = Math.round(left * width); column < Math.round(right * width); column += 1) {
      pixels.set([...colour, 255], (row * width + column) * 4)
    }
  }
}

/** The picture of the product that the rehearsal knows, drawn by code: a light bag with a brown band on a table. */
export const rehearsedPicture = (): Promise<Uint8Array> => {
  const picture = emptyPicture(900, 1200)
  for (const part of parts) paint(picture, part)
  return encodePng(picture)
}

const near = (one: Colour, other: Colour): boolean =>
  one.every((channel, index) => Math.abs(channel - (other[index] ?? 0)) < 24)

/** Whether a picture shows the rehearsed product, by the colours in the middle of its parts. */
export const showsProduct = async (bytes: Uint8Array): Promise<boolean> => {
  const { picture } = await decodePicture(bytes)
  const at = (x: number, y: number): Colour => {
    const place =
      (Math.round(y * picture.height) * picture.width + Math.round(x * picture.width)) * 4
    const [red = 0, green = 0, blue = 0] = picture.pixels.subarray(place, place + 3)
    return [red, green, blue]
  }
  // The strip below takes a share of its own, which no part reaches.
  return near(at(0.1, 0.3), table) && near(at(0.5, 0.25), bag) && near(at(0.5, 0.48), band)
}

const seen: Omit<PictureOutput, 'check_number' | 'schema_version' | 'agent'> = {
  image_summary: '가운데에 갈색 띠를 두른 밝은 아이보리색 봉투가 모랫빛 바탕 위에 똑바로 서 있다.',
  clarity: 0.85,
  slot_updates: [],
  response_text:
    '사진 잘 받았어요. 갈색 띠를 두른 밝은 봉투가 보여요. 포스터에 이 모습을 살릴게요.',
  next_question: '이 제품 이야기를 이어서 들려주시겠어요?',
}

/** The rehearsal sees its own picture; of any other it says that it does not see it. */
export const lookAtPicture = async (
  images: readonly { bytes: Uint8Array }[],
): Promise<PictureOutput> => {
  const [image] = images
  const check_number =
    image && (await showsProduct(image.bytes)) ? await checkNumberIn(image.bytes) : 'none'
  return { schema_version: 'v1', agent: 'picture', check_number, ...seen }
}
