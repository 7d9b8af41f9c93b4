import type { CopyRule } from './copy-rule.ts'
import { cosmeticsBodyRules } from './pack/cosmetics-body.ts'
import { cosmeticsConductRules } from './pack/cosmetics-conduct.ts'
import { cosmeticsDeceptionRules } from './pack/cosmetics-deception.ts'
import { aiExpertRules, cosmeticsExpertRules } from './pack/cosmetics-experts.ts'
import { cosmeticsMedicineRules } from './pack/cosmetics-medicine.ts'
import { cosmeticsMedicineNameRules } from './pack/cosmetics-medicine-names.ts'
import { cosmeticsProvableRules } from './pack/cosmetics-provable.ts'
import { cosmeticsSkinRules } from './pack/cosmetics-skin.ts'
import { functionalBeyondRules, suitabilityRules } from './pack/cosmetics-suitability.ts'
import { functionalCosmeticsRules } from './pack/functional-cosmetics.ts'
import { medicalDeviceConductRules, medicalDeviceEffectRules } from './pack/medical-devices.ts'
import { mistakenDeviceRules } from './pack/mistaken-devices.ts'
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
