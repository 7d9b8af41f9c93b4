/** Pixels in rows from the upper left corner, four bytes each: red, green, blue, alpha (not premultiplied). */
export interface Picture {
  width: number
  height: number
  pixels: Uint8Array<ArrayBuffer>
}

export type PictureKind = 'png' | 'jpeg' | 'webp' | 'heif'

export type PictureProblem =
  /** No picture of a kind that is read; the message names what it is instead, where that is known. */
  | 'unsupported'
  /** In the four inks of print, which would need its own profile to become a screen's colours. */
  | 'print_colours'
  /** Not decodable, or cut off. */
  | 'damaged'
  /** More pixels, or more work to decode, than is allowed. */
  | 'too_large'
  /** Does not fit the bytes that it may have. */
  | 'too_many_bytes'

/** A picture that cannot be read or written; the message says why, without anything of its content. */
export class PictureError extends Error {
  readonly problem: PictureProblem

  constructor(problem: PictureProblem, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'PictureError'
    this.problem = problem
  }
}

export const emptyPicture = (width: number, height: number): Picture => ({
  width,
  height,
  pixels: new Uint8Array(width * height * 4),
})
