import { approved, covered, testOf } from './claims.ts'
import { family, type MemberFields } from './family.ts'
import { functionalLabelling, illnessCautions } from './food-terms.ts'
import { namedLicence } from './quasi-licence.ts'

const gone =
  '빠[지져졌진집]|사라|없[어애앤앨]|줄[었어이여]|가라|풀[리려렸]|쏙|싹|뚝|안녕|실종|멈[추췄춰췄]|그[쳤치]|차단|제거|잡|삭제|순삭|굿바이|졸업|해방|zero|제로|컷|박멸'
const grown =
  '자[라랐란람]|길어[지졌진집]|올라[오왔온와]|돋|솟|나[기고는서옵]|났[어습]|쑥|빼곡|빽빽|풍성|늘[었어]|수북|새싹|채워|보[여이]|굵어|살아'

/** Changes of skin and hair that no cosmetic brings about. */
const skinMembers: readonly MemberFields[] = [
  {
    id: 'hair',
    pattern: new RegExp(
      `(?:솜털|잔머리|새\\s?머리|새\\s?머리카락|아기\\s?머리카락|새\\s?모발|모근|모낭|머리숱|머리카락)[이도가은을부터]{0,3}\\s?[^.!?\\n]{0,12}(?:${grown})|\\d\\s?(?:mm|밀리|cm|센티)(?:미터)?[가를이나씩]{0,2}\\s?(?:더\\s?)?(?:자[라랐란]|길어|컸|커[졌지]|늘었)|속눈썹[^.!?\\n]{0,20}(?:자[라랐란]|길어[졌진집]|숱|빽빽|뽑히|연장[^.!?\\n]{0,4}(?:끊|안))|빠[지진졌]던?\\s?(?:머리|모발)[^.!?\\n]{0,12}(?:${gone}|안\\s|덜)|(?:머리카락|모발|머리)[이가]?\\s?(?:덜|안)\\s?빠|숱[이도]\\s?(?:늘|많아|풍성|차오|빽빽)`,
      'u',
    ),
    exceptions: [
      /[^.!?\n]{0,20}(?:마스카라|연출|스타일링|가발|붙임|볼륨|고데기|드라이|왁스|스프레이|고정|정돈|정리)[^.!?\n]{0,24}/u,
      /[^.!?\n]{0,10}(?:보여요|보이게|보입니다|보이는|보일)[^.!?\n]{0,6}/u,
      approved('탈모'),
    ],
    bad: ['한 달이면 솜털부터 올라와요', '2주 만에 3mm 자랐습니다', '빠지던 머리가 멈추는'],
    good: ['속눈썹이 길어 보이는 마스카라', '잔머리를 정리하는 왁스'],
  },
  {
    id: 'cells',
    pattern:
      /(?:세포|유전자|dna|미토콘드리아|텔로미어|진피|콜라겐|엘라스틴|섬유아)[를을이가도은는]{0,2}\s?[^.!?\n]{0,10}(?:깨[어우워운]|눈[을]?\s?[뜨떠떴]|되살|살아[나난났]|젊|부활|뿜|샘솟|쏟아|만들어\s?[내낸냅]|폭발|합성|생성|자극|일하|늘려|늘어|채워\s?올|재건|복구|스스로|수선|증식|배양해)/u,
    exceptions: [/식물[^.!?\n]{0,4}세포[^.!?\n]{0,12}배양[^.!?\n]{0,10}/u],
    bad: ['바르는 순간 세포가 깨어나', '콜라겐을 뿜어내는 크림'],
    good: ['식물 세포를 배양해 얻은 원료', '콜라겐 1,000ppm을 담았습니다'],
  },
  {
    id: 'bruise',
    pattern: new RegExp(
      `(?<![가-힣])멍[이은도든]{0,2}\\s?(?:[가-힣]{1,5}\\s)?(?:${gone}|들었|크림|연고|자국)|(?:회복|재생|치유)템`,
      'u',
    ),
    bad: ['멍 빠지는 속도가 달라요', '시술 후 회복템'],
    good: ['멍하니 보게 되는 색', '멍때리기 좋은 향'],
  },
]

