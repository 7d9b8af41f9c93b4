/** Names of ailments that mean other things as well: strings, since they are put together. */

/** A burn, but neither `화상 회의` nor `화상 강의`. */
export const burn =
  '화상(?!\\s?(?:통화|회의|면접|채팅|수업|상담|강의|강연|강좌|영어|일본어|중국어|외국어|회화|미팅|과외|교육|레슨|연결|전화|대화|인터뷰|세미나|스터디|멘토링|캠|카메라|시스템|솔루션|플랫폼|진료|예배|모임|발표|키보드))'

/** A cold, but not hair or a cord that is wound around something. */
export const cold =
  '(?!(?<=(?:[이가]|카락|(?<![가-힣])(?:털|줄|실|끈|선|천)|안|잘|자꾸|자주|덜)\\s?)감기(?:[는지고면]|\\s?쉬))감기'

/** A spinal disc, but no disk of a computer or a car. */
export const disc =
  '(?<!(?:하드|플로피|가상|시스템|로컬|외장|ssd|hdd|브레이크|광|미니|콤팩트|컴팩트)\\s?)디스크(?!\\s?(?:조각|용량|공간|정리|드라이브|브레이크|자키|플레이어|이미지|복구|골프|관리|최적화|로터))'

/** What gives a headache in an office. */
const chores =
  '재고|업무|회의|정산|육아|세금|연말\\s?정산|서류|엑셀|일정|회계|급여|마케팅|견적|청소|집안일|숙제|비밀번호|가격|물류|발주'
/** A headache, but not `두통을 부르는 재고 관리`. */
export const headache = `두통(?![을를이]?\\s?(?:부르|유발하|일으키|안기|생기|나)는\\s?(?:[가-힣]{1,4}\\s)?(?:${chores}))`
