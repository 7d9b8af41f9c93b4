import { cureVerbs, namedPurpose } from './ailments.ts'
import { aching, diseases, eased, instead, testimony, unambiguous } from './betterment.ts'
import { cautions, stories } from './cautions.ts'
import { approved, covered, either, near, relief } from './claims.ts'
import { licence } from './device-licence.ts'
import { family, type MemberFields } from './family.ts'
import { namedLicence } from './quasi-licence.ts'

const better = `${relief}|${cureVerbs}`

const named: MemberFields = {
  id: 'named',
  pattern: new RegExp(unambiguous, 'u'),
  bad: [
    '당뇨를 걱정하던 아버지 발에 온기가',
    '노안이 젊어지는 하루 20분',
    '터널 증후군 수술을 미뤘습니다',
  ],
  good: [
    '비염이 있는 분은 사용 전에 의사와 상담하세요',
    '통풍이 잘되는 곳에 두세요',
    '치매 환우를 위한 캠페인에 기부합니다',
  ],
  exceptions: [
    /통풍(?:,|과|이|도|은)?\s?[^.!?\n]{0,6}(?:물주기|햇빛|햇볕|잘|좋|구멍|환기|채광|가습)[^.!?\n]{0,10}/u,
  ],
}

const members: readonly MemberFields[] = [
  {
    id: 'complaint',
    pattern: either(near(diseases, better, 30), near(aching, better, 24), new RegExp(eased, 'u')),
    bad: [
      '감기 기운이 올 때 뚝',
      '비염이여 안녕, 콧물이 멎었다',
      '시큰거리던 무릎이 언제 그랬냐는 듯',
      '뻣뻣한 목이 스르르',
    ],
    good: [
      '감기에 걸렸다면 푹 쉬세요',
      '통증이 계속되면 병원에 가 보세요',
      '두통을 낫게 하는 제품이 아닙니다',
    ],
  },
  {
    id: 'testimony',
    pattern: new RegExp(testimony, 'u'),
    bad: [
      '밤마다 고생하던 어머니, 이제 푹 주무세요',
      '밥도 못 먹던 아이가 일주일 만에 나았어요',
      '몇 년을 시달렸는데 거짓말처럼 사라졌다',
    ],
    good: ['그동안 고생하신 부모님께 드리는 선물', '품절로 못 먹던 맛, 다시 왔습니다'],
    exceptions: [/품절[^.!?\n]{0,10}못\s?먹던[^.!?\n]{0,30}/u],
  },
  {
    id: 'instead',
    pattern: new RegExp(instead, 'u'),
    bad: [
      '진통제 대신 이거 하나',
      '병원 갈 일이 줄었어요',
      '도수치료 10회 받은 느낌',
      '먹던 약을 끊었습니다',
    ],
    good: ['약을 대신할 수 없습니다', '약속 장소에 가기 전에', '치료를 대신하지 않습니다'],
    exceptions: [/(?:약|치료|진료|의사)[을를]?\s?(?:임의로|마음대로|함부로)[^.!?\n]{0,20}/u],
  },
]

type Common = Parameters<typeof family>[0]

const both = (common: Common, more: readonly MemberFields[] = []): ReturnType<typeof family> =>
  family({ ...common, exceptions: [...cautions, ...(common.exceptions ?? [])] }, [
    ...members,
    ...more,
  ])

/** Complaints that end, former sufferers and goods in the place of remedies: one table for all kinds of goods. */
export const complaintRules = [
  ...both(
    {
      id: 'quasi-drug.complaints',
      exceptions: [namedLicence, /치과\s?가기\s?전[^.!?\n]{0,20}양치/u],
      productTypes: ['quasi_drug'],
      law: 'pharmaceutical_act',
      article: '68(1)',
      severity: 'block',
      explanation: {
        ko: '허가받은 효능·효과를 넘어 증상이나 질병이 낫는다고 알게 하는 표현입니다.',
        en: 'It says that a symptom or disease goes away, beyond the licensed effect.',
      },
    },
    [named],
  ),
  ...both(
    {
      id: 'medical-device.complaints',
      productTypes: ['medical_device'],
      law: 'medical_devices_act',
      article: '24(2)',
      item: '5',
      severity: 'needs_evidence',
      exceptions: [
        namedPurpose,
        /[^.!?\n]{0,20}(?:당뇨|혈당|혈압|고혈압)[^.!?\n]{0,20}(?:기록|수첩|일지|앱)[^.!?\n]{0,20}/u,
      ],
      evidenceThatAllows: licence(diseases),
      explanation: {
        ko: '허가·인증·신고한 사용목적을 넘어 증상이나 질병이 낫는다고 알게 하는 표현입니다.',
        en: 'It says that a symptom or disease goes away, beyond the licensed purpose.',
      },
    },
    [named],
  ),
  ...both(
    {
      id: 'general-goods.complaints',
      exceptions: [...stories, /머리\s?아[프픈파][^.!?\n]{0,40}/u],
      productTypes: ['general'],
      law: 'medical_devices_act',
      article: '26(7)',
      severity: 'block',
      explanation: {
        ko: '의료기기가 아닌 물건으로 증상이나 질병이 낫는다고 알게 하는 표현입니다.',
        en: 'It says that goods that are no medical device make a symptom or disease go away.',
      },
    },
    [named],
  ),
  ...both({
    id: 'cosmetics.complaints',
    exceptions: [
      approved('탈모|여드름성?|가려움'),
      /여드름\s?(?:자국|흉터)|여드름성?\s?피부/u,
      covered('흉터|홍조|여드름'),
      /건조[^.!?]{0,14}가려움[^.!?]{0,16}일시적[^.!?]{0,6}완화/u,
    ],
    productTypes: ['cosmetics'],
    law: 'cosmetics_act',
    article: '13(1)',
    item: '1',
    severity: 'block',
    guidelinePage: '안내서-0086-07 p. 9',
    explanation: {
      ko: '화장품으로 증상이나 질병이 낫는다고 알게 하는 표현입니다.',
      en: 'It says that a cosmetic makes a symptom or disease go away.',
    },
  }),
  ...both({
    id: 'food.complaints',
    exceptions: [/[^.!?\n]{0,80}도움을?\s*줄\s*수\s*있(?:음|습니다|어요|다)/u],
    productTypes: ['food', 'health_functional_food'],
    law: 'food_labelling_act',
    article: '8(1)',
    item: '1',
    severity: 'block',
    guidelinePage: '시행령 별표 1 제1호',
    explanation: {
      ko: '식품으로 증상이나 질병이 낫는다고 알게 하는 표현입니다.',
      en: 'It says that a food makes a symptom or disease go away.',
    },
  }),
]
