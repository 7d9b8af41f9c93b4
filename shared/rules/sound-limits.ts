/** What posted sound keeps to, and how much of one is decoded. */

/** Loudness of posted speech: what social platforms play at, and the peak that their codecs leave room for. */
export const speechLoudness = {
  /** LUFS, integrated (ITU-R BS.1770). */
  integrated: -14,
  /** dBTP. */
  truePeak: -1,
  /** LU by which a file may miss it. */
  tolerance: 1,
  /** Seconds of speech from which the integrated loudness says something. */
  minSeconds: 1,
} as const

export const decodingLimit = {
  /** Bytes of a file: uncompressed speech of seven minutes. */
  bytes: 25_000_000,
  /** Seconds of sound that it may hold: more than the longest script takes. */
  seconds: 900,
  /** Samples of all channels together, after decoding: 400 MB. */
  samples: 100_000_000,
} as const
