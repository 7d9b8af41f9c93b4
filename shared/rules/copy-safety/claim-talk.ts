import { unlawful } from './feigned-denials.ts'

/** UTF-16 units that are read before and after a match. */
const reach = 110

/** Nouns for what is said, as opposed to what is done. */
const speech =
  '광고|문구|표현|말|카피|멘트|약속|주장|홍보|소문|상술|수식어|단어|문장|타이틀|제목|기사|글|썸네일|후기|리뷰|자막|인증|마케팅|영업|권유|제안|전화|문자|dm'
const speaking = `["'”’」』]{0,2}\\s?(?:이?라는|이?라고\\s?(?:하는|쓴|적힌|쓰인|외치는|속이는|부추기는)|같은|식의|운운하는|류의|처럼\\s?보이는|하는|한다는|된다는|준다는|내건|내세운)?\\s?(?:흔한\\s?|과장\\s?|허위\\s?|거짓\\s?|낚시성?\\s?|그런\\s?)?(?:${speech})`

/** A claim that is taken as a subject: why such an ad is dangerous, how to tell, check its grounds. */
const discussed = new RegExp(
  `^[가-힣\\s]{0,8}${speaking}[은는이가도를을의에로만와과,]{0,2}[^.!?\\n]{0,24}?(?:왜\\s?(?:위험|문제|나쁜|안\\s?되|조심|거짓|틀린|불법)|믿어도|믿기\\s?전|근거(?:부터|를|가|는)|의심|구별|구분|골라\\s?내|가려\\s?내|걸러|거르|속지|속는|피하|판별|따져|위험(?:한|합|해)|문제(?:가|입|인|점)|함정|허점|${unlawful}|위반|처벌|과태료|과징금|시정|제재|적발|신고|사기(?:입|예|일|를|에)|(?<!(?:복제품?|유사품|모조품|도용|파손|품절)\\s?)주의|조심|무시하|차단|경고|살펴보|분석|읽는\\s?법|안\\s?(?:씁|써|합|해|믿)|(?:쓰|하|드리|믿)지\\s?(?:는\\s?)?(?:않(?!을까|나요)|마|말|못)|(?:드릴|할|쓸)\\s?수\\s?[는가도]?\\s?없|못\\s?(?:합|해|드|씁|써))`,
  'u',
)

/** `가짜 후기 골라내는 법`, `허위 매물 피하는 법`: what protects a buyer. */
const guide =
  /^[은는이가도를을에\s]{0,3}(?:[가-힣]{1,6}\s){0,2}?(?:골라\s?내|가려\s?내|걸러\s?내|걸러|거르|구별하|구분하|판별하|알아보|알아채|알아내|찾아\s?내|잡아\s?내|피하|막|당하지\s?않|속지\s?않|대처하|신고하|예방하|의심하|따져\s?보|감별하|탐지하|차단하|방지하)[가-힣]{0,4}\s?(?:법|방법|기준|팁|요령|체크\s?리스트|안내|강의|강좌|가이드|비결|앱|서비스|시스템|기능|기술|교육|특강|웨비나|세미나|책|수업|곳|브랜드|이유|습관|눈|힘|솔루션|대책|캠페인|센터|프로그램)/u

/** `결과를 장담하는 곳은 피하세요` */
const shunned =
  /^[가-힣]{0,2}(?:하는|한다는|된다는|준다는|해\s?준다는|이라는|라는|이라고\s?하는|라고\s?하는|내세우는|약속하는|파는)?\s?(?:곳|데|업체|사람|학원|가게|앱|회사|변호사|병원|코치|강사|전문가|판매자|상품|제품|서비스)(?:은|는|을|를|이라면|부터|일수록)\s?(?:[가-힣]{1,4}\s)?(?:피하|조심|의심|멀리|믿지|주의|거르|걸러)/u

