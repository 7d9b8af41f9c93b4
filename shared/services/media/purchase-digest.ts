import { createHash } from 'node:crypto'
import type { Purchase } from './asset-maker.ts'

/** By its content: the same provider, model and parameters are the same purchase, whatever their order. */
export const purchaseDigest = ({
  kind,
  provider,
  model,
  parameters,
  contentType,
}: Purchase): string => {
  const sorted = Object.entries(parameters).sort(([one], [other]) => (one < other ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify(['v1', kind, provider, model, contentType, sorted]))
    .digest('hex')
}
