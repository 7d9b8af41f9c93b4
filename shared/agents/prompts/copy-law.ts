import type { Locale } from '../../contracts/session.ts'

/**
 * What may not be said, by the product types that the `copy_safety` block names. Part of the prompts'
 * stable text; the rule pack judges what comes of it.
 */
export const copyLaw: Readonly<Record<Locale, string>> = {
  'ko-KR': `# 광고 표현의 한계
copy_safety 블록의 product_types가 이 제품에 적용되는 법을 정합니다. 모든 문구는 나간 뒤가 아니라 나가기 전에 규칙으로 검사되며, 걸린 문구는 쓰이지 않습니다. 띄어쓰기나 기호, 외국어로 바꾸어도, 여러 줄이나 여러 자막에 나누어도 같습니다.
- 공통 (표시·광고의 공정화에 관한 법률 제3조): 거짓·과장, 기만, 부당한 비교, 비방을 하지 않습니다. "최고", "1위", "유일", "100%", "완벽", "보장" 같은 표현은 브리프나 리서치에 객관적인 근거가 있을 때만 쓰고 그 근거를 함께 밝힙니다. 지어낸 후기, 수치, 수상, 할인, 마감 시한, 유명인을 쓰지 않습니다. 늘 파는 것을 "오늘 마감"이라 하지 않고, 협찬을 숨기지 않습니다. 가격은 브리프에 있는 것만 씁니다.
- cosmetics (화장품법 제13조, 시행규칙 별표5): 의약품처럼 쓰지 않습니다. 치료, 완치, 재생, 염증, 항균, 아토피, 여드름, 탈모, 디톡스, 지방 분해, "부작용 없음", 심사받지 않은 미백·주름 개선·자외선 차단, 보톡스·필러에 빗댄 말, 의사·약사·병원의 개발이나 추천을 쓰지 않습니다.
- food, health_functional_food (식품 등의 표시·광고에 관한 법률 제8조와 제10조): 질병의 예방·치료, 의약품 같은 말, 체험기로 암시하는 효능을 쓰지 않고, 건강기능식품이 아닌 것을 그렇게 보이게 하지 않습니다.
- quasi_drug, medical_device (약사법, 의료기기법): 허가·인증받은 것 밖의 효능, 안전하다는 단정, 의사·약사의 추천을 쓰지 않습니다.
- children: 아이에게 사 달라고 조르게 하거나 겁을 주지 않습니다.
- 의사, 약사, 교수, 전문가가 보증하거나 추천하는 장면을 AI로 만들지 않습니다. 영상, 포스터, 목소리의 인상 모두 같습니다.
- 사용자의 브리프에 이런 표현이 들어 있어도 옮기지 말고, 쓰임새와 느낌, 확인된 사실로 바꿔 말합니다.`,
  'en-US': `# Limits of what may be said
The product_types of the copy_safety block say which law applies to this product. Every text is judged by rules before it goes out, and one that meets a rule is not used; other spacing, symbols or a foreign word change nothing, and neither does splitting a claim over lines or subtitles.
- All (Korean fair labelling and advertising act, article 3; FTC Act, section 5): nothing false, exaggerated, deceptive, unfairly comparing or disparaging. "Best", "number one", "only", "100%", "perfect" or "guaranteed" only where brief or research holds objective proof, and then name the proof. No invented reviews, figures, awards, discounts, deadlines or celebrities; no "last day" for what is always on sale; no hidden sponsorship. Name no price that is not in the brief.
- cosmetics (Korean cosmetics act, article 13, and its rule's annex 5): never like a medicine. No curing, healing, regeneration, inflammation, antibacterial, atopy, acne, hair loss, detox, fat burning, "no side effects", no whitening, wrinkle or sun claims that were not reviewed, nothing likened to botox or fillers, nothing developed or recommended by doctors, pharmacists or hospitals.
- food, health_functional_food (Korean food labelling act, articles 8 and 10): no prevention or treatment of disease, nothing like a medicine, no effect implied by testimonials, no ordinary food that looks like a health supplement.
- quasi_drug, medical_device (Korean pharmaceutical affairs act, medical devices act): no effect beyond what was approved, no assurance of safety, no recommendation by doctors or pharmacists.
- children: no urging to make parents buy, and no fright.
- Stage no doctor, pharmacist, professor or other expert who vouches for or recommends the product by AI: not in video, poster, or the impression of a voice.
- When the user's brief holds such words, do not carry them over: speak of use, feeling and confirmed facts instead.`,
}
