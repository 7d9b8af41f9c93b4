import { ends } from './betterment.ts'

/** Pieces of patterns that several families of food rules share: strings, since they are put together. */

/** What a food is said to do to an illness that stands before it. */
const effectAfter = String.raw`(?:예방|치료|완치|치유|개선|완화|호전|회복|극복|탈출|졸업|퇴치|해결|해소|억제|방지|차단|타파|잡(?:아|는|고|았|기|습)|죽이|강하|안\s*걸리|걸리지\s*않|피해\s*가|다스[리려렸]|맞서|방패|검색|잘\s*가|이?여\s*(?:안녕|잘\s*가)|재생|되살[리려]|피할\s*수|필수|꼭\s*(?:먹|마시|챙)|답(?:이다|입니다|[!.]|$)|(?:에|엔|에는)\s+(?:역시\s*)?[가-힣]{1,8}\s?(?:차|즙|환|청|캔디|사탕|주스|진액|젤리|분말|가루|죽|티|식초|꿀|버섯|영양제|유산균|홍삼|음료|탕|엑기스|한\s*(?:잔|포|병|알|스푼))(?=[이가은는도만]?(?:[^가-힣]|$))|(?:고민|걱정)(?:을|은|이|도|에서|에|엔)?\s*(?:[가-힣]{1,8}\s*)?(?:가|이)?\s*(?:풀어|해결|덜어|맡기|안녕|답)|막(?:아|는|고|았)|낫(?:게|는|고|습|다)|나(?:았|아\s*[지졌])|고(?:친|쳐|치[는고며]|칠|쳤)|없(?:애|앤|어[지졌])|사라[지져졌진]|낮(?:춰|추|췄|아[지졌])|내려[가갔]|떨어[지져졌뜨]|줄(?:여|이는|이고|였|어[들든])|이[겨긴길]|물리[치쳐]|안녕|굿바이|해방|뚝|싹\s|좋(?:은|아|다고|습니)|효과|효능|효험|특효|직빵|즉효|명약|도움|걱정\s*(?:끝|없|마|뚝|제로|이제)|끝(?:내|냈|!|$)|${ends})`

/** The same, before the illness. */
const effectBefore = String.raw`(?:완치(?:한|된|시키는)|이겨\s*낸|극복한|(?:치료|예방|개선|완화|억제|방지|차단|퇴치)(?:하는|해\s*주는|해주는|에|가\s*되는)|죽이는|막아\s*주는|잡아\s*주는|고치는|낫게\s*하는|없애\s*주는|없애는|낮춰\s*주는|낮추는|좋은)`

/** A pattern for an illness that a food is said to act upon, in either order, within one sentence. */
export const illnessClaim = (illness: string, others?: RegExp): RegExp =>
  new RegExp(
    `(?:${illness})(?:[^.!?\\n]|\\.{3}){0,14}?${effectAfter}|${effectBefore}[^.!?\\n]{0,6}?(?:${illness})${others === undefined ? '' : `|${others.source}`}`,
    'u',
  )

/** That something cures, in the form that names what does: `치료하는`, `에 좋은`, `걱정 끝`. */
const curing = String.raw`(?:치료|완치|치유|개선|완화|예방|해결|해소|제거|억제|회복|퇴치|차단|경감|박멸)(?:하는|되는|시키는|시켜|해\s?(?:주|준|줍|드|냅)|합니|됩니|된다|한다)|낫는|낫게|낫습|나은\s|나았|나아[지졌]|고치는|고쳐|고칩|없애|없어[지졌]|사라[지져졌진집]|(?:잡|막|줄이|다스리|이기|물리치|지우|녹이)는|(?:잡아|막아|줄여|낮춰|지워|녹여)\s?(?:주|줍|드)|낮추는|가라앉|멎|에\s?좋은|에\s?(?:특효|효과)|특효|뚝|싹\s|안녕|(?:걱정|고민)\s?(?:끝|없)|탈출|졸업|해방`

/** Up to so many characters of a clause that names no cure, nor what else is given: what an exception may hold of a claim. */
export const uncured = (length: number, besides = ''): string =>
  `(?:(?!${curing}${besides})[^.!?,\\n]){0,${length}}`

