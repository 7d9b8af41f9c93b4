import type { LimitReached } from '../../contracts/limits.ts'
import type { Locale } from '../../contracts/session.ts'
import type { Wording } from './wording.ts'

/** What is limited, as the subject of a sentence. */
const things: Record<string, Wording> = {
  principals: { 'ko-KR': '새 이용자 등록', 'en-US': 'new users' },
  sessions: { 'ko-KR': '새 대화', 'en-US': 'new conversations' },
  turns: { 'ko-KR': '메시지', 'en-US': 'messages' },
  edits: { 'ko-KR': '브리프 수정', 'en-US': 'edits of briefs' },
  handoffs: { 'ko-KR': '기기 연결', 'en-US': 'device links' },
  runs: { 'ko-KR': '생성 실행', 'en-US': 'runs' },
  runs_at_once: { 'ko-KR': '동시 생성 실행', 'en-US': 'runs at once' },
  exports: { 'ko-KR': '내보내기', 'en-US': 'exports' },
  assets: { 'ko-KR': '제작물', 'en-US': 'assets' },
  webhooks: { 'ko-KR': '웹훅 요청', 'en-US': 'requests about webhooks' },
  uploads: { 'ko-KR': '녹음 업로드', 'en-US': 'uploads' },
  transcription: { 'ko-KR': '음성 인식 시간(초)', 'en-US': 'seconds of speech' },
  synthesis: { 'ko-KR': '읽어 주는 글자 수', 'en-US': 'characters read aloud' },
  safety_checks: { 'ko-KR': '문구 검사', 'en-US': 'copy checks' },
  pages: { 'ko-KR': '읽는 웹페이지', 'en-US': 'fetched pages' },
}

const sharers: Record<LimitReached['scope'], Wording> = {
  principal: { 'ko-KR': '이 이용자', 'en-US': 'you' },
  address: { 'ko-KR': '같은 네트워크', 'en-US': 'your network' },
  deployment: { 'ko-KR': '서비스 전체', 'en-US': 'all users together' },
}

const units = [
  { seconds: 86_400, 'ko-KR': '일', 'en-US': 'day' },
  { seconds: 3_600, 'ko-KR': '시간', 'en-US': 'hour' },
  { seconds: 60, 'ko-KR': '분', 'en-US': 'minute' },
  { seconds: 1, 'ko-KR': '초', 'en-US': 'second' },
] as const

/** A span in the largest unit that leaves no rest, or, rounded up, in the largest that fits. */
const spanOf = (seconds: number, locale: Locale, exact: boolean): string => {
  const unit =
    units.find((each) => seconds >= each.seconds && (!exact || seconds % each.seconds === 0)) ??
    units[3]
  const count = Math.ceil(seconds / unit.seconds)
  return locale === 'ko-KR'
    ? `${count}${unit['ko-KR']}`
    : `${count} ${unit['en-US']}${count === 1 ? '' : 's'}`
}

/** What was reached, and when it goes on. */
export const limitMessage = (
  { name, scope, max, window_seconds }: LimitReached,
  retryAfter: number | undefined,
  locale: Locale,
): string => {
  const thing = things[name]?.[locale] ?? name
  const sharer = sharers[scope][locale]
  const wait = spanOf(Math.max(1, Math.ceil(retryAfter ?? 1)), locale, false)
  if (locale === 'ko-KR') {
    const most =
      window_seconds === null
        ? `한 번에 ${max}`
        : `${spanOf(window_seconds, locale, true)}에 ${max}`
    return `${thing} 한도에 도달했습니다(${sharer}, ${most}). ${wait} 뒤에 다시 시도해 주세요.`
  }
  const most =
    window_seconds === null
      ? `${max} for ${sharer}`
      : `${max} in ${spanOf(window_seconds, locale, true)} for ${sharer}`
  return `The limit on ${thing} is reached (${most}). Try again in ${wait}.`
}
