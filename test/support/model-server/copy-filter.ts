import type { CopyFilter } from '../../../shared/agents/copy/copy-filter.ts'
import type { ProductType } from '../../../shared/contracts/copy-safety.ts'
import type { Locale } from '../../../shared/contracts/session.ts'
import { judgeCopy } from '../../../shared/rules/copy-safety/judge.ts'
import { packVersion } from '../../../shared/rules/copy-safety/pack.ts'

/** The product's own rules for a product of these types, without moderation. */
export const rulesFor = (
  product_types: ProductType[] = ['cosmetics'],
  locale: Locale = 'ko-KR',
): CopyFilter => ({
  judge: (text) =>
    judgeCopy(text, { productTypes: product_types, at: '2026-11-26T00:00:00.000Z', locale }),
  basis: { pack_version: packVersion, product_types, moderation: 'not_configured' },
})
