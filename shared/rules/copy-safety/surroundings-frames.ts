import {
  notDreamt,
  notReturning,
  notTrouble,
  ofWords,
  sparing,
  unlawful,
  untrue,
  unurged,
  yes,
} from './feigned-denials.ts'

/** A match in the plain view: UTF-16 units, `end` behind its last one. */
export interface Span {
  start: number
  end: number
}

/** UTF-16 units that are read of the sentence on either side of a match. */
const reach = 90

const before = (text: string, { start }: Span): string => {
  const head = text.slice(Math.max(0, start - reach), start)
  return head.slice(Math.max(...['!', '?', '\n', '. '].map((mark) => head.lastIndexOf(mark))) + 1)
}

/** Nouns for what is said of goods, as opposed to what they do. */
const talk =
  '말씀|글(?=[을은이])|리뷰|전단|소문|말(?=[은을도까]|\\s?(?:한마디|자체|빼|때문))|이야기|얘기|소리|표현|문구|문장|단어|용어|카피|이름|광고|홍보|약속|장담|주장|자랑|근거|증거|기능성|보장|수치|숫자|글자|결과|자료'
const said =
  '하|드리|쓰|적|꺼내|넣|붙이|싣|담|내걸|부르|말하|권하|믿|약속하|장담하|단정하|보장하|광고하'
const notSaid = `(?:${said})(?:지[는도를]?|진|질)\\s?(?:않|못|마|말|맙|앉)|(?:안|못)\\s?(?:해|하(?!는\\s?게)|합|할게|할래|했|드|써|쓰|씁|쓸|적|믿|꺼|넣|붙|실)|(?:할|드릴|쓸|넣을|말할|적을|장담할)\\s?수[는가도]?\\s?없`
const struckOut = `뺐|뺍|빼[기고며]|빼\\s?(?:주|두|달)|뺀\\s|지웠|지워\\s?(?:주|두|달)|지우기로|삭제|${ofWords}금지|금물|사절|사양|${unurged}안\\s?(?:됩|돼)|쓰면\\s?안|처분|적발|단속|반려|${untrue}|사실[이도은]?\\s?아|저희\\s?(?:것|게|글)[이은]?\\s?아|잘못\\s?(?:아[신는셨시]|알)|신고|막았|말렸|거절|반대했|근거[가는]?\\s?없|때문에\\s?(?:사|고르|드시)지\\s?마`

/** `독소 배출 같은 문구는 뺐어요`: the claim is named as one that is not made. */
const disowned = new RegExp(
  [
    `^[^.!?\\n]{0,30}?(?:${talk})[가-힣]{0,2}["'”’」』]{0,2}\\s?(?:(?:[가-힣]{1,6}\\s){0,3}?(?:${notSaid})|[^.!?\\n]{0,24}?(?:${struckOut}))`,
    `^[^.!?\\n]{0,30}?(?<!(?:과장|거짓|허위|뻥)\\s?)(?<!,\\s?(?=광고|홍보))(?:${talk})[은는이가도]?\\s?(?:전혀\\s|아직\\s|일절\\s|어디에도\\s|따로\\s|하나도\\s|받은\\s적[이은]\\s?)?(?:없(?:습|어(?!서는)|다|음|고|는|지|으니|으므로|네)|아니(?:에|예|라|고)|아닙)`,
    `^[가-힣"'”’」』\\s]{0,14}?(?:[라다자냐])[고는]{1,2}[는도]?\\s?(?:[가-힣]{1,6}\\s){0,3}?(?:${notSaid})`,
    `^[^.!?\\n]{0,16}?[는은]?다?[는란]\\s(?:건|것은|게|말은|얘기는|이야기는|소문은|주장은)\\s?(?:[가-힣]{1,5}\\s){0,2}?(?:${untrue}|사실이\\s?아|근거\\s?없)`,
    '^[^.!?\\n]{0,10}(?:[라다냐]고)\\s?(?:말하|광고하|주장하|파)는\\s?[^.!?\\n]{0,24}(?:신고|믿지|속지|조심|의심|사지\\s?마)',
    '^[^.!?\\n]{0,8}?(?:운운|어쩌고|타령)',
    '^[^.!?\\n]{0,24}?(?:외과|내과|의사|병원|치과|의료진|전문의|안과|피부과)[이가에서만]{1,3}\\s?(?:고치|고칩|판단|결정|진단|다룰|할\\s?수)(?![^.!?\\n]{0,4}(?:못|않|없))',
    '^는\\s[가-힣]{1,6}[은는]\\s?(?:세상에\\s)?없(?:습|어|다)',
    '^[에엔는은]{0,2}\\s?(?:절대\\s)?(?:바르|쓰|붙이|뿌리|사용하|드시|먹이)지\\s?(?:마|말|않)',
    '^\\s?(?:예방\\s?)?(?:수칙|교육|캠페인|접종|주간)',
    '^\\s?(?:적|바)[이은도]?\\s?(?:전혀\\s)?없(?:습|어|다|음|고)',
    '^(?![^.!?\\n]{0,24}(?:만한|보다|못지))[^.!?\\n]{0,24}(?:제품|크림|화장품|샴푸|보충제|영양제|식품|음식|음료|약|기기|치약|방법|도구|건|것)[은는이도]?\\s?(?:이\\s)?(?:세상에|어디에도|아직|세상\\s?어디에도)?\\s?없(?:습|어요|다|지|죠)',
    '^[가-힣]{0,3}(?:이면|라면|엔|에는|은|는)?\\s?[^.!?\\n]{0,16}약[을은]?\\s?(?:쓰|드|바르|먹)[가-힣]{0,2}야(?:죠|지|합|해)',
    '^[가-힣]{0,3}?라?고\\s?(?:해서\\s?)?(?:다|모두|무조건|꼭|전부)\\s[^.!?\\n]{0,16}?(?:아니|않)',
    '^[^.!?\\n]{0,16}?(?:장담|보장|약속|단정|확신)(?:하|드리)?(?:지[는도를]?|진|질|은|는)?\\s?(?:않|못|할\\s?수\\s?없|드릴\\s?수\\s?없)',
  ].join('|'),
  'u',
)

