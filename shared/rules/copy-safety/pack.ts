import type { CopyRule } from './copy-rule.ts'
import { cosmeticsMedicineRules } from './pack/cosmetics-medicine.ts'

/** Written by hand: a change of a rule is a new version. */
export const packVersion = '2026-11-26.1'

export const copyRules: readonly CopyRule[] = [...cosmeticsMedicineRules]
