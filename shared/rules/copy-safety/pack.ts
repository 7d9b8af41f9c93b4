import type { CopyRule } from './copy-rule.ts'
import {
  cosmeticsBodyRules,
  cosmeticsProvableRules,
  cosmeticsSkinRules,
} from './pack/cosmetics-body.ts'
import { cosmeticsConductRules, cosmeticsDeceptionRules } from './pack/cosmetics-deception.ts'
import { aiExpertRules, cosmeticsExpertRules } from './pack/cosmetics-experts.ts'
import { cosmeticsMedicineNameRules, cosmeticsMedicineRules } from './pack/cosmetics-medicine.ts'
import {
  functionalBeyondRules,
  functionalCosmeticsRules,
  suitabilityRules,
} from './pack/functional-cosmetics.ts'
import {
  medicalDeviceConductRules,
  medicalDeviceEffectRules,
  mistakenDeviceRules,
} from './pack/medical-devices.ts'
import { quasiDrugConductRules, quasiDrugEffectRules } from './pack/quasi-drugs.ts'

/** Written by hand: a change of a rule is a new version. */
export const packVersion = '2026-11-26.1'

export const copyRules: readonly CopyRule[] = [
  ...cosmeticsMedicineRules,
  ...cosmeticsMedicineNameRules,
  ...cosmeticsSkinRules,
  ...cosmeticsBodyRules,
  ...cosmeticsProvableRules,
  ...functionalCosmeticsRules,
  ...functionalBeyondRules,
  ...suitabilityRules,
  ...cosmeticsExpertRules,
  ...aiExpertRules,
  ...cosmeticsDeceptionRules,
  ...cosmeticsConductRules,
  ...quasiDrugEffectRules,
  ...quasiDrugConductRules,
  ...medicalDeviceEffectRules,
  ...medicalDeviceConductRules,
  ...mistakenDeviceRules,
]
