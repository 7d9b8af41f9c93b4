/** A number of bytes as one reads it, in any language: `300 kB`, `2.4 MB`, of thousands as vendors' limits are. */
export const fileSize = (bytes: number): string =>
  bytes < 999_500
    ? `${Math.max(1, Math.round(bytes / 1000))} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`