/** `그런 크림은 없어요`, behind a question that asks for an effect. */
const honestAnswer = new RegExp(
  String.raw`^[^.!?\n]{0,14}(?:나요|까요|[냐]고요|냐구요|가요|는지요|냐|되요|돼요|죠|지요|찾으세요|빼나|되나)\?["'”’」』]{0,2}\s?(?!${yes})(?:아[니뇨]|글쎄|그런|그건|그럴|그렇|그렇지|솔직히|아쉽|죄송|유감|저희|우리|여[긴기]|이건|화장품[은는]|식품[은는]|영양제[는]|치약[은는]|기기[는]|천만)[^.!?\n]{0,10}[,.]?\s?[^.!?\n]{0,24}?(?:${notDreamt}(?:아니|아닙)|아뇨|${notTrouble}없(?:어요|습|다|지|죠|고)|못\s?(?:합|해|하|드)|${notReturning}않(?:아|습|는|고)|${unurged}안\s?(?:돼|됩|해|빠|낫)|집입니다|그냥)`,
  'u',
)
/** `암에 좋냐고 물으시는데 … 받은 적이 없습니다`. */
const honestReply = new RegExp(
  String.raw`^(?:[^.!?\n]{0,12}\?["'”’」』]{0,2}\s?(?:이?라[는고])?)?[^.!?\n]{0,20}?(?:냐고|는지|까지|나요|을지|지)?[^.!?\n]{0,8}?(?:물으시|물어보시|묻는|묻곤|물어들|질문|문의)[^.!?\n]{0,30}[.,]?[^.!?\n]{0,40}?(?:${notDreamt}(?:아니[에예라고]|아닙)|${notTrouble}없(?:어요|습|다|지|죠|고|음)|못\s?(?:합|해|하|드)|${notReturning}않(?:아|습|는|고)|모릅|모른|글쎄|${unurged}안\s?(?:돼|됩|합))`,
  'u',
)

/** Verbs for something good: denied, they are no claim; «안 나», «안 생겨» are none of them. */
const boons =
  '낫|나아|고치|고쳐|없애|없어지|사라지|줄이|줄여|하얘|하얗게|희어|좋아|막|막아|살리|살려|되살|돋|녹이|녹여|펴|펴지|밝아|개선|치료|완화|완치|예방|회복|재생|돌아오|돌려놓|되돌리|올리|올려|내리|낮추|낮춰|높이|높여|키우|키워|커|젊어|들어가|흡수되|스며|바꾸|바꿔|바뀌|달라|태우|태워|해결|제거|억제|늘리|늘려|굵어|대신하|대체하|보장|의미|뜻'
const firmly = '(?:않|못)(?=[습아다더고으네음지]|하[고며지겠죠]|합|해|했|한다|할\\s?것)'
const boonDenied = `(?:${boons})[가-힣]{0,3}?(?:\\s?(?:주|드리|시키|하|되))?(?:지[는도를]?|진|질)\\s?${firmly}`
const denied = new RegExp(`${boonDenied}|[가-힣](?:지는|진|질)\\s?${firmly}`, 'u')
const deniedAhead = new RegExp(
  `^(?:[가-힣]{0,3}\\s?)?(?:(?:전부|다|모두|완전히|바로|새로|다시|직접|저절로)\\s?)?[가-힣]{0,6}?(?:${boonDenied}|[^.!?,\\n]{0,24}?[가-힣](?:지는|진|질)\\s?${firmly})`,
  'u',
)
/** What makes of a denial a condition, a question or a second denial. */
const undone =
  /^[가-힣]{0,3}(?:으면|면(?!서)|아도|어도|더라도|을\s?수|는\s?(?:분|사람|피부|두피|몸|게|것)|던\s)|^[을할]?\s?수[는도]?\s?없|^[^.!?\n]{0,12}(?:리|이유|까닭|법|적)[가는도이은]?\s?없|\?$/u

