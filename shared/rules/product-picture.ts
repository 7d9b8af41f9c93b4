/** The path of a session's picture of the product, as the slot `product.image_url` holds it. */
export const productPicturePath = (sessionId: string, pictureId: string): string =>
  `/api/chat/session/${sessionId}/product-image/${pictureId}`

/** The picture that a slot's value names; undefined for any other value, as of an older brief. */
export const pictureIdIn = (path: string | undefined): string | undefined =>
  /^\/api\/chat\/session\/[^/]+\/product-image\/(picture_[0-9a-z]{26})$/.exec(path ?? '')?.[1]

/** Pixels of a picture of the product: what posters need, and what is kept. */
export const pictureBounds = {
  /** Of the longer side; what is larger is made smaller. */
  maxSide: 2048,
  /** Of the shorter side, after that: less shows no product. */
  minSide: 256,
  /** Of the longer side of what the model is shown. */
  shownSide: 1024,
} as const
