import { isSpokenOf } from './claim-talk.ts'
import { isHeldOff } from './innocent-frames.ts'
import { isDeniedInEnglish } from './surroundings-english.ts'
import { isFramed, type Span } from './surroundings-frames.ts'

/** UTF-16 units that are read before and after a match. */
const reach = 90

const sentenceEnd = /[!?\n]|\.(?!\d)/u

/** What follows a match in its sentence, the mark that ends it included. */
const tailOf = (text: string, { end }: Span): string => {
  const tail = text.slice(end, end + reach)
  const stop = sentenceEnd.exec(tail)
  return stop === null ? tail : tail.slice(0, stop.index + 1)
}

/** What stands before a match in its sentence. */
const headOf = (text: string, { start }: Span): string => {
  const head = text.slice(Math.max(0, start - reach), start)
  return head.slice(Math.max(...['!', '?', '\n', '. '].map((mark) => head.lastIndexOf(mark))) + 1)
}

const anyOf = (words: string): string =>
  words
    .trim()
    .split(/\s+/)
    .sort((one, other) => other.length - one.length)
    .join('|')

/** What names the kind of thing that a claim is: "no effect" denies, "no acne" claims. */
const aspects = anyOf(
  '효과 효능 기능 작용 도움 력 기술 목적 용도 의도 뜻 의미 성분 내용 근거 사실 계획 생각 능력 효력 수단 목표',
)
const endsInAspect = new RegExp(`(?:${aspects})$`, 'u')
/** Words that hold a claim at arm's length, as another speaker's. */
const speech = anyOf(
  `라는 이라는 라고 이라고 라며 이라며 식의 같은 (?<!,)(?<!,\\s)광고 문구 표현 말 문장 단어 후기 주장 소문 홍보 선전 카피
  내세우는 내세운 외치는 적힌 쓰인 쓴 적은 강조하는 표방하는 약속하는 약속 약속은 주장하는 장담하는 말하는`,
)
/** Claims that stand in one row with the match, and what a row is joined with. */
const row = anyOf(
  `예방 치료 치유 완치 진단 경감 처치 완화 개선 관리 회복 재생 증상 질병 질환 병 피부 의학적 의료적 의료 의학 아토피
  여드름 습진 염증 탈모 주름 미백 기미 흉터 홍조 통증 면역 해독 살균 소독 항염 항균 디톡스 리프팅 보톡스 필러 시술 주사 레이저
  수술 다이어트 체중 감량 체중감량 지방 분해 지방분해 혈액순환 혈액 순환 노화 안티에이징 최고 최상 1위 기적 보증 추천 처방
  제거 억제 강화 촉진 조절 증가 감소
  및 또는 그리고 등 등의 등을 이나 혹은 내지`,
)
const goods = anyOf(
  `제품 상품 화장품 기능성화장품 식품 건강기능식품 의약품 의약외품 의료기기 약 약품 치료제 제 용 크림 로션 세럼
  앰플 샴푸 비누 연고 에센스 토너 마스크 팩 패치 파스 쿠션 파우더 젤 스틱 폼 밤 미스트 오일 기기 음료 차 영양제 보조제 서비스 프로그램 도구 물건 브랜드`,
)
/** Particles, verb forms and adverbs that carry a claim to its denial. */
const links = anyOf(
  `을 를 이 가 은 는 의 에 로 와 과 도 만 란 나 으로 이란 에서 에는 에도 까지 이라 라 쓰는 먹는 바르는 드시는 좋은 잘 듣는 특별한 하거나 하든지 하며 되거나 거나 이니 이든 든지 하기 하는 하고자 하려는
  한다 한다고 합니다 하다 하다는 된다 된다고 되는 될 할 해 좋다 좋다고 좋다는 시켜 시킨다 시키는 준다 준다고 주는 준다는 있다 있다고 있다는
  있는 나았다 좋아진다 된다는 한다는 했다는 위한 위해 위하여 대한 대해 관한 돕는 것 거 게 수 건 과장된 과장 거짓 허위
  직접 직접적인 어떤 어떠한 절대 결코 전혀 절대로 저희는 저희 우리는 본 그 이런 그런 감히 함부로 쉽게 섣불리 목적의 결과
  막아 낫게해 없애 줄여 늘려 키워 풀어 가라앉혀 지켜 되돌려 펴 빼 대신이라는 대신이라고 보면 보이면 들으면 만나면 있으면 하면 없애는 줄이는 막는 고치는 낫게 늘리는 높이는 빼는 태우는 키우는 자라게 되돌리는 바꾸는 다는 다고 입니다 100% 더 이상 더는`,
)
const filler = new RegExp(
  `(?<aspect>${aspects})|(?<speech>${speech})|${row}|${goods}|${links}|[\\s,·/&'"‘’“”「」『』()]`,
  'uy',
)

