import { describe, expect, test } from 'vitest'
import { judgeCopy } from '../../../shared/rules/copy-safety/judge.ts'
import { productTypesOf } from '../../../shared/rules/copy-safety/product-type.ts'

const verdictOf = (text: string, category: string): string =>
  judgeCopy(text, {
    productTypes: productTypesOf(category),
    at: '2026-12-01T12:00:00+09:00',
    locale: 'ko-KR',
  }).verdict

/** Claims, each with words behind or before it that a denial or a caution is made of, and the category. */
const unlawful: Record<string, [text: string, category: string][]> = {
  'is urged, not forbidden': [
    ['아토피를 완치하는 크림, 놓치면 안 됩니다', '크림'],
    ['원금 보장 코인, 놓치면 안 됩니다', '코인'],
    ['원금 보장 투자, 미루면 안 됩니다', '투자'],
    ['당뇨를 고치는 여주차 이야기, 모르면 안 됩니다', '여주차'],
    ['아토피 완치 크림 광고, 놓치면 안 됩니다', '크림'],
  ],
  'stands beside what else is unlawful': [
    ['당뇨를 고치는 차, 불법 복제품 주의', '여주차'],
    ['아토피를 완치하는 크림, 불법 유통 제품을 조심하세요', '크림'],
    ['원금 보장 코인, 위법 사이트와 다릅니다', '코인'],
    ['아토피를 완치하는 크림 후기, 무단 도용 금지', '크림'],
  ],
  'spares the doctor': [
    ['병원 진료가 필요 없는 아토피 완치 크림', '크림'],
    ['의사 상담도 필요하지 않은 아토피 완치 크림', '크림'],
    ['병원 진료가 필요 없습니다, 당뇨 고치는 여주차', '여주차'],
    ['아토피 완치 크림, 피부과부터 찾지 마세요', '크림'],
    ['아토피 완치 크림, 병원 먼저 가지 마세요', '크림'],
    ['여드름 치료 크림, 피부과 가 보기 전에 바르세요', '크림'],
  ],
  'is asked about and answered with yes': [
    ['아토피, 완치될까요? 네, 재발 걱정도 없습니다', '크림'],
    ['아토피, 완치될까요? 그럼요, 부작용은 없어요', '크림'],
    ['당뇨가 낫나요? 물론이죠, 실패한 분이 없습니다', '여주차'],
    ['아토피가 완치되나요? 저희 크림은 재발 걱정이 없어요', '크림'],
    ['Want to cure your eczema? Try our balm.', 'face cream'],
    ['Want to cure diabetes? Try GlucoMax.', 'supplement'],
    ['Ready to cure eczema? Come see us.', 'face cream'],
    ['Can a cream cure eczema? Try ours and tell us.', 'face cream'],
  ],
  'is labelled or praised': [
    ['(광고) 원금 보장 연 12% 투자, 공휴일 제외 매일 상담', '투자'],
    ['[광고] 원금 보장 투자, 주말 제외 상담', '투자'],
    ['(유료 광고) 원금 보장 코인, 일부 지역 제외', '코인'],
    ['아토피 완치 리뷰만 1,200개, 과장 없습니다', '크림'],
    ['아토피를 완치한 크림 후기, 거짓이 아닙니다', '크림'],
    ['당뇨를 고치는 여주차 이야기, 과장 하나 없습니다', '여주차'],
    ['아토피 완치 크림, 광고 아닙니다', '크림'],
    ['아토피 완치 크림, 이보다 좋은 크림은 없습니다', '크림'],
    ['두통을 없앨 수 있어요', '베개'],
  ],
  'is followed by good wishes or a doctor': [
    ['아토피를 치료하는 크림, 당신을 응원합니다', '크림'],
    ['디스크가 낫는 의자, 여러분의 건강을 응원합니다', '의자'],
    ['디스크가 낫는 의자로 여러분의 건강을 응원합니다', '의자'],
    ['비염이 낫는 베개, 푹 주무시길 바랍니다', '베개'],
    ['아토피가 사라지는 크림, 피부과 가기 전에 먼저 써 보세요', '크림'],
    ['당뇨 잡는 여주차, 의사가 권합니다', '여주차'],
    ['비염이 사라지는 베개, 병원 검진 전에 먼저 누워 보세요', '베개'],
    ['아토피를 치료하는 크림, 판매금 일부를 기부합니다', '크림'],
  ],
  'stands beside an English denial of something else': [
    ['Without using any harsh chemicals, this balm cures eczema in 7 days.', 'face cream'],
    ["Don't use steroids: this balm cures eczema.", 'face cream'],
    ['Avoid using harsh soaps, our cream cures eczema.', 'face cream'],
    ['This cream never fails to cure eczema.', 'face cream'],
    ['Our tea has never failed to cure diabetes.', 'tea'],
    ['Nobody cures eczema faster.', 'face cream'],
    ['No one cures eczema like us.', 'face cream'],
    ['Nobody can cure eczema faster.', 'face cream'],
  ],
  'is written in another way': [
    ['암은 상황버섯 한 잔으로 다스리세요', '버섯차'],
    ['암엔 상황버섯', '버섯차'],
    ['암까지 다스리는 상황버섯', '버섯차'],
    ['암과 싸워 이기는 버섯차, 암도 낫습니다', '버섯차'],
    ['세일 상품은 환불이 되지 않습니다', '의류'],
    ['할인 상품은 반품해 드리지 않습니다', '의류'],
    ['이벤트 상품은 교환되지 않아요', '의류'],
    ['이 코인은 손실이 없습니다', '코인'],
    ['저희 펀드는 원금 손실이 없습니다', '펀드 투자'],
    ['이 종목은 손해 볼 일이 없어요', '주식 투자'],
    ['효과 100퍼 보장', '공부 앱'],
    ['백퍼 효과 보장합니다', '공부 앱'],
    ['만족 100퍼센트 보장', '공부 앱'],
    ['抗癌 버섯차 한 잔', '버섯차'],
    ['糖尿病에 좋은 여주차', '여주차'],
    ['脫毛를 豫防하는 검은콩 두유', '두유'],
    ['高혈압·糖尿에 좋은 차', '여주차'],
  ],
}

describe.each(Object.entries(unlawful))('a claim that %s is blocked:', (_, lines) => {
  test.each(lines)('%s (%s)', (text, category) => {
    expect(verdictOf(text, category)).toBe('blocked')
  })
})
