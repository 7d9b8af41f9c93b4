import type { CopyRule } from './copy-rule.ts'
import { authorityRules } from './pack/authorities.ts'
import { bodilyEffectRules } from './pack/bodily-effects.ts'
import { childrenRules } from './pack/children.ts'
import { childrenBroadRules } from './pack/children-broad.ts'
import { childrenFamilyRules } from './pack/children-families.ts'
import { childrenGoodsRules } from './pack/children-goods.ts'
import { complaintRules } from './pack/complaints.ts'
import { conductRules } from './pack/conduct.ts'
import { conductFamilyRules } from './pack/conduct-families.ts'
import { cosmeticsBodyRules } from './pack/cosmetics-body.ts'
import { cosmeticsConductRules } from './pack/cosmetics-conduct.ts'
import { cosmeticsDeceptionRules } from './pack/cosmetics-deception.ts'
import { cosmeticsDiseaseRules } from './pack/cosmetics-diseases.ts'
import { aiExpertRules, cosmeticsExpertRules } from './pack/cosmetics-experts.ts'
import { cosmeticsMedicineRules } from './pack/cosmetics-medicine.ts'
import { cosmeticsMedicineNameRules } from './pack/cosmetics-medicine-names.ts'
import { cosmeticsProvableRules } from './pack/cosmetics-provable.ts'
import { cosmeticsSkinRules } from './pack/cosmetics-skin.ts'
import { functionalBeyondRules, suitabilityRules } from './pack/cosmetics-suitability.ts'
import { deceitRules } from './pack/deceit.ts'
import { factualDeceitRules } from './pack/deceit-facts.ts'
import { planRules } from './pack/deceit-plans.ts'
import { plainDeviceRules } from './pack/device-effects-plain.ts'
import { earningsRules } from './pack/earnings.ts'
import { endorserRules } from './pack/endorsers.ts'
import { englishActRules } from './pack/english-act-families.ts'
import { englishBroadClaimRules, englishBroadHealthRules } from './pack/english-broad.ts'
import { englishBroadConductRules } from './pack/english-broad-conduct.ts'
import { englishClaimRules } from './pack/english-claims.ts'
import { englishConductRules } from './pack/english-conduct.ts'
import { englishCosmeticRules } from './pack/english-cosmetics.ts'
import { englishFamilyRules } from './pack/english-families.ts'
import { englishGeneralRules } from './pack/english-general.ts'
import { englishHealthRules } from './pack/english-health.ts'
import { englishHealthProofRules } from './pack/english-health-proof.ts'
import { englishOfferRules } from './pack/english-offers.ts'
import { englishPlainRules } from './pack/english-plain.ts'
import { environmentRules } from './pack/environment.ts'
import { foodDeceptionRules } from './pack/food-deception.ts'
import { foodDiseaseRules } from './pack/food-disease.ts'
import { foodExaggerationRules } from './pack/food-exaggeration.ts'
import { foodFactRules } from './pack/food-facts.ts'
import { foodIllnessRules } from './pack/food-illness.ts'
import { foodMedicineRules } from './pack/food-medicine.ts'
import { foodRivalRules } from './pack/food-rivals.ts'
import { functionalCosmeticsRules } from './pack/functional-cosmetics.ts'
import { generalBroadRules } from './pack/general-broad.ts'
import { childrenClaimRules, generalClaimRules } from './pack/general-claims.ts'
import { generalFamilyRules } from './pack/general-families.ts'
import { guaranteeRules } from './pack/general-guarantees.ts'
import { generalHealthRules } from './pack/general-health.ts'
import { certainMoneyRules, generalPartRules } from './pack/general-parts.ts'
import { plainBoastRules } from './pack/general-plain.ts'
import { rivalRules } from './pack/general-rivals.ts'
import { superlativeRules } from './pack/general-superlatives.ts'
import { generalWiderRules } from './pack/general-wider.ts'
import { foodFunctionRules, healthFunctionRules } from './pack/health-functional-food.ts'
import { healthFunctionalClaimRules } from './pack/health-functional-food-claims.ts'
import { medicalDeviceEffectRules } from './pack/medical-device-effects.ts'
import { medicalDeviceProofRules } from './pack/medical-device-proofs.ts'
import { medicalDevicePromiseRules } from './pack/medical-devices.ts'
import { mistakenDeviceRules } from './pack/mistaken-devices.ts'
import { broadOfferRules } from './pack/offers-broad.ts'
import { priceRules } from './pack/prices.ts'
import { quasiDrugConductRules } from './pack/quasi-drug-conduct.ts'
import { quasiDrugEffectRules } from './pack/quasi-drug-effects.ts'
import { symptomRules } from './pack/symptom-rules.ts'
import { testimonialRules } from './pack/testimonials.ts'
import { urgencyRules } from './pack/urgency.ts'
import { withdrawalRules } from './pack/withdrawal.ts'

export { packVersion } from './pack-version.ts'

export const copyRules: readonly CopyRule[] = [
  ...cosmeticsDiseaseRules,
  ...cosmeticsMedicineRules,
  ...foodDiseaseRules,
  ...foodIllnessRules,
  ...foodMedicineRules,
  ...foodFunctionRules,
  ...foodDeceptionRules,
  ...foodExaggerationRules,
  ...foodRivalRules,
  ...foodFactRules,
  ...healthFunctionRules,
  ...healthFunctionalClaimRules,
  ...generalHealthRules,
  ...superlativeRules,
  ...guaranteeRules,
  ...rivalRules,
  ...generalClaimRules,
  ...priceRules,
  ...urgencyRules,
  ...testimonialRules,
  ...endorserRules,
  ...authorityRules,
  ...environmentRules,
  ...earningsRules,
  ...conductRules,
  ...childrenRules,
  ...childrenGoodsRules,
  ...childrenClaimRules,
  ...englishHealthRules,
  ...englishHealthProofRules,
  ...englishCosmeticRules,
  ...englishGeneralRules,
  ...englishClaimRules,
  ...englishOfferRules,
  ...englishConductRules,
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
  ...medicalDevicePromiseRules,
  ...medicalDeviceProofRules,
  ...mistakenDeviceRules,
  ...generalBroadRules,
  ...broadOfferRules,
  ...childrenBroadRules,
  ...englishBroadHealthRules,
  ...englishBroadClaimRules,
  ...englishBroadConductRules,
  ...complaintRules,
  ...symptomRules,
  ...bodilyEffectRules,
  ...plainDeviceRules,
  ...plainBoastRules,
  ...deceitRules,
  ...factualDeceitRules,
  ...planRules,
  ...generalPartRules,
  ...certainMoneyRules,
  ...generalWiderRules,
  ...withdrawalRules,
  ...englishPlainRules,
  ...generalFamilyRules,
  ...conductFamilyRules,
  ...childrenFamilyRules,
  ...englishFamilyRules,
  ...englishActRules,
]