const moreSkinMembers: readonly MemberFields[] = [
  {
    id: 'breast',
    pattern:
      /[a-f]\s?컵[^.!?\n]{0,12}[a-f]\s?컵|(?:가슴|엉덩이|힙|입술|볼륨)[^.!?\n]{0,8}(?:확대|커[지졌진]|키[우워웠]|두\s?배|부풀)|확대술/u,
    exceptions: [/[^.!?\n]{0,20}(?:보여요|보이는|보이게|확대경|확대\s?거울)[^.!?\n]{0,6}/u],
    bad: ['A컵이 C컵 되는', '입술이 두 배'],
    good: ['확대 거울을 드려요'],
  },
  {
    id: 'flushed',
    pattern:
      /(?:빨갛던|붉던|새빨갛던|벌겋던|벌건|까슬까슬하던|오돌토돌하던|거칠거칠하던)\s?(?:[가-힣]{1,6}\s)?[가-힣]{1,4}|(?:볼|얼굴|피부|목|등|팔)[이가은는]?\s?(?:빨갛던|붉던|벌겋던|뒤집어졌던|울긋불긋하던)|(?:피부과|병원)\s?(?:약|연고|다니|가던|돈|비용)[^.!?\n]{0,12}(?:먹던|시절|아깝|다니던|썼던|날린|안녕)/u,
    exceptions: [/[^.!?\n]{0,10}(?:노을|단풍|사과|하늘|장미|립|잎)[^.!?\n]{0,20}/u],
    bad: ['볼이 빨갛던 아이가 이틀 만에', '피부과 약 먹던 시절이 아깝습니다'],
    good: ['붉던 노을을 담은 립'],
  },
]

/** Times and shares that a cosmetic may name once they were measured. */
const figureMembers: readonly MemberFields[] = [
  {
    id: 'hours',
    pattern:
      /\d+\s?시간[^.!?\n]{0,14}(?:물광|촉촉|보습|수분|지속|유지|무너|안\s?(?:지|마|묻|번)|그대로|윤기|커버|고정|케어|쫀쫀|당김|뽀송|프레시|컬)|(?:물광|촉촉|보습|수분|광채|커버력?|윤기|지속력?|고정력?|뽀송)[^.!?\n]{0,12}\d+\s?시간|(?:하루\s?종일|온종일|다음\s?날까지|아침까지|밤까지|퇴근까지|사흘|일주일)[^.!?\n]{0,14}(?:안\s?(?:지|마[르릅]|무너|번|묻|당)|무너지지|마르지|지워지지|번지지|그대로|끄떡|촉촉)/u,
    bad: ['한 장이면 물광 72시간', '다음 날까지 안 마릅니다'],
    good: ['48시간 전에 미리 주문하세요', '하루 종일 매장에서 상담해 드려요'],
  },
  {
    id: 'cooler',
    pattern:
      /온도[가를는]?\s?(?:[가-힣]{1,3}\s)?-?\d+(?:\.\d)?\s?(?:도|℃|°c?)?[가나를]?\s?(?:내려|낮|↓|감소|쿨|떨어|다운)|-\d+(?:\.\d)?\s?(?:도|℃)/u,
    bad: ['피부 온도가 5도 내려가요'],
    good: ['온도 15도 이하에 보관하세요'],
  },
  {
    id: 'without',
    pattern:
      /(?:유발\s?(?:성분|물질)|유해\s?(?:성분|물질)|자극|알레르겐|독성|트러블)[이가은도을]?\s?(?:하나\s?|전혀\s?)?(?:제로|zero|0(?![.\d])|없이|없[는어음]|프리|걱정\s?(?:없|끝|제로))/u,
    bad: ['알레르기 유발 성분 제로', '자극 없이'],
    exceptions: [/(?:자극|트러블|독성)[이가은]?\s?없어질\s?때[^.!?\n]{0,16}/u],
    good: ['자극이 없어질 때까지 쉬세요'],
  },
]

