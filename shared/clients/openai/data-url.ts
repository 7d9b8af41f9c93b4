import type { ModelImage } from './model-client.ts'

/** A picture as servers of both dialects take it without fetching anything. */
export const dataUrl = ({ contentType, bytes }: ModelImage): string =>
  `data:${contentType};base64,${Buffer.from(bytes).toString('base64')}`
