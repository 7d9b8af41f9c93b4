import { describe, expect, test } from 'vitest'
import { productTypes } from '../../../shared/contracts/copy-safety.ts'
import { productTypesOf } from '../../../shared/rules/copy-safety/product-type.ts'

describe('the types of a product', () => {
  test.each([
    ['핸드크림', 'cosmetics'],
    ['화장품 > 스킨 케어', 'cosmetics'],
    ['기능성 화장품', 'cosmetics'],
    ['탈모 증상 완화 샴푸', 'cosmetics'],
    ['Vitamin C serum', 'cosmetics'],
    ['녹차 토너', 'cosmetics'],
    ['뷰티 음료', 'food'],
    ['화장품/식품', 'cosmetics food'],
    ['Face cream', 'cosmetics'],
    ['베이비 로션', 'cosmetics children'],
    ['드립백 커피', 'food'],
    ['크림빵', 'food'],
    ['아이스크림', 'food'],
    ['ice cream', 'food'],
    ['어린이 간식 젤리', 'food children'],
    ['건강기능식품(홍삼)', 'health_functional_food'],
    ['비타민', 'food health_functional_food'],
    ['치약', 'quasi_drug'],
    ['손소독제', 'quasi_drug'],
    ['혈압계', 'medical_device general'],
    ['LED 마스크', 'medical_device general'],
    ['커피 머신', 'general'],
    ['화장품 냉장고', 'general'],
    ['강아지 샴푸', 'general'],
    ['고양이 영양제', 'general'],
    ['청바지', 'general'],
    ['B2B SaaS', 'general'],
    ['여행 상품', 'general'],
    ['영어 회화 앱', 'general'],
    ['문구', 'general'],
    ['소파', 'general'],
    ['유아 교육', 'general children'],
    ['장난감', 'general children'],
    ['wireless earbuds', 'general'],
    ['재생 크림', 'cosmetics'],
    ['자동차 용품', 'general'],
    ['전기차', 'general'],
    ['보리차', 'food'],
    ['생리컵', 'quasi_drug'],
    ['구강청결제', 'quasi_drug'],
    ['무릎 보호대', 'medical_device general'],
  ])('%s: %s', (category, types) => {
    expect(productTypesOf(category).sort()).toEqual(types.split(' ').sort())
  })

  test('are all of them when the category says nothing', () => {
    for (const category of ['', '???', '삐리뽕', '피부과 시술', '\ud800'])
      expect(productTypesOf(category)).toEqual([...productTypes])
  })

  test('follow the name and the features when the category says nothing', () => {
    expect(productTypesOf('신제품', ['달빛', '수분 세럼'])).toEqual(['cosmetics'])
    expect(productTypesOf('세럼', ['비타민 함유'])).toEqual(['cosmetics'])
    expect(productTypesOf('세럼', ['우리 아이 첫 세럼'])).toEqual(['cosmetics', 'children'])
  })
})