/** Poisons of the body, manhood and hair, by way of the stomach. */
const vigourMembers: readonly MemberFields[] = [
  {
    id: 'poisons',
    pattern:
      /(?:독소|노폐물|중금속|미세먼지|니코틴|방사능|활성산소|찌꺼기|기름때|염증)[를을이가과와도까지]{0,3}\s?[^.!?\n]{0,14}(?:빼[내는고주]|빠[지져진]|배출|씻|청소|내보|밀어|제거|녹[여이]|닦아|쓸어)/u,
    exceptions: [/(?:에어컨|주방|프라이팬|공장|세척|후드|그릇|식기)[^.!?\n]{0,30}/u],
    bad: ['중금속과 미세먼지를 빼 주는 오리'],
    good: ['기름때 없는 주방에서 만듭니다'],
  },
  {
    id: 'manhood',
    pattern:
      /남자[를]?\s?남자답게|(?:남편|남자|남성|아빠|사나이|신랑)의?\s?(?:자신감|자존심|밤|힘|활력|기)[이을가를도]?\s?[^.!?\n]{0,8}(?:돌아|살[아려]|되찾|충전|불끈|폭발|회복|세[지져]|웃)|오늘\s?밤[^.!?\n]{0,10}(?:아내|여보|남편|뜨거)|아내[가]\s?(?:웃|먼저|놀라|반기)|지방[이을]?\s?(?:활활|타[들는]|녹|태)|(?:흰|하얗던|하얀|센)\s?머리[가카]?[^.!?\n]{0,12}(?:까매|까맣|검|줄|사라|없)/u,
    exceptions: [
      /지방[이을]?\s?녹[^.!?\n]{0,20}(?:고기|구이|육즙|국물|수육|갈비|삼겹|스테이크|풍미|고소)[^.!?\n]{0,8}/u,
    ],
    bad: ['남자를 남자답게, 오늘 밤 아내가 웃습니다', '지방이 타들어 갑니다'],
    good: ['남편이 끓인 라면', '구우면 지방이 녹아 육즙이 됩니다'],
  },
  {
    id: 'scores',
    pattern:
      /(?:점수|성적|등수|등급|수능)[이가을를은도]?\s?[^.!?\n]{0,8}(?:올[랐라려]|껑충|상승|1등|쑥|뛰[었어])|긴장[이]?\s?(?:싹|스르르|눈\s?녹듯)?\s?(?:풀[려리렸]|사라)/u,
    bad: ['긴장이 싹 풀려 점수가 올랐어요'],
    good: ['수능 응원 선물', '긴장되는 첫 출근날'],
  },
]

