import { cautions } from './cautions.ts'
import { either, near, relief } from './claims.ts'
import { family } from './family.ts'

/** What every rule on medicine-like claims for cosmetics shares. */
export const medicineLike = {
  id: 'cosmetics.medicine',
  productTypes: ['cosmetics'],
  law: 'cosmetics_act',
  article: '13(1)',
  item: '1',
  severity: 'block',
  guidelinePage: '안내서-0086-07 p. 9',
  exceptions: cautions,
  explanation: {
    ko: '화장품을 질병의 진단·치료·예방에 쓰는 의약품으로 잘못 알게 하는 표현입니다.',
    en: 'It makes a cosmetic look like a medicine that diagnoses, treats or prevents disease.',
  },
} as const

/** What medicines do to the body. */
export const cosmeticsMedicineRules = family(medicineLike, [
  {
    id: 'sterilize',
    pattern:
      /살균|소독(?!용\s?(?:에탄올|알코올|솜))|멸균|제균|\bsteriliz|\bdisinfect|\bantiseptic|\bsanitiz|\bkills? (?:\d[\d.]*% of )?(?:germs|bacteria|viruses)/u,
    exceptions: [
      /(?:용기|스패출러|도구|브러시|퍼프|포장|공정|설비|보관함|손을)[^.!?]{0,10}(?:살균|소독|멸균)|(?:살균|소독|멸균)\s?(?:공정|처리한\s?(?:용기|병)|된\s?(?:용기|병|공간|스패출러|도구)|한\s?(?:용기|스패출러|도구))/u,
    ],
    bad: [
      '피부 표면을 살균하는 토너',
      '소독 효과로 트러블 걱정 없이',
      '99% 제균 클렌징',
      'Kills 99.9% of germs on your skin',
    ],
    good: ['스패출러는 소독 후 사용하세요', '멸균 공정을 거친 용기에 담았어요'],
  },
  {
    id: 'anti-inflammatory',
    pattern: either(
      /항염(?!색)|소염|안티\s?-?\s?인플[라레][마메]토리|(?<![가-힣])염증(?!\s?없|보다|을?\s?느[끼낀껴])|\banti-?\s?inflammat/u,
      near('(?<![가-힣])염증|피부\\s?염증', `${relief}|에\\s?(?:좋|효)`, 8),
    ),
    bad: [
      '항염 성분이 트러블을 잠재웁니다',
      '피부 염증을 가라앉히는 진정 앰플',
      '소염 효과까지 한 병에',
      'Anti-inflammatory calming serum',
    ],
    good: ['염증이 있는 부위에는 사용하지 마세요', '대항염색 말고 새치 커버', '편안한 진정 케어'],
  },
  {
    id: 'analgesic',
    pattern: either(
      /진통|\banalgesi|\bpain[- ]?reli|\b(?:reliev|reduc|eas|sooth)[a-z]* (?:[a-z]+ ){0,2}(?:pain|aches?|cramps?)\b/u,
      near(
        '통증|근육통|관절통|생리통|두통|신경통|요통|치통|아픈\\s?(?:어깨|허리|무릎)',
        `${relief}|바르|크림|에\\s?좋|시원|풀어|날려`,
        8,
      ),
    ),
    bad: [
      '어깨 통증을 줄여 주는 마사지 크림',
      '생리통 완화 아로마 오일',
      '진통 효과',
      'Pain relief balm',
    ],
    good: ['통증이 나타나면 사용을 중지하세요', '땅콩버터 향 립밤'],
  },
  {
    id: 'muscle-fatigue',
    pattern: either(
      /(?<!피부\s?)피로\s?(?:회복|해소)|근육\s?(?:이완|피로|뭉침|긴장)|불면|수면\s?(?:장애|유도|개선)|숙면\s?(?:유도|효과|에\s?도움|을\s?(?:돕|도와))|잠이\s?잘\s?(?:오|와)|우울증|혈자리/u,
      /\bmuscle (?:relax|recover)|\binsomnia/u,
    ),
    bad: [
      '심신 피로 회복에 좋은 바디오일',
      '근육 이완을 돕는 마사지 젤',
      '불면의 밤을 위한 수면 유도 미스트',
    ],
    good: ['피부 피로를 풀어 주는 수분팩', '자기 전 은은하게 퍼지는 향'],
  },
  {
    id: 'antidote',
    exceptions: [
      /해독\s?주스\s?(?:색|컬러|향)/u,
      /해독하기\s?(?:어려|힘|쉬)|해독이?\s?(?:필요|불가능)한\s?(?:문서|성분표|글|암호)/u,
    ],
    pattern:
      /(?<!(?:암호|코드|문자|기호|신호|난|악보)\s?)해독(?!\s?(?:불가|하는\s?책))(?=\s?(?:작용|효과|크림|세럼|앰플|팩|마스크|주스|케어|능력|에)|[하되시해을를])/u,
    bad: ['피부를 해독하는 클레이 팩', '해독 작용이 있는 녹두 세럼', '독한 하루, 해독 케어'],
    good: ['암호 해독처럼 어려운 성분표, 쉽게 적었습니다', '해 독서대 위의 핸드크림'],
  },
  {
    id: 'diuretic',
    pattern: /이뇨|\bdiuretic/u,
    bad: ['이뇨 작용으로 아침이 가볍게', '율무의 이뇨 효과를 담은 팩'],
    good: ['이 뇨스 스타일 립', '아침이 가벼운 수분 크림'],
  },
  {
    id: 'cancer',
    pattern: /항암|(?<![가-힣])암\s?(?:예방|치료|세포)|피부\s?암|종양|\banti-?\s?cancer|\bcancer/u,
    exceptions: [
      /항암\s?(?:치료\s?)?중인?\s?(?:분|환자|가족|친구)[^.!?\n]{0,24}(?:선물|의사|상담)/u,
      /(?:발암|암)\s?(?:물질|유발)/u,
      /대항암/u,
    ],
    bad: [
      '항암 성분으로 알려진 추출물',
      '피부암 예방을 위한 선택',
      'Anti-cancer botanical extract',
    ],
    good: ['발암 물질 걱정 없는 원료', '명암 세포 무늬 패키지가 아닙니다'],
  },
  {
    id: 'antifungal',
    exceptions: [/감염병?\s?예방\s?(?:수칙|교육)[^.!?\n]{0,8}/u],
    pattern: either(
      near(
        '[가-힣]{1,4}균(?=[을이까은도])(?<!유산균|효모균|평균)|세균|곰팡이|바이러스',
        `${relief}|씻|닦|죽`,
        12,
      ),
      /항진균|항곰팡이|항바이러스|\banti-?\s?(?:fungal|viral)/u,
      near(
        '바이러스|곰팡이균|진균|코로나(?:19)?|독감|감기|감염|폐렴|수족구',
        '제거|사멸|억제|차단|박멸|죽이|없[애앤앨]|잡는|잡아|예방(?!\\s?수칙)|막[아는]|보호|지[켜키]|걱정\\s?(?:끝|없)|99',
        10,
      ),
    ),
    bad: ['항바이러스 핸드크림', '바이러스를 99% 차단하는 미스트', '항진균 풋 스프레이'],
    good: ['입소문이 바이러스처럼 번진 향수', '여름에도 산뜻한 풋 스프레이'],
  },
  {
    id: 'immunity',
    pattern: either(
      near(
        '면역(?:력|력을|체계|\\s?세포|\\s?기능)?|이뮨|immun(?:e|ity)(?: system)?',
        '강화|증진|향상|높[이여인입]|키[우워운웁]|올[리려]|업|부스팅|부스트|활성|개선|증가|회복|boost|strength|support|enhanc',
        8,
      ),
      /(?:boost|strengthen|support|enhanc)[a-z]* (?:your |skin'?s? )?immun/u,
      /면역(?!\s?(?:이라는\s?말|항암))/u,
    ),
    bad: [
      '피부 면역력을 키워 주는 세럼',
      '면역 강화 로션',
      '이뮨 부스팅 앰플',
      'Boosts skin immunity',
    ],
    good: ['면역력이 약한 분은 전문의와 상담하세요', '매일 바르기 좋은 순한 로션'],
  },
  {
    id: 'anti-allergy',
    pattern: either(
      /항\s?알[레러]르?[기지]|항히스타민|\banti-?\s?allerg|\bantihistamine/u,
      near('알레르기|알러지', '완화|개선|치료|억제|진정|가라앉|해소|없애|낫', 6),
      /비염|천식/u,
    ),
    bad: [
      '항알레르기 진정 크림',
      '알러지 완화에 좋은 로션',
      '항 알러지 성분 배합',
      '비염 아이도 편하게',
    ],
    good: ['알레르기 유발 성분을 표시했습니다', '알레르기 반응이 나타나면 사용을 중단하세요'],
  },
  {
    id: 'burn',
    pattern: either(
      near(
        '찰과상|(?<![가-힣])화상(?!\\s?(?:통화|회의|면접|채팅|수업|상담|강의|카메라|미팅))|일광\\s?화상|욕창|데인\\s?(?:곳|피부|데)|베인\\s?(?:곳|데|피부)|햇볕에\\s?덴',
        `치료|재생|${relief}|아물|바르|효과|에\\s?좋|연고|크림|응급`,
        10,
      ),
      /\bburns? (?:relief|care|treatment|cream)|\bsunburn (?:relief|treatment|remedy)|\bminor (?:cuts|burns)/u,
    ),
    bad: [
      '가벼운 화상에 바르는 알로에',
      '찰과상 회복을 돕는 밤',
      '일광 화상 진정 끝판왕',
      'For minor cuts and burns',
    ],
    good: ['화상 회의 전 생기 미스트', '화상을 입은 부위에는 사용하지 마세요'],
  },
  {
    id: 'diaper-rash',
    pattern: /기저귀\s?(?:발진|피부염)|땀띠|태열|\bdiaper rash|\bnappy rash|\bheat rash/u,
    bad: [
      '기저귀 발진 걱정 없는 파우더',
      '여름 땀띠에 톡톡',
      '태열 진정 크림',
      'Prevents diaper rash',
    ],
    good: ['기저귀 가방에 쏙 들어가는 크기', '기저귀 갈 때 쓰기 좋은 로션'],
  },
  {
    id: 'organs',
    pattern: either(
      /림프(?!\s?(?:비즈킷))|관절(?!\s?인형)|\blymph/u,
      near('간(?:기능|\\s?기능)|신장|위장|혈압|혈당|콜레스테롤|당뇨|갑상선|자율신경', relief, 8),
      near('(?:skin|blood) pressure|blood sugar|cholesterol', relief, 8),
    ),
    bad: ['림프 순환을 돕는 괄사 크림', '무릎 관절에 바르는 크림', '혈압 관리까지 되는 향'],
    good: ['관절 인형 메이크업', '손끝까지 부드러운 핸드크림'],
  },
])
