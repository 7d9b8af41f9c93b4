import {
  notDreamt,
  notReturning,
  ofWords,
  sparing,
  unlawful,
  untrue,
  unurged,
  yes,
} from './feigned-denials.ts'

/** UTF-16 units that are read before and after a match. */
const reach = 120

/** The stem of the match denied: `아이큐가 오르` + `지는 않아요`. A lasting quality may be claimed that way. */
const stemDenied =
  /^(?:[가-힣]{0,2})(?:지(?:는|도|를)?|진|질)\s?(?:않(?:아|습|겠|을게|는다|기|다)|못(?:합|해|한다|하)|마[세십라]|말)|^[가-힣]{0,3}(?:거나|이나)\s?[가-힣]{1,8}지(?:는)?\s?(?:않(?!을까)|못)/u
const holdsOut =
  /(?:새|깨|끊|변|식|녹|흔들|미끄러|넘어|다치|부러|찢어|늘어|줄어|벗겨|빠|상하|막히|지치|닳|썩|떨어|꺼|질리|실패|후회|포기|고장|아프|남|찌|생기|나타나|돌아오|걸리|나|끼|붓|늙)$/u

/** `고쳐 주진 않아요`, `오르지는 않아요`: a contrast denies. */
const contrasted =
  /^[가-힣\s]{0,14}?(?:(?:주|줄|되|시키|낫게\s?하|빼|없애|고치|막|키우|늘리|줄이|오르|자라|좋아지|빠지|낫|사라지|생기|나오|바뀌|달라지)(?:진|지는|지도|질)|(?:주|드리)지)\s?(?:않(?:아|습|는다)|못(?:해|합|한|하))/u
/** `인정받은 적이 없습니다`. */
const neverHappened = /^\s?(?:적|일|바)[이은도]?\s?(?:한\s?번도\s?|전혀\s?)?없/u
/** `성적이 오르는 책상은 없습니다`. */
const noSuch =
  /^(?:는|은|ㄴ)?\s?[가-힣]{1,6}\s?(?:은|는|이란|란)\s?(?:세상에\s?|어디에도\s?)?(?:없(?:습|어요|다|죠|지만)|아니(?:에요|고|라)|아닙)/u
const mishap = /(?:실패|고장|후회|실망|불만|환불|사고|부작용|탈이?|문제|아프|아픈|진|깨진|샌)\s?$/u