const innerMembers: readonly MemberFields[] = [
  {
    id: 'bowels',
    pattern:
      /(?<![가-힣])변[이을도]?\s?(?:쏟|술술|쑥|시원|잘\s?[나봐보]|매일|황금)|화장실[^.!?\n]{0,10}(?:직행|신호|술술|시원|달려|쾌속|뻥|다녀오)|바나나\s?(?:변|똥)|황금\s?(?:변|똥)/u,
    exceptions: [/[^.!?\n]{0,16}(?:휴게소|매장|카페|건물|주차)[^.!?\n]{0,10}화장실[^.!?\n]{0,20}/u],
    bad: ['아침마다 화장실 직행', '변이 술술'],
    good: ['변치 않는 맛', '화장실은 1층에 있습니다'],
  },
  {
    id: 'weight',
    pattern:
      /\d(?:\.\d)?\s?(?:kg|킬로|키로)[^.!?\n]{0,20}(?:빠[지졌져진집]|감량|뺐|뺀|빼는|줄[었어])|(?:배고픔|굶|운동|식단|노력)[^.!?\n]{0,6}(?:없이|지\s?않고|안\s?해도)[^.!?\n]{0,16}(?:빠|빼|쏙|날씬|감량|살|뱃)|(?:인바디|체성분|허리둘레|바지\s?사이즈|청바지)[^.!?\n]{0,14}(?:줄|맞|달라|내려|헐렁|바뀌)|(?:뱃살|군살|옆구리살|팔뚝살|허벅지살|내장지방)(?=[이을가은는도에,!\s])/u,
    exceptions: [
      /(?:참치|연어|방어|생선|민물|장어|삼겹|돼지|소|고등어|갈치)[^.!?\n]{0,8}뱃살[^.!?\n]{0,12}|뱃살[과와]\s?등살[^.!?\n]{0,10}/u,
    ],
    bad: ['2주에 5kg, 배고픔 없이 쏙 빠지는', '내장지방에 안녕'],
    good: ['참치 뱃살과 등살', '10kg 한 포대, 손잡이가 있어요'],
  },
  {
    id: 'looks',
    pattern:
      /(?:백옥|도자기|꿀|물광|아기|유리알|우윳빛|광채|동안|달걀)\s?(?:같은\s?)?(?:피부|얼굴|미모)|(?:먹[고는]|먹은|한\s?(?:포|알|병))[^.!?\n]{0,12}(?:예뻐|화장|톤이|피부[가도]?|광이|팔자|주름|안색|민낯)/u,
    bad: ['먹고 백옥피부 됐어요', '한 포로 민낯 자신감'],
    good: ['꿀 같은 단맛', '먹고 남은 건 냉장 보관'],
  },
  {
    id: 'ills',
    pattern:
      /(?<![가-힣])(?:병|질병|잔병|병마)[을를이가도]\s?(?:[가-힣]{1,4}\s)?(?:막[는아을]|이[겨기긴길]|고[치쳐친칠]|낫|모르[고는]|예방|안\s?걸|물리|달고)|코로나(?!\s?(?:시국|때|이후|시절|기간|맥주|라임|병))|(?<![가-힣])정자\s?(?:수|운동|질|활동|건강)|(?:알칼리|산성)[^.!?\n]{0,4}(?:체질|몸|체내)|(?:체질|몸)[을를]\s?(?:알칼리|산성|바꿔|바꾸|리셋|정화)|모유(?:만큼|보다|처럼|같은|에\s?가까|와\s?(?:같|비슷|똑)|를\s?대신|\s?수준|\s?그대로)|엄마\s?젖/u,
    bad: ['병을 막는 물', '코로나도 비껴간 홍삼', '모유만큼 완벽한 이유식', '정자 수가 늘어나는'],
    good: [
      '병을 깨끗이 씻어 보내 주세요',
      '정자 그늘에서 마시는 막걸리',
      '코로나 시국에 문을 연 가게',
    ],
  },
]

const freshMembers: readonly MemberFields[] = [
  {
    id: 'breath',
    pattern: new RegExp(
      `(?:입\\s?냄새|구취|입내|땀\\s?냄새|발\\s?냄새|체취|생리\\s?냄새|냄새)[를을이가도은는]{0,2}\\s?[^.!?\\n]{0,12}(?:${gone}|\\d)|(?:손상|자극|통증|독성|유해\\s?물질|발암|알레르기|트러블)[이은도]?\\s?(?:제로|zero|0(?![.\\d])|프리|없[는이음어습])`,
      'u',
    ),
    bad: ['입냄새 12시간 실종', '두피 손상 제로'],
    good: ['냄새가 나면 버리세요', '입 냄새의 원인은 여러 가지입니다'],
  },
  {
    id: 'bleached',
    pattern:
      /(?:치아|앞니|이빨|누런\s?이|미소)[가는를을의]?\s?[^.!?\n]{0,14}(?:밝아|하얘|하얗|환해|톤|미백|눈부시|새하)|(?:두|한|세|\d)\s?톤[^.!?\n]{0,6}(?:밝|하얘|환)/u,
    bad: ['치아가 두 톤 밝아지는'],
    good: ['치아 모양 케이스'],
  },
  {
    id: 'teeth_and_hair',
    pattern:
      /시린\s?(?:이|치아|이빨|잇몸)|이가?\s?시[리려린]|(?:머릿결|모발|두피|피부|잇몸|치아)[은이가도를을]?\s?(?:더\s?|오히려\s?)?(?:좋아|건강해|윤기|튼튼|촉촉해|살아[나난])/u,
    bad: ['시린 이, 세 번만 닦아 보세요', '머릿결은 더 좋아져요'],
    good: ['시린 증상이 이어지면 치과에 가 보세요'],
  },
  {
    id: 'tested',
    pattern:
      /(?:테스트|시험|임상|검사|인증|검증|실험)[을를에서]{0,2}\s?(?:완료|통과|마친|마쳤|받은|합격|입증|끝낸)/u,
    bad: ['피부 자극 테스트 완료'],
    good: ['패치 테스트를 먼저 하세요'],
  },
  {
    id: 'smoking',
    pattern:
      /(?:담배|금연)[를을에]?\s?[^.!?\n]{0,8}(?:끊[었는게을]|안\s?피|졸업|성공|생각이?\s?(?:안|싹|뚝))/u,
    bad: ['3일 만에 담배 끊었습니다'],
    good: ['금연은 보건소에서 도와줘요'],
  },
]