/** Cautions and the sentence that the law itself demands, wherever an illness is named in them. */
export const illnessCautions: readonly RegExp[] = [
  /(?:골다공증|충치)\s*발생\s*위험\s*감소에?\s*도움을?\s*(?:줌|줍니다|줄\s*수\s*있\S{0,3})/u,
  /식중독[을를]?\s*(?:예방|방지)[^.!?\n]{0,4}(?:위해|위하여|하려면)[^.!?,\n]{0,20}(?:보관|냉장|냉동|가열|익혀|씻|드시|드세)[^.!?,\n]{0,12}/u,
  /헬리코박터균?\s*증식을?\s*억제하(?:고|여)\s*위\s*점막을?\s*보호하여\s*위\s*건강에\s*도움을?\s*줄\s*수\s*있\S{0,3}/u,
  /질병의?\s*(?:예방|치료)[^.!?\n]{0,20}(?:의약품|효능|효과)[^.!?\n]{0,6}아[닙니]/u,
  /[^.!?\n]{0,10}(?:환자|질환|질병|증상|치료|복용|병력)[^.!?\n]{0,16}(?:전문가|의사|의료진|병원|약사)[^.!?\n]{0,8}(?:상담|상의|문의|진료|방문)[^.!?\n]{0,12}/u,
  /[^.!?\n]{0,10}(?:환자|질환|증상|복용\s*중|이상\s*사례)[^.!?\n]{0,16}(?:주의|피하|삼가|중단|금지)[^.!?\n]{0,12}/u,
  new RegExp(
    String.raw`${uncured(16)}(?:예방의\s*날|캠페인|기부|후원|성금|연구소에)[^.!?,\n]{0,16}`,
    'u',
  ),
]

/** Illnesses that nothing in an advertisement for food has to name but a caution. */
const unmistakable =
  '성인병|만성\\s*질환|생활\\s*습관병|염증\\s*(?:수치|반응)|당뇨|고혈압|저혈압|고지혈|동맥\\s*경화|심근\\s*경색|협심증|뇌졸중|뇌경색|뇌출혈|중풍|혈전|치매|알츠하이머|파킨슨|관절염|류마티스|골다공증|오십견|비염|천식|폐렴|기관지염|축농증|편도염|위염|위궤양|식도염|변비|치질|지방간|간염|간경화|간경변|(?:대장|위|폐|간|유방|췌장|전립선|갑상선|자궁|혈액)암|암\\s*세포|종양|아토피|건선|습진|질염|자궁(?:근종|내막)|감기\\s*(?:바이러스|약(?:이|입|$))|건망증|폐경|여드름|무좀|탈모|대상\\s*포진|방광염|요실금|신부전|생리통|다낭성|난임|불임|빈혈|백내장|녹내장|황반\\s*변성|난청|이명(?![가-힣]{2})|우울증|불면증|공황\\s*장애|adhd|자폐|성조숙증|수족\\s*냉증|코로나(?=[를을이\\s]*(?:이[겨기긴]|막|잡|예방|극복|방어|억제|저감|사멸))|헬리코박터|당화\\s*혈색소'

export const illnessNamed = new RegExp(`(?:${unmistakable})`, 'u')
/** An illness is named to warn, to send to a doctor, or for a good cause. */
export const illnessNamedInnocently: readonly RegExp[] = [
  ...illnessCautions,
  /(?:지나친|과도한)\s?(?:음주|섭취)[^.!?\n]{0,60}/u,
  new RegExp(
    `[^.!?\\n]{0,30}(?:${unmistakable})[^.!?\\n]{0,40}(?:상담|상의|주의|확인|피하|삼가|섭취하지|드시지|중단|문의|진료|병원|의약품|의심|정기\\s*검진|인식\\s*개선|환우|기부|후원|다큐|소설|드라마|영화)[^.!?\\n]{0,16}`,
    'u',
  ),
]

/** The form in which an ordinary food may speak of a function: «is known to help», with the disclaimer. */
export const functionalLabelling: readonly RegExp[] = [
  /[^.!?\n]{0,40}도움을?\s*줄\s*수\s*있다고\s*알려진[^.!?\n]{0,40}/u,
]