const doctors =
  '의사|약사|전문의|전문가|의료진|병원|의원|치과|소아과|안과|피부과|산부인과|비뇨기과|이비인후과|정형외과|내과|비뇨의학과|정신과|신경과|의학과|외과|응급실|119|상담\\s?전화|보건소|클리닉|센터|진료|검진'
const consult = `(?:${doctors})[^.!?\\n]{0,18}?(?:상담|상의|문의|진료|진단|검사|물어|보여|(?:가|와)\\s?(?:보|주)|가세요|가십|가야|가시|찾으|찾아|우선|먼저[예입이다가]|먼저$|받으|받아야|방문|내원|결정|연락|119(?:입|예)|신고|확인|보이[세시]|권합|권해)`
const refrain =
  '(?:사용|복용|섭취|착용|드시|드실|바르|바를|쓰|쓸|먹을|마시|먹이|먹|넣|붙이|만지|긁|짜)[가-힣\\s]{0,8}?(?:지\\s?(?:마|말|않는|않도록)|중단|중지|멈|금지|금물|삼가|피하|피해\\s?주|안\\s?됩|못\\s?합|수\\s?없|쉬어|쉬세요)|피하세요|피해\\s?주|삼가|(?:이하|미만)로|주의(?!보)|조심|쉬어\\s?(?:가|주)|쉬세요|물로만|떼어\\s?내|씻어\\s?내|헹구'
const condition =
  '있으면|있는\\s?(?:분|사람|경우|부위|피부|곳)|있다면|있을\\s?(?:땐|때|경우)|있거나|이신\\s?분|중인\\s?(?:분|사람|경우)|중이|이라면|생기면|생겼|난다면|나면|나타나|심하면|심할|심한|지속되|계속|오래가|의심되|느껴지면|아프면|불편하면|붉어지면|따가우면|부으면|저리거나|어지러우면|환자[는가도의]|앓[는고]|드시는\\s?분|드신다면|받은\\s?(?:분|사람)|받으신\\s?분|다면|[가-힣]면\\s|[을릴]\\s?땐|복용|질환|이상'
/** Advice of a leaflet: a condition, and then a doctor or what is to be left alone. */
const leaflet = new RegExp(
  `(?:${doctors})[^.!?\\n]{0,12}?(?:진단|진료|검사|상담|처방)[을를]?\\s?(?:받은\\s?(?:뒤|후|다음)|받고\\s|거쳐|거친)|(?:${condition})[^.!?\\n]{0,50}?(?:${consult}|${refrain})`,
  'u',
)
/** `의사 처방에 따라`, `임의로 끊지 마세요`: what a doctor decides. */
const supervised = new RegExp(
  String.raw`(?:의사|의료진|전문의|주치의|병원)[^.!?\n]{0,10}(?:허락|상담|진료|확인|동의)[이가]?\s?(?:먼저|우선|필요)(?!${sparing})|(?:의사|의료진|전문의)의?\s?(?:지도|처방|지시|판단)[가-힣]{0,2}\s?(?:아래|하에|따라|받아)(?!\s?(?:만|개발|설계|배합))|(?:임의로|함부로|마음대로)[^.!?\n]{0,12}(?:끊|중단|바꾸|줄이)지\s?(?:마|말)`,
  'u',
)
/** … and what only looks like it. */
const sneer = new RegExp(
  `(?:${doctors})[^.!?\\n]{0,10}?(?:가지\\s?마|말고|대신|필요|안\\s?가|그만|끊|찾지|보다|전에)|걱정|고민|(?:바르|드시|쓰|먹)[으]?면\\s?(?:낫|좋)|추천|해결|뚝|싹`,
  'u',
)

/** `설사를 할 수 있으니`: the leaflet tells what may go wrong. */
const harm =
  /(?:설사|복통|가스|두통|발진|가려움|쓰림|쓰릴|어지럼|졸음|자극|트러블|화상|구토|두드러기|붉|알레르기)[가-힣]{0,2}\s?$/u
const possible =
  /^[가-힣]{0,4}\s?(?:할|생길|나타날|날|일어날|될|올|쓰릴|있을)?\s?수\s?(?:도\s)?있(?:으니|습니다|어요|으며|으므로|음|어)/u