const notStaged =
  /^[가-힣\s,·'"’”]{0,16}?(?:은|는|이|가|을|를|도|로|처럼|같은|나|이나|\s)[^.!?\n]{0,24}?(?:등장(?:시키|하)?|나오|나타나|넣|쓰|보이|세우|내보내|내세우|출연(?:시키|하)?|사용하|섭외하|부르|빌리|그리|담|꺼내|만들|올리|찾아가|붙이|적|싣|다루|말하|이야기하|약속드리|말씀드리|언급하|주장하|기대하)지(?:는|도)?\s?(?:않(?:아|습|고|는|기)|말|마[세라십]|못)/u
const forbidden = new RegExp(
  String.raw`^[^.!?\n]{0,40}(?:${ofWords}금지(?:됩|입|된|됐|라|이|어|$|[.])|(?:법\s?)?위반|${unlawful}|금칙어|걸립니다|제재|과태료|처벌|폐기(?:했|합|하)|반려|못\s?(?:씁|써|드|합|해|하)|${unurged}안\s?(?:됩|돼|쓰|씁|써|합|해|하)|제외(?:했|합|하세|하기로|하자|해야|해\s?주)|삭제(?:했|합|해\s?주|하세|할\s?것|해야|$|[.])|뺐|뺍니다|빼\s?주세요|빼세요|뺄\s?것|지워\s?주|지우세요|지웠|지울\s?것|고쳐\s?주|바꿔\s?주|수정해|빼고\s?(?:다시|써)|걷어\s?냈)`,
  'u',
)
/** What is forbidden or taken out are words, and not the facts of a purchase. */
const words =
  /(?:문구|표현|단어|멘트|카피|시안|콘셉트|컨셉|광고|주장|약속|소문|기능성|말씀|이야기|얘기|자막|대사|컷|장면|영상|모델|배우|인물|소품|이미지|연출|배역|설정|태그)/u
/** The label of an advertisement speaks of no words. */
const label = /[([【<]\s?(?:유료\s?)?광고(?:\s?포함)?\s?[)\]】>]|#광고/gu

/** What an honest answer denies: an effect, an ability, a promise. */
const sober = String.raw`(?:효과|효능|기능|기능성|성분|근거|약속|보장|장담|마법|비법|(?:그런|그럴)\s?[가-힣]{1,4}|[된한]\s?(?:바|적|것|건))[은는이가도을를]?\s?(?:[가-힣]{1,5}\s)?(?:없|못|안\s?(?:합|해)|않)|(?:할|될|드릴|말할|낫게\s?할|고칠)\s?수[는가]?\s?없|못\s?(?:합|해[요서]|하[고니지]|드|씁|써)|(?:지는|진)\s?${notReturning}않|${unurged}안\s?(?:돼|됩|합|해[요서]|드)`

/** Said by others, and answered: `된다고요? 그건 과장이고`. */
const answered = new RegExp(
  String.raw`^[^.!?\n]{0,24}\?["'”’」』]{0,2}\s?(?!${yes})[^\n]{0,40}?(?:죄송|미안|아니[요오에고]|아뇨|${notDreamt}아닙|그건\s(?!사실|맞|당연|물론)|그럴\s?리|${untrue}|글쎄|솔직히[^.!?\n]{0,30}(?:못|안\s|않|없|아니|모르|모릅)|${sober})`,
  'u',
)
const asked = new RegExp(
  String.raw`^[가-힣\s'"”’]{0,16}(?:냐고|냐는|나고|나요|느냐|는지|물어보|물으|여쭤|문의)(?![^.!?\n]{0,12}\?["'”’]?\s?${yes})[^.!?\n]{0,30}(?:물|분|데|시|질문|문의)?[^\n]{0,50}?(?:${sober}|${notDreamt}(?:아니[에예요라고니]|아닙)|솔직히|다릅|모릅|(?:의사|병원|약사|전문)[가-힣]{0,4}\s?(?:[가-힣]{1,5}\s)?(?:상담|상의|문의|여쭤|물어|확인|진료|진단|판단|맡기|찾|가\s?보|가세요|우선|먼저))`,
  'u',
)
/** `면역력 이야기는 안 합니다`, `부기 빼 준다는 말씀은 못 드려요`. */
const unsaid =
  /^[^.!?\n]{0,14}(?<!(?:과장|거짓|허위)\s?)(?<!,\s?(?=광고))(?:이야기|얘기|말|말씀|소리|약속|장담|주장|표현|광고|기능|효과|효능|자랑)(?:은|는|을|를|도|까지)?\s?(?:절대\s?|일절\s?|감히\s?)?(?:안|못|드릴\s?수\s?없|할\s?수\s?없|하지\s?않|쓰지\s?않|없|아닙|아니|뺐|뺍)/u

/** `최고라고요?`: repeated, not said; unless a yes follows. */
const repeated =
  /^[가-힣\s]{0,8}[다라]고요?\?["'”’]?\s?(?!["'”’]?\s?(?:네|예[,.! ]|그럼|맞|물론|진짜|당연|믿|써\s?보|정말|사실입))/u
/** `국내 최초라고 쓰려다 뺐습니다`. */
const dropped =
  /^[^.!?\n]{0,8}(?:라고|다고|라는|다는)\s?[^.!?\n]{0,10}(?:쓰려|쓰고\s?싶|말하고\s?싶|하고\s?싶|적으려|적었다가|썼다가|하려|자랑하려)[^.!?\n]{0,30}(?:뺐|지웠|못|안|말았|참았|않|그만)/u
/** `샴푸보다 진료가 먼저예요`. */
const careFirst = new RegExp(
  String.raw`^[^.!?\n]{0,34}(?:진료|병원|의사|피부과|전문의|치과|소아과|약국|검진)[가이는은을를에도]{0,2}\s?(?:먼저|우선|부터|가\s?보|가\s?주|에\s?가)(?!${sparing})`,
  'u',
)

/** A goal, a list of what to check: the words stand for themselves. */
const goal =
  /(?:목표|kpi|지표|가설|okr|goals?|target|objective)\s?(?:\([^)\n]{0,12}\))?\s?(?:[:：=-]|[은는를로]\s)[^!?\n]{0,80}$|(?:금칙어|금지어|점검|체크리스트|교육\s?자료|사내\s?교육|심의\s?기준|가이드(?:라인)?|용어\s?설명|퀴즈|법령\s?안내)\s?[^.!?\n]{0,6}[:：][^\n]{0,80}$/u
/** `'무조건' 같은 말이 나오면 살펴보세요`. */
const warned =
  /^[^.!?\n]{0,12}(?:같은|라는|이라는|라고|이라고)\s?(?:말|표현|문구|단어|광고|하는)[이은는을가도]?[^.!?\n]{0,30}(?:살펴|의심|조심|확인|거르|걸러|피하|주의|신고|믿지|속지)/u
const quiz = /(?:다음\s?중|퀴즈|(?:^|\s)ox\s|quiz|true or false|which of these)[^\n]{0,70}$/u
const beforeGoal =
  /^[^.!?\n]{0,20}(?:진입|달성|도전|확보|유지)?(?:을|를|이|가)?\s?(?:목표(?:입니다|로|다|$)|달성하자|노린다|꿈(?:꾸|입니다|이에요))/u

const neverSay =
  /\b(?:never|do not|don.t|avoid|no|stop|cannot|can.t|won.t|wouldn.t|remove|delete|replace|ban(?:ned)?|without) (?:ever )?(?:us(?:e|ing)(?= (?:the )?(?:words?|terms?|phrases?|claims?|line)\b| ?["“'‘])|say(?:ing)?(?! (?:no|yes|goodbye|hello)\b)|writ(?:e|ing)|print(?:ing)?|claim(?:ing)?|promis(?:e|ing)|call(?:ing)?(?= (?:it|this|that|them|our|the (?:product|cream|serum))\b)|put(?:ting)?(?= ["“'‘]| (?:the )?(?:words?|terms?|phrases?|claims?)\b)|words?(?: like)?|phrases?(?: like)?|terms?(?: like)?|the (?:words?|phrases?|line|claim))\b[^.!?\n]{0,70}$|\b(?:instead of|rather than) ["“'][^.!?"\n]{0,20}$/u
const denied =
  /\b(?:not|never|isn.t|aren.t|won.t|don.t|doesn.t|can.t|cannot|didn.t|wasn.t|couldn.t|wouldn.t|neither|nor|no longer|far from|stops? short of|refuse to|(?:nobody|no one) can)(?: [a-z']{1,12}){0,3} ?["'“‘]?$/u
const undone =
  /\b(?:why|if|unless|wait|only|just|fail(?:s|ed|ing)?|more than|merely|simply|you.?ll|hesitate|forget|miss|stops?(?! short)|ceases?|believe|know|want you|let|ever (?:worry|need|suffer|have))\b[^.!?\n]{0,30}$/u
const reportedEn =
  /^[^.!?\n]{0,12}["'”’][^.!?\n]{0,24}\b(?:on a label|is not|isn.t|means? nothing|tells? you|really means?|proves? nothing|isn.t enough|should make you|makes? us|is banned|are banned|is a lie|we don.t|off the|out of the|is marketing)\b/u
const askedEn =
  /^[^!?\n]{0,50}\?\s?["'”’]?\s?(?:no(?=[.,;:!]| (?:it|we|cream|food|one|product|supplement)\b|$)|nope|not(?! (?:just|only|merely)\b)\b|sadly|we (?:can.t|don.t)(?! (?:just|only|stop)\b)|probably not|hardly|it (?:won.t|doesn.t|isn.t)(?! (?:just|only|stop|take|have to|get)\b)|ask (?:your|a|the) (?:doctor|physician|dermatologist|pharmacist|dentist|vet)|come on\b|that.s for you|you decide|nobody|depends)/u
/** `Is it the best chair ever? Sit in it and tell us`: a matter of taste. */
const triedOut = /^[^!?\n]{0,50}\?\s?["'”’]?\s?(?:sit|tell|ask|try|come)\b/u
const tastes =
  /\b(?:best|finest|fluent|(?:great|fast|cheap|strong|light|quiet|loud|soft|smooth|sweet|tasti|fresh|warm|cool|cut|comfi|cozi|fluffi|crispi)e(?:st|r))\b/u
/** The reader is offered what is asked for. */
const offered =
  /\b(?:want(?: to)?|ready to|looking to|need(?: to)?|how about|why not|time to|tired of|hoping to|trying to)\b[^.!?\n]{0,40}$/u
/** `… cures eczema faster`: a denial that praises. */
const outdoes =
  /^[a-z' ]{0,24}\b(?:faster|better|quicker|sooner|like (?:us|ours|this|we do)|as (?:fast|well|quickly)|more (?:quickly|gently|thoroughly))\b/u

/** `proven by whom?` */
const whose = /^(?: by)? (?:whom|what|who|which)\b[^?\n]{0,10}\?/u

const question = /^[^.!?\n]{0,60}\?/u

const lastOf = (head: string): string =>
  head.slice(Math.max(...['!', '?', '\n', '. '].map((mark) => head.lastIndexOf(mark))) + 1)

/** Whether a Korean sentence only speaks of the words of a match. */
const isHeldOffInKorean = (claim: string, sentence: string, after: string): boolean => {
  if (answered.test(after) || asked.test(after) || repeated.test(after)) return true
  if (claim.endsWith('고') && /^요?\?(?!\s?(?:네|그럼|맞|물론|진짜))/u.test(after)) return true
  if (question.test(after)) return false
  if (stemDenied.test(after) && !holdsOut.test(claim)) return true
  if (neverHappened.test(after) && !mishap.test(claim)) return true
  if (forbidden.test(after) && words.test(sentence.replace(label, ''))) return true
  if (warned.test(after)) return true
  if (
    noSuch.test(after) &&
    !/보다|만한/u.test(sentence) &&
    !holdsOut.test(claim) &&
    !mishap.test(claim)
  )
    return true
  return [contrasted, notStaged, unsaid, dropped, careFirst].some((frame) => frame.test(after))
}

/** Whether an English sentence only speaks of the words of a match. */
const isHeldOffInEnglish = (claim: string, head: string, after: string): boolean => {
  if (neverSay.test(head) || reportedEn.test(after)) return true
  if (whose.test(after)) return true
  if (askedEn.test(after)) return !offered.test(head)
  if (triedOut.test(after)) return tastes.test(claim) && !offered.test(head)
  return denied.test(head) && !undone.test(head) && !outdoes.test(after) && !question.test(after)
}

/**
 * Whether the sentence only speaks of the words of a match: forbids, denies, asks or teaches them.
 * `start` and `end`: the match in the plain view, UTF-16 units.
 */
export const isHeldOff = (text: string, start: number, end: number): boolean => {
  const claim = text.slice(start, end)
  const head = lastOf(text.slice(Math.max(0, start - reach), start))
  const after = text.slice(end, end + reach)
  const sentence = head + claim + (/^[^.!?\n]{0,60}/u.exec(after)?.[0] ?? '')
  return (
    goal.test(head) ||
    quiz.test(text.slice(Math.max(0, start - reach), start)) ||
    beforeGoal.test(after) ||
    isHeldOffInKorean(claim, sentence, after) ||
    isHeldOffInEnglish(claim, head, after)
  )
}
