const term = (name: string): string => `http://cv.iptc.org/newscodes/digitalsourcetype/${name}`

/**
 * IPTC's terms for where pixels and sound come from, as they stand in a file's XMP.
 * Source: https://cv.iptc.org/newscodes/digitalsourcetype/, read 2026-11-26.
 */
export const digitalSourceTypes = {
  /** Made by a trained model, such as a background or a film of words. */
  trainedAlgorithmicMedia: term('trainedAlgorithmicMedia'),
  /** Partly so: our type on a model's background, a product picture that a model edited. */
  compositeWithTrainedAlgorithmicMedia: term('compositeWithTrainedAlgorithmicMedia'),
  /** By an algorithm without training: our motion, our layout. */
  algorithmicMedia: term('algorithmicMedia'),
  /** Several sources of which none is a model's. */
  composite: term('composite'),
  /** A real picture or sound, recorded. */
  digitalCapture: term('digitalCapture'),
} as const