/** `라고 쓰면 잘 팔린대요. … 안 씁니다` */
const declined =
  /^(?:[가-힣]{0,4}|[가-힣\s]{0,12}["'”’」』]{1,2})\s?(?:이?라고|다고|고)\s?(?:쓰|적|하|말하|광고하|홍보하|자랑하|붙이|떠들|우기|외치)[^\n]{0,70}?(?:안\s?(?:씁|써|합|해|적|믿|붙)|(?:쓰|적|하|붙이|말하|믿|드리)지\s?(?:는\s?)?(?:않(?!을까|나요)|말|마|못)|못\s?(?:씁|써|합|해|드)|할\s?수\s?없|쓸\s?수\s?없|거짓말|사실이\s?아|받은\s?적|없어서|아니라서|아니니까|아니거든|과장이)/u

/** A dream, an aim or a wish is no boast: `세계 최초를 꿈꾸는`. */
const wished =
  /^[^.!?\n,]{0,8}?(?:[를을이가의로에까지도]{0,2})\s?(?:[가-힣]{1,6}\s)?(?:꿈꾸|꿈꾼|꿈을|꿈입|꿈이|바라보|향해|향한|향하|도전하|도전합|도전해|도전을|노립|노리|노려|목표|되고\s?싶|되는\s?그날|될\s?때까지|되기\s?위|되겠|되려|되길|만들고\s?싶|만들겠|만들기\s?위|위해\s?(?:노력|달리|연구|애쓰|뛰)|아니어도|아니라도|아니더라도|못\s?되어도|[가-힣]{0,2}\s?[가-힣]{1,6}도\s?아니|보다\s?(?:중요|소중|먼저)|응원|기원|부럽지)/u
/** Before the match: `언젠가`, `목표:`. */
const future = /(?:언젠가|훗날|\d{4}년까지|목표는?\s?[:은]?|비전\s?[:은]?)\s?[^.!?\n]{0,20}$/u
const ranks = /최초|최고|최대|최다|최강|1위|일위|1등|일등|유일|넘버|no|으뜸|정상|선도|글로벌|\d/u

/** Asked of the reader and then answered soberly: `정말 최저가일까요? 비교해 드립니다`. */
const doubted =
  /^[^.!?\n]{0,10}(?:일까요?|인가요|이?라고요|이?라구요|이?라니|맞나요|맞을까요|믿으세요|믿나요|믿어도\s?될까요|정말인가요|진짜인가요|사실인가요)\?/u

const sentenceHead = (text: string, start: number): string => {
  const head = text.slice(Math.max(0, start - reach), start)
  return head.slice(Math.max(...['!', '?', '\n', '. '].map((mark) => head.lastIndexOf(mark))) + 1)
}

/** `가짜 문의에 속지 마세요`: a warning of what others do. */
const warned =
  /^[가-힣]{0,3}[^.!?\n]{0,20}?(?:속지\s?마|주의하세|주의해|조심하세|조심해|의심하세|의심해|신고해\s?주|신고하세|신고\s?바랍|걸러\s?내세|피하세|당하지\s?마|뿌리\s?뽑|근절|추방|퇴출|금지합|금지됩|제재합|제재됩|처벌\s?(?:받|대상)|불법입|위법입|사기입니다|사기예요)/u

const feigned =
  /후기|리뷰|문자|전화|매물|계정|사이트|링크|문의|알바|대출|투자|당첨|광고|공고|메일|구매|주문|리딩방|사기|피싱|스미싱/u

/** Whether a claim is only spoken of: discussed, taught, declined, wished for or doubted. */
export const isSpokenOf = (
  text: string,
  { start, end }: { start: number; end: number },
): boolean => {
  const after = text.slice(end, end + reach)
  const claim = text.slice(start, end)
  return (
    discussed.test(after) ||
    guide.test(after) ||
    shunned.test(after) ||
    declined.test(after) ||
    doubted.test(after) ||
    (warned.test(after) && feigned.test(claim)) ||
    (ranks.test(claim) && (wished.test(after) || future.test(sentenceHead(text, start))))
  )
}