/** A list of what copy may not hold, or a case that an authority pursued. */
const lesson =
  /(?:금지|위반|불가|적발|허위|과대|과장|부당|나쁜)[가-힣\s]{0,6}(?:표현|문구|단어|용어|사례|예시)(?!\s?[이가은는]?\s?아)|교육\s?자료|체크\s?리스트[^.!?\n]{0,20}(?:확인|금지)|심의\s?(?:반려|지적)/u
const lessonAfter = new RegExp(
  String.raw`^[^.!?\n]{0,40}(?:처분을?\s?받|적발(?!\s?(?:된\s?)?(?:적|일)[이은도]?\s?없)|단속\s?대상|과징금|${unlawful}|쓰지\s?(?:맙|말자|말\s?것)|(?:쓰|적|말하|광고하|표시하)면\s?(?:절대\s?)?(?:안\s?됩니다|못\s?씁니다))`,
  'u',
)

/** `의사 가운 입은 모델은 쓰지 말고`: the director leaves it out. */
const leftOut =
  /^[^.!?\n]{0,30}?(?:모델|사람|인물|배우|출연자|장면|컷|이미지|사진|그림|복장|가운|자막|문구|표현|로고|소품|캐릭터)[은는을를이가도]?\s?(?:[가-힣]{1,4}\s){0,2}?(?:(?:쓰|넣|등장시키|등장하|보이|나오|입히|섭외하|연출하|촬영하|찍)지\s?(?:말|마|않|않게)|없(?:이|음|게)|빼|뺄|제외|금지|안\s?나오)|^[가-힣]{0,4}\s?(?:등장|연출|사용|노출|출연)\s?(?:금지|불가|없|안\s?함|하지\s?않)/u

/** `이름은 슬리밍 젤이지만 … 않습니다`. */
const nameBefore = /(?:이름|상호|별명|제목|간판|상품명|품명)[은는이]?[^.!?\n]{0,14}$/u
const nameAfter = /^[^.!?\n]{0,16}지만[^.!?\n]{0,30}?(?:아니|아닙|않|없|못)/u

/** Ranks and shares that are planned or contested, not claimed. */
const ranked = /위|순위|랭킹|%|배/u
const planned =
  /목표|\bkpi\b|과제|로드맵|(?:기획|계획|전략)(?:안|서)?\s?:|(?:\d|[일이삼사])\s?분기[^.!?\n]{0,20}(?:까지|안에)/u
const contested =
  /^[^.!?\n]{0,6}?(?:를|을)?\s?(?:가리|뽑|겨루|맞[히춰추]|투표|예측|차지한\s?(?:팀|선수|분)|한\s?(?:카피|시안|팀|선수|작품|분))/u

/** To leave a disclosure, a review or a way out away is itself the offence. */
const owed =
  /협찬|광고\s?표|유료|대가|원고료|제공|해지|탈퇴|환불|철회|약관|위약|후기|리뷰|별점|주의|경고|고지|표시/u

const isDenied = (claim: string, after: string): boolean => {
  const found = deniedAhead.exec(after)
  const within = found === null ? denied.exec(claim + after.slice(0, 12)) : null
  const end =
    found?.[0].length ?? (within === null ? -1 : within.index + within[0].length - claim.length)
  return end > 0 && !undone.test(after.slice(end))
}

/** What follows a match in its sentence, the mark that ends it included. */
const behind = (text: string): string =>
  /^(?:[^.!?\n]|\.(?=\d)){0,90}[.!?\n]?/u.exec(text)?.[0] ?? ''

/** Sentences that name a claim without making it, whatever the claim is. */
export const isFramed = (text: string, span: Span): boolean => {
  const head = before(text, span)
  const claim = text.slice(span.start, span.end)
  const following = text.slice(span.end, span.end + reach)
  const after = behind(following)
  if (honestAnswer.test(following) || honestReply.test(following)) return true
  if (after.endsWith('?')) return false
  const sentence = head + claim + after
  const spoken = disowned.exec(after)
  return (
    (spoken !== null && !owed.test(claim) && !undone.test(after.slice(spoken[0].length))) ||
    isDenied(claim, after) ||
    (leaflet.test(sentence) && !sneer.test(sentence)) ||
    supervised.test(sentence) ||
    (harm.test(claim) && possible.test(after)) ||
    lesson.test(head) ||
    lessonAfter.test(after) ||
    (leftOut.test(claim.slice(-24) + after) && !owed.test(claim)) ||
    (nameBefore.test(head) && nameAfter.test(after)) ||
    (ranked.test(claim) && (planned.test(sentence) || contested.test(after)))
  )
}