const denyingVerbs = anyOf(
  `하 시키 드리 쓰 말하 주장하 약속하 보장하 의미하 뜻하 표방하 사용하 대신하 대체하 표현하 권하 기대하 광고하
  내세우 홍보하 언급하 다루 담 적 붙이 넣 갖 가지 삼 내걸 믿 오인하 오해하 장담하 단정하 제공하 목표로하 목적으로하 주 막 낫 없애 늘리 키우 고치 좋아지`,
)
const deniable = anyOf(
  '사용할 기대할 주장할 보장할 약속할 표방할 대신할 대체할 광고할 단정할 제공할 할 될 쓸 볼',
)
/** Denies whatever claim it follows. */
const denial = new RegExp(
  [
    '아(?:닙니다|니에요|니예요|녜요|니니|니라서|니랍|니거든|닌데|니며|니고|니라(?!고\\s?할)|니다|님(?![가-힣])|니지만|니므로|닌(?![가지데]))',
    `(?:${denyingVerbs})지\\s?[는도를]?\\s?(?:않|못|마[세시십라]|맙)`,
    `(?:${deniable})\\s?수\\s?[는도]?\\s?없`,
    '못\\s?[합해하]|안\\s?[합해하됩돼써]',
    '금지|불가(?!능)|사절|지양|말고(?![가-힣])',
  ].join('|'),
  'uy',
)
/** Denies a claim of which an aspect was named: `치료 효과가 없습니다`. */
const lack = /없(?:습|어요|어서|다|음|으며|으니|으므로|고|지만|는|네)/uy
/** Warns of a claim that was held at arm's length: `완치라는 광고에 속지 마세요`. */
const warning =
  /속지|현혹|조심|주의|의심(?!하지|할\s?필요)|경계|걸러|거르|피하세요|피해야|삼가|멀리|믿지|대신(?![가-힣])|보다(?![가-힣])|사라져야|불법|위법|처벌|단속/uy
/** Denies an action: `완치되지 않습니다`, but a pimple that does not come back is a claim. */
const passive = /(?:되|지)지\s?[는도]?\s?(?:않|못)/uy
const action = /(?:치료|완치|치유|재생|회복|개선|예방|완화|제거|억제|촉진|보장|해결|인증|추천)$/u

/** What turns a denial into a claim: a condition, a second denial. */
const undoing =
  /^[가-힣]{0,2}(?:으면|면(?!서)|아도|어도|다면|더라도|을\s?(?:경우|때)|는\s?한(?:\s|,))|^[을할]?\s?수[는도]?\s?없|^[^.!?\n]{0,14}(?:리|이유|까닭|법|적|피부|사람|경우|분|데)[가는도이은란]{0,2}\s?없|없지\s?않|[은는]\s?(?:것|건|게)[은이도]?\s?아|이상[하할한]/u
