/**
 * Pictures as films hold them: BT.709 in limited range, chroma at half the resolution in both directions
 * (I420). Planes lie in shared memory, so that the threads that paint read the same bytes.
 */
export interface Planes {
  /** Pixels of the luma plane, both even. */
  width: number
  height: number
  y: Uint8Array
  u: Uint8Array
  v: Uint8Array
}

/** Pixels as decoders give them: four bytes each, alpha last and not premultiplied. */
export interface Rgba {
  width: number
  height: number
  pixels: Uint8Array
}

/** A picture with transparency that lies at a place of the frame; its corner and its size are even. */
export interface Sprite extends Planes {
  x: number
  /** From the frame's upper edge. */
  top: number
  /** Opacity of each pixel, and of each pixel of the chroma planes. */
  alpha: Uint8Array
  chromaAlpha: Uint8Array
}

export const even = (value: number): number => 2 * Math.floor(value / 2)
export const evenUp = (value: number): number => 2 * Math.ceil(value / 2)

/** Bytes of a frame of this size: a plane of luma and two of chroma. */
export const frameBytes = (width: number, height: number): number => (width * height * 3) / 2

/** The planes of a frame that lies in one piece, as encoders take it. */
export const planesIn = (frame: Uint8Array, width: number, height: number): Planes => {
  const luma = width * height
  const chroma = luma / 4
  return {
    width,
    height,
    y: frame.subarray(0, luma),
    u: frame.subarray(luma, luma + chroma),
    v: frame.subarray(luma + chroma, luma + 2 * chroma),
  }
}

export const sharedBytes = (length: number): Uint8Array =>
  new Uint8Array(new SharedArrayBuffer(length))

const luma = (r: number, g: number, b: number): number =>
  (11_966 * r + 40_254 * g + 4_064 * b + 1_081_344) >> 16
const blueness = (r: number, g: number, b: number): number =>
  (-6_596 * r - 22_189 * g + 28_785 * b + 8_421_376) >> 16
const redness = (r: number, g: number, b: number): number =>
  (28_785 * r - 26_146 * g - 2_639 * b + 8_421_376) >> 16

/** Sums of a block of two by two pixels, each weighed by its opacity; what lies beyond the edge is left out. */
const block = ({ width, height, pixels: data }: Rgba, x: number, y: number): number[] => {
  let [r, g, b, a] = [0, 0, 0, 0]
  for (let row = y; row < Math.min(y + 2, height); row += 1) {
    for (let column = x; column < Math.min(x + 2, width); column += 1) {
      const at = 4 * (row * width + column)
      const opacity = data[at + 3] ?? 0
      r += (data[at] ?? 0) * opacity
      g += (data[at + 1] ?? 0) * opacity
      b += (data[at + 2] ?? 0) * opacity
      a += opacity
    }
  }
  return [r, g, b, a]
}

/** The picture as a sprite at this corner; a pixel of odd width or height is completed by a transparent one. */
export const spriteOf = (picture: Rgba, corner: { x: number; top: number }): Sprite => {
  const width = evenUp(picture.width)
  const height = evenUp(picture.height)
  const quarter = (width * height) / 4
  const sprite: Sprite = {
    width,
    height,
    x: even(corner.x),
    top: even(corner.top),
    y: sharedBytes(4 * quarter),
    u: sharedBytes(quarter),
    v: sharedBytes(quarter),
    alpha: sharedBytes(4 * quarter),
    chromaAlpha: sharedBytes(quarter),
  }
  const data = picture.pixels
  for (let row = 0; row < picture.height; row += 1) {
    for (let column = 0; column < picture.width; column += 1) {
      const at = 4 * (row * picture.width + column)
      const to = row * width + column
      sprite.y[to] = luma(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)
      sprite.alpha[to] = data[at + 3] ?? 0
    }
  }
  for (let row = 0; row < height / 2; row += 1) {
    for (let column = 0; column < width / 2; column += 1) {
      const [r = 0, g = 0, b = 0, a = 0] = block(picture, 2 * column, 2 * row)
      const to = (row * width) / 2 + column
      sprite.u[to] = a === 0 ? 128 : blueness(r / a, g / a, b / a)
      sprite.v[to] = a === 0 ? 128 : redness(r / a, g / a, b / a)
      sprite.chromaAlpha[to] = a >> 2
    }
  }
  return sprite
}

/** An opaque picture as planes; an odd last row or column is left out. */
export const planesOf = (picture: Rgba): Planes => {
  const width = even(picture.width)
  const height = even(picture.height)
  const frame = sharedBytes(frameBytes(width, height))
  const planes = planesIn(frame, width, height)
  const data = picture.pixels
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const at = 4 * (row * picture.width + column)
      planes.y[row * width + column] = luma(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)
    }
  }
  for (let row = 0; row < height; row += 2) {
    for (let column = 0; column < width; column += 2) {
      const at = 4 * (row * picture.width + column)
      const below = at + 4 * picture.width
      const mean = (channel: number): number =>
        ((data[at + channel] ?? 0) +
          (data[at + channel + 4] ?? 0) +
          (data[below + channel] ?? 0) +
          (data[below + channel + 4] ?? 0)) /
        4
      const [r, g, b] = [mean(0), mean(1), mean(2)]
      const to = (row * width) / 4 + column / 2
      planes.u[to] = blueness(r, g, b)
      planes.v[to] = redness(r, g, b)
    }
  }
  return planes
}

const clamped = (value: number): number => Math.max(0, Math.min(255, Math.round(value)))

/** The frame as opaque pixels, as for a cover picture. */
export const rgbaOf = ({ width, height, y, u, v }: Planes): Rgba => {
  const pixels = new Uint8Array(4 * width * height)
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const chroma = (row >> 1) * (width / 2) + (column >> 1)
      const bright = 1.1644 * ((y[row * width + column] ?? 0) - 16)
      const blue = (u[chroma] ?? 0) - 128
      const red = (v[chroma] ?? 0) - 128
      const to = 4 * (row * width + column)
      pixels[to] = clamped(bright + 1.7927 * red)
      pixels[to + 1] = clamped(bright - 0.2132 * blue - 0.5329 * red)
      pixels[to + 2] = clamped(bright + 2.1124 * blue)
      pixels[to + 3] = 255
    }
  }
  return { width, height, pixels }
}