const food = { law: 'food_labelling_act', article: '8(1)' } as const
const foodExceptions = [...functionalLabelling, ...illnessCautions]

/** Changes of the body in everyday words, beyond the recognised functions and the licensed effects. */
export const bodilyEffectRules = [
  ...family(
    {
      ...food,
      id: 'food.bodily',
      productTypes: ['food', 'health_functional_food'],
      item: '4',
      severity: 'block',
      guidelinePage: '시행령 별표 1 제4호',
      exceptions: foodExceptions,
      explanation: {
        ko: '식품이 몸을 바꾼다고 하는 거짓·과장된 표현입니다.',
        en: 'It says that a food changes the body, in false or exaggerated words.',
      },
    },
    [...innerMembers, ...vigourMembers],
  ),
  ...family(
    {
      ...food,
      id: 'health_functional_food.bodily',
      productTypes: ['health_functional_food', 'food'],
      item: '4',
      severity: 'block',
      exceptions: foodExceptions,
      explanation: {
        ko: '먹는 것으로 머리카락과 세포가 달라진다고 하는 표현입니다.',
        en: 'It says that hair or cells change by what is eaten.',
      },
    },
    skinMembers.slice(0, 2),
  ),
  ...family(
    {
      id: 'cosmetics.bodily',
      productTypes: ['cosmetics'],
      law: 'cosmetics_act',
      article: '13(1)',
      item: '1',
      severity: 'block',
      guidelinePage: '안내서-0086-07 p. 10',
      exceptions: [covered('멍')],
      explanation: {
        ko: '의약품에만 있는 작용으로 피부나 모발이 달라진다고 하는 표현입니다.',
        en: 'It says that skin or hair changes as only medicines change it.',
      },
    },
    [...skinMembers, ...moreSkinMembers],
  ),
  ...family(
    {
      id: 'cosmetics.figures',
      productTypes: ['cosmetics'],
      law: 'cosmetics_act',
      article: '13(1)',
      item: '5',
      severity: 'needs_evidence',
      evidenceThatAllows: testOf('시간|지속|유지|보습|수분|hour', '지속 시간', 'how long it lasts'),
      explanation: {
        ko: '지속 시간은 실증자료가 있어야 쓸 수 있습니다.',
        en: 'How long an effect lasts has to be substantiated.',
      },
    },
    figureMembers,
  ),
  ...family(
    {
      id: 'quasi-drug.bodily',
      productTypes: ['quasi_drug'],
      law: 'pharmaceutical_act',
      article: '68(1)',
      severity: 'needs_evidence',
      evidenceThatAllows: testOf('냄새|구취|미백|자극|손상|시험|금연', '이 효과', 'this effect'),
      exceptions: [namedLicence, ...illnessCautions],
      explanation: {
        ko: '허가받은 효능·효과인지, 시험으로 보였는지 확인할 수 있어야 하는 표현입니다.',
        en: 'It has to be a licensed effect, or one that a test shows.',
      },
    },
    freshMembers,
  ),
]