/** `광고에서 '완치'를 보면 의심하세요`: the word stands in what others say. */
const reported =
  /(?:광고|문구|말|표현|후기|소문|홍보물?)(?:에서|에|중에|로)?\s?["'“‘「『]?[가-힣\s]{0,6}$/u
/** `단순한 치료가 아닙니다` claims more. */
const scalar =
  /(?:단순|그냥|보통|평범|흔한|일반(?!\s?(?:식품|화장품|제품))|여느|그저|뻔한|겉만|임시|일시|반쪽|평소)[가-힣]{0,4}\s?[가-힣]{0,4}\s?$/u
const atLeast = /^\s?(?:만|뿐)/u

const restOfName =
  /^(?:지|해|해지|져|아지|어지)?는(?=\s(?:기기|제품|약|크림|식품|화장품|도구|물건|것|게|건))|^(?:염|통|증|병|암|균)?(?:\s?(?:치료제|예방약|영양제|보충제|보조제|개선제|약))?(?=[이가은는을를의도과와]|\s|·|,)/u

const at = (pattern: RegExp, text: string, index: number): RegExpExecArray | null => {
  pattern.lastIndex = index
  return pattern.exec(text)
}

/** The end of the denial that the words after a match lead to, or null. */
const denialEnd = (claim: string, tail: string, isReported: boolean): number | null => {
  // `부작용이 없다` + `고 말하지 않습니다`
  const quoted = claim.endsWith('다') && tail.startsWith('고') ? 1 : 0
  // `관절` of `관절염 약이 아닙니다`
  const compound = quoted > 0 ? quoted : (restOfName.exec(tail)?.[0].length ?? 0)
  let [index, hasAspect, hasSpeech] = [compound, endsInAspect.test(claim), isReported || quoted > 0]
  while (index < tail.length) {
    const found =
      at(denial, tail, index) ??
      (hasAspect ? at(lack, tail, index) : null) ??
      (hasSpeech ? at(warning, tail, index) : null) ??
      (action.test(claim + tail.slice(0, index).trimEnd()) ? at(passive, tail, index) : null)
    if (found !== null) return index + found[0].length
    const passed = at(filler, tail, index)
    if (passed === null) return null
    hasAspect ||= passed.groups?.aspect !== undefined
    hasSpeech ||= passed.groups?.speech !== undefined
    index += passed[0].length
  }
  return null
}

const isDenied = (text: string, span: Span): boolean => {
  const tail = tailOf(text, span)
  if (atLeast.test(tail) || tail.endsWith('?')) return false
  const isReported = reported.test(headOf(text, span))
  const end = denialEnd(text.slice(span.start, span.end), tail, isReported)
  if (end === null || undoing.test(tail.slice(end))) return false
  return !scalar.test(headOf(text, span))
}

/** `치료가 되나요? 아니요.` */
const answeredNo =
  /^[^.!?\n]{0,20}\?["'”’」』]{0,2}\s?(?:이?라[는고][^.!?\n]{0,16})?["'“‘「『]{0,2}\s?(?:아니[요오]|아뇨|아닙니다|그렇지\s?않|no\b)/u

/** Advice of every leaflet: `상처가 있는 부위에는 사용하지 마세요`. */
const advice =
  /^[가-힣\s,·/()]{0,40}(?:있|나타나|생기|생겼|났|나면|발생|중이|중인|받는|받고|진행|심한|심해|약한|약하|예민한)[^.!?\n]{0,30}?(?:사용을?\s?(?:중지|중단|자제|멈|피|삼가|금)|(?:짜|만지|긁|손대)지\s?(?:마|말|않)|(?:사용|복용|섭취)하지\s?(?:마|말|않)|(?:의사|전문의|약사|의료진|병원|전문가)[^.!?\n]{0,12}(?:상담|상의|문의|진료|진찰)|진료를\s?받)/u
/** `연고와 함께 써도 되는지 의사에게 물어보세요`. */
const question =
  /^[^.!?\n]{0,24}(?:되는지|괜찮은지|함께\s?써도|받고\s?계)[^.!?\n]{0,8}(?:의사|전문의|약사|의료진|병원)[^.!?\n]{0,6}(?:물어|확인|상담|상의|문의)/u
/** `아토피 치료가 필요하다면 병원에 가세요`: it sends to a doctor. */
const referral =
  /^[^.!?\n,]{0,24}(?:필요|원하|의심|심하|심한|심해)[^.!?\n]{0,14}(?:병원|의원|의사|전문의|의료진|의료\s?기관|진료|피부과)(?![^.!?\n]{0,10}(?:말고|대신(?!하|할)|보다|없이|안\s?가|가지\s?(?:마|말|않)|필요[가는도]?\s?없|전에))/u

/** `약사가 아닌 모델`: the denial stands within the match. */
const deniedWithin =
  /[이가은는]\s?(?:아닌|아니라|아니고)\s|\s말고\s|(?:을|를)?\s빼고\s(?!(?:다시\s)?(?:올|보여|표[시기]|적|쓰|게시|계산|집계|광고|발행|노출|안내|작성|답|말|설명))|\b(?:is|are) not (?:in|show|seen|part)/u

/** A list of words that copy may not hold. */
const listed =
  /금[지칙]\s?(?:어|표현|문구|단어)|(?:쓰면|쓰지)\s?(?:안\s?되는|않을|말아야\s?할)|피[할해]야?\s?할?\s?(?:표현|단어|문구)/u

/** Whether the words around a match say that it is not claimed. */
export const isNotClaimed = (text: string, span: Span): boolean => {
  const after = text.slice(span.end, span.end + reach)
  return (
    isDenied(text, span) ||
    listed.test(headOf(text, span)) ||
    deniedWithin.test(text.slice(span.start, span.end)) ||
    answeredNo.test(after) ||
    advice.test(after) ||
    question.test(after) ||
    referral.test(after) ||
    isSpokenOf(text, span) ||
    isFramed(text, span) ||
    isDeniedInEnglish(headOf(text, span), tailOf(text, span)) ||
    isHeldOff(text, span.start, span.end)
  )
}
