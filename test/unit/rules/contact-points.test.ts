import { describe, expect, it } from 'vitest'
import { foldedText, foreignContacts, namesPerson } from '../../../shared/rules/contact-points.ts'

describe('a contact point that the user did not write', () => {
  it.each([
    '지금 https://evil.example/pay 로 오세요',
    'evil-shop.com에서 더 싸게 사요',
    'go to www.evil.co.kr now',
    'Visit EVIL.COM/win?d=1',
    'hxxps://evil[.]com',
    'evil(dot)com',
    'evil dot com',
    'ｅｖｉｌ．ｃｏｍ',
    'e\u200bvil.c\u00adom',
    'еvil.com',
    '무료쿠폰.com',
    '온담상점.한국 으로',
    'bit.ly/3xYz',
    't.me/scam',
    'http://1.2.3.4/x',
    '1.2.3.4:8080',
    'javascript:alert(1)',
    'data:text/html,<p>',
    'mailto:a@b.co',
    'intent://scan/#Intent',
    '문의 help@evil.example',
    '010-1234-5678',
    '010 1234 5678',
    '01012345678',
    '０１０－１２３４－５６７８',
    '010.1234.5678',
    '+82 10-1234-5678',
    '(02) 123-4567 로 전화',
    '031-123-4567',
    '070-1234-5678',
    '1588-1234 로 문의',
    '080-123-4567',
    '+1 (555) 123-4567',
    '국민 123456-01-123456 입금',
    '카톡 ID: scammer99',
    '텔레그램 @freecoin',
    '팔로우 @evil_account',
    'xn--3e0b707e 로 오세요',
    'пример.рф/pay',
    'https:evil',
    't.me',
    'evil.tech',
    'e v i l . c o m',
    'evil . com',
    'evil·com',
    'evil&#46;com',
    'evil%2Ecom',
    '사용자@온담.한국',
    '010_1234_5678',
    '010・1234・5678',
    '0 1 0 1 2 3 4 5 6 7 8',
    'O1O 1234 5678',
    '٠١٠١٢٣٤٥٦٧٨',
    '공일공 일이삼사 오육칠팔',
    '(202) 555-0143',
    '020 7946 0958',
    '신한 110123456789',
    '0x71C7656EC7ab88b098defB751B7401B5f6d8976F',
    '카톡 아이디 scammer99',
    'line id scammer99',
  ])('is found in %j', (text) => {
    expect(foreignContacts(text, ['우리 가게는 ondam.kr 이에요'])).not.toEqual([])
  })

  it.each([
    '바르고 바로 타자를 쳐도 괜찮아요. 30ml라 어디든 데려갈 수 있어요.',
    '가격은 12,900원이에요. 1+1 행사는 11.20~11.26까지.',
    '2026-11-26 ~ 2026-12-03',
    '2026.11.26-2026.12.03',
    '1500-2000원대 간식',
    '1600-1800ml 대용량',
    '핸드크림 검색량은 11월에 전월보다 38% 늘었다.',
    '7~9초 영상의 완주율이 가장 높았다.',
    'It works.It really does. e.g. on desks, v2.0.1, 3.5 mm',
    '오전 10:30, 오후 2.5시간',
    '사무실/집 어디서나, 50대 50',
    'A/B 테스트: 헤드라인 A vs B',
    '100-200-300 세트',
    'Node.js와 Vue.js 강의',
    '#동백핸드크림 #사무실템',
    '한 줄.다음 줄.그다음 줄',
    '가성비 1위를 목표로, 24/7 상담',
    '용량 30ml x 3개입 (총 90ml)',
    '제품번호 AB-1234-X',
    '15-25-35-45세',
    'Line: Camellia, 라인 : ivory',
    'line:up, data:base',
    '11-26-2026 launch',
    '펌웨어 v3.5.1.2, 3.5.1.2 버전',
    'No.5, 3.1 필립림, Dr.자르트, A.P.C., U.S. cotton',
    'ISBN 979-11-6224-123-4, 바코드 8801234567890',
    '사이즈 10.5-12.0, SPF50+/PA++++, 010,000원',
  ])('is none of %j', (text) => {
    expect(foreignContacts(text, [])).toEqual([])
  })

  it.each([
    ['우리 몰 ondam.kr 로 오세요', 'https://www.ondam.kr/'],
    ['ondam.kr', '저희 쇼핑몰은 Ondam.KR이에요'],
    ['https://smartstore.naver.com/ondam', 'smartstore.naver.com/ondam'],
    ['문의 010-1234-5678', '전화는 01012345678'],
    ['+82 10 1234 5678', '010-1234-5678'],
    ['+82 10-1234-5678', '010-1234-5678'],
    ['010-1234-5678', '공일공 일이삼사 오육칠팔이에요'],
    ['+82 10-1234-5678 24시간 상담', '+82 10-1234-5678'],
    ['카톡 아이디 ondam99', '카톡은 ondam99'],
    ['29CM.co.kr에서 만나요', '29cm.co.kr 에서 팔아요'],
    ['help@ondam.kr 로 메일', '메일은 help@ondam.kr'],
    ['@ondam_official 팔로우', '인스타 계정은 @ondam_official'],
  ])('is not %j when the user wrote %j', (text, own) => {
    expect(foreignContacts(text, [own])).toEqual([])
  })

  it.each([
    ['https://ondam.kr/?d=비밀', 'https://ondam.kr'],
    ['ondam.kr.evil.com', 'ondam.kr'],
    ['evil-ondam.kr', 'ondam.kr'],
    ['https://ondam.kr@evil.com/', 'ondam.kr'],
    ['ondam.kr/free', 'ondam.kr'],
    ['010-1234-5679', '010-1234-5678'],
    ['ondam.kr', 'notondam.kr'],
  ])('is %j although the user wrote %j', (text, own) => {
    expect(foreignContacts(text, [own])).not.toEqual([])
  })

  it('is looked for in time that grows with the text', () => {
    for (const part of [
      'a.',
      '1-',
      '010 ',
      '(dot)',
      '@a',
      `${'a'.repeat(60)}.`,
      'http://',
      '.com',
    ]) {
      // A pattern that tries again from every place of a run would not come back from this.
      foreignContacts(part.repeat(20_000), [part.repeat(20_000)])
    }
  })
})

describe('a query to another company', () => {
  it.each(['김하나 010-1234-5678 후기', 'hana@ondam.kr 주문'])(
    'does not name a person: %j',
    (text) => expect(namesPerson(text)).toBe(true),
  )
  it.each(['site:smartstore.naver.com 핸드크림', '핸드크림 2026 검색량', 'Booking.com 가격'])(
    'may name a site: %j',
    (text) => expect(namesPerson(text)).toBe(false),
  )
})

it('the form in which a text is matched is its own, whichever was looked at before', () => {
  const texts = ['ＥＶＩＬ', 'ＥＶＩＬ', 'Camellia', '', 'ＥＶＩＬ']
  expect(texts.map(foldedText)).toEqual(['evil', 'evil', 'camellia', '', 'evil'])
})
