import type { LimitReached } from '../../contracts/limits.ts'
import type { ErrorCode } from '../../contracts/problems.ts'
import type { Locale } from '../../contracts/session.ts'
import type { CapName } from '../../contracts/spend.ts'
import { limitMessage } from './limits.ts'
import type { Wording } from './wording.ts'

/** For each code, what went wrong and what to do about it. */
const errorWording: Record<ErrorCode, Wording> = {
  INVALID_INPUT: {
    'ko-KR': '입력값이 올바르지 않습니다. 표시된 항목을 고쳐 다시 보내 주세요.',
    'en-US': 'Some of the input is not valid. Correct the named fields and send it again.',
  },
  MALFORMED_JSON: {
    'ko-KR': '요청 본문이 올바른 JSON이 아닙니다.',
    'en-US': 'The body of the request is not valid JSON.',
  },
  NOT_UTF8: {
    'ko-KR': '요청이 UTF-8로 되어 있지 않습니다. 인코딩을 UTF-8로 바꿔 다시 보내 주세요.',
    'en-US': 'The request is not encoded in UTF-8. Change its encoding and send it again.',
  },
  UNAUTHORIZED: {
    'ko-KR':
      '유효한 토큰이 필요합니다. 다시 로그인하거나, 로그인이 없는 서비스라면 새 세션을 만들어 주세요.',
    'en-US':
      'A valid token is needed. Sign in again, or start a session where there is no sign-in: that gives you one.',
  },
  FORBIDDEN: {
    'ko-KR': '이 세션은 읽기만 할 수 있습니다. 변경은 소유자만 할 수 있습니다.',
    'en-US': 'You may read this session. Only its owner may change it.',
  },
  IDENTITY_UNAVAILABLE: {
    'ko-KR':
      '로그인 서비스가 응답하지 않아 토큰을 확인하지 못했습니다. 잠시 뒤 다시 시도해 주세요.',
    'en-US':
      'The sign-in service does not answer, so your token could not be checked. Try again in a moment.',
  },
  ROUTE_NOT_FOUND: {
    'ko-KR': '없는 주소입니다.',
    'en-US': 'There is nothing at this address.',
  },
  METHOD_NOT_ALLOWED: {
    'ko-KR': '이 주소에서 지원하지 않는 메서드입니다.',
    'en-US': 'This address does not support that method.',
  },
  SESSION_NOT_FOUND: {
    'ko-KR': '세션을 찾을 수 없습니다.',
    'en-US': 'There is no such session.',
  },
  RUN_NOT_FOUND: { 'ko-KR': '실행을 찾을 수 없습니다.', 'en-US': 'There is no such run.' },
  JOB_NOT_FOUND: { 'ko-KR': '작업을 찾을 수 없습니다.', 'en-US': 'There is no such job.' },
  EXPORT_NOT_FOUND: {
    'ko-KR': '내보낸 파일을 찾을 수 없습니다.',
    'en-US': 'There is no such export.',
  },
  ASSET_NOT_FOUND: { 'ko-KR': '제작물을 찾을 수 없습니다.', 'en-US': 'There is no such asset.' },
  WEBHOOK_NOT_FOUND: {
    'ko-KR': '웹훅이나 전송 기록을 찾을 수 없습니다.',
    'en-US': 'There is no such webhook, or no such delivery.',
  },
  HANDOFF_NOT_FOUND: {
    'ko-KR': '기기 연결 링크가 이미 쓰였거나 만료되었습니다. 처음 기기에서 새로 만들어 주세요.',
    'en-US': 'This device link was used or has expired. Make a new one on the first device.',
  },
  IDENTITY_CONFLICT: {
    'ko-KR':
      '이 기기에는 이미 다른 대화가 있습니다. 이어받으면 여기서는 더 이상 그 대화를 볼 수 없습니다.',
    'en-US':
      'This device has conversations of its own. Taking over means that they can no longer be seen here.',
  },
  UPLOAD_NOT_FOUND: {
    'ko-KR': '업로드한 파일을 찾을 수 없습니다. 다시 올려 주세요.',
    'en-US': 'There is no such upload. Upload the file again.',
  },
  GATE_NOT_READY: {
    'ko-KR': '브리프가 아직 완성되지 않았습니다. 남은 항목을 대화로 채워 주세요.',
    'en-US': 'The brief is not complete yet. Tell us what is still missing in the chat.',
  },
  TURN_IN_PROGRESS: {
    'ko-KR': '이전 메시지에 답하는 중입니다. 답변이 끝난 뒤 다시 보내 주세요.',
    'en-US': 'The previous message is still being answered. Send yours again after that.',
  },
  RUN_IN_PROGRESS: {
    'ko-KR': '이미 생성이 진행 중입니다. 끝난 뒤 다시 시도해 주세요.',
    'en-US': 'A run is already going on. Try again when it has finished.',
  },
  RUN_NOT_READY: {
    'ko-KR': '이 실행에는 아직 제작에 필요한 결과가 없습니다. 생성이 끝나면 제작할 수 있습니다.',
    'en-US':
      'This run has not written what the assets are made from. They can be made when it has finished.',
  },
  RUN_NOT_RESUMABLE: {
    'ko-KR': '실패한 실행만 이어서 진행할 수 있습니다.',
    'en-US': 'Only a run that failed can be resumed.',
  },
  RUN_NOT_REVISABLE: {
    'ko-KR':
      '그 단계 앞의 결과가 모두 있어야 다시 쓸 수 있습니다. 먼저 실행을 끝까지 진행해 주세요.',
    'en-US':
      'A part can be written again once everything before it is there. Let the run finish first.',
  },
  STOPPED: {
    'ko-KR': '요청하신 대로 답변을 멈췄습니다.',
    'en-US': 'The answer was stopped as you asked.',
  },
  REQUEST_IN_FLIGHT: {
    'ko-KR': '같은 키의 요청이 아직 처리되고 있습니다. 잠시 뒤 다시 시도해 주세요.',
    'en-US': 'A request with the same key is still being served. Try again in a moment.',
  },
  IDEMPOTENCY_CONFLICT: {
    'ko-KR': '같은 키로 다른 요청이 이미 처리되었습니다.',
    'en-US': 'The same key was already used with another request.',
  },
  PAYLOAD_TOO_LARGE: {
    'ko-KR': '보낸 내용이 너무 큽니다.',
    'en-US': 'What was sent is too large.',
  },
  UNSUPPORTED_MEDIA: {
    'ko-KR': '지원하지 않는 형식입니다.',
    'en-US': 'This format is not supported.',
  },
  TRANSCRIPT_EMPTY: {
    'ko-KR': '말씀을 알아듣지 못했습니다. 다시 말씀해 주시거나 글로 입력해 주세요.',
    'en-US': 'No words could be made out. Please speak again, or type your message.',
  },
  TRANSCRIPTION_FAILED: {
    'ko-KR': '음성을 글로 옮기지 못했습니다. 다시 시도하시거나 글로 입력해 주세요.',
    'en-US': 'Your speech could not be turned into text. Try again, or type your message.',
  },
  RATE_LIMITED: {
    'ko-KR': '요청이 몰리고 있습니다. 잠시 뒤 다시 시도해 주세요.',
    'en-US': 'There are too many requests right now. Try again in a moment.',
  },
  BUDGET_EXCEEDED: {
    'ko-KR': '비용 한도에 도달했습니다. 서비스 운영자에게 알려 주세요.',
    'en-US': 'The spend limit is reached. Tell the operator of this service.',
  },
  TURN_TIMEOUT: {
    'ko-KR': '답변이 제시간에 오지 않았습니다. 메시지는 보관되어 있으니 다시 시도해 주세요.',
    'en-US': 'The answer did not come in time. Your message is kept; try again.',
  },
  RESEARCH_TIMEOUT: {
    'ko-KR': '시장 조사가 제시간에 끝나지 않았습니다. 이 단계부터 다시 시작할 수 있습니다.',
    'en-US': 'The research did not finish in time. The run can go on from this stage.',
  },
  STAGE_TIMEOUT: {
    'ko-KR': '이 단계가 제시간에 끝나지 않았습니다. 이 단계부터 다시 시작할 수 있습니다.',
    'en-US': 'This stage did not finish in time. The run can go on from it.',
  },
  MEDIA_TIMEOUT: {
    'ko-KR': '미디어 생성이 제시간에 끝나지 않았습니다. 다시 요청해 주세요.',
    'en-US': 'The media were not made in time. Ask for them again.',
  },
  UPSTREAM_ERROR: {
    'ko-KR': 'AI 서비스가 응답하지 못했습니다. 잠시 뒤 다시 시도해 주세요.',
    'en-US': 'The AI service could not answer. Try again in a moment.',
  },
  MODEL_REFUSED: {
    'ko-KR': 'AI가 이 요청에 답하기를 거절했습니다. 내용을 바꿔 다시 시도해 주세요.',
    'en-US': 'The AI declined this request. Change what you ask for and try again.',
  },
  SCHEMA_VALIDATION_FAILED: {
    'ko-KR': 'AI의 답이 정해진 형식을 지키지 못했습니다. 다시 시도해 주세요.',
    'en-US': 'The answer of the AI did not keep to its form. Try again.',
  },
  COPY_SAFETY_REJECTED: {
    'ko-KR':
      '광고 문구가 광고 관련 법의 규칙에 두 번 걸려 내보내지 않았습니다. 브리프의 표현을 확인하고 이 단계부터 다시 시작해 주세요.',
    'en-US':
      'The ad copy met rules of advertising law twice and was not delivered. Check the wording of the brief and go on from this stage.',
  },
  CAPABILITY_NOT_CONFIGURED: {
    'ko-KR': '이 기능은 아직 설정되지 않았습니다.',
    'en-US': 'This capability is not configured.',
  },
  INTERNAL_ERROR: {
    'ko-KR': '서버에서 문제가 생겼습니다. 다시 시도해 주세요.',
    'en-US': 'Something failed on our side. Try again.',
  },
}

/** The same where trying again as is makes no sense, although it usually does with the code. */
const finalWording: Partial<Record<ErrorCode, Wording>> = {
  IDENTITY_UNAVAILABLE: {
    'ko-KR': '로그인 서비스로 토큰을 확인할 수 없습니다. 서비스 운영자에게 알려 주세요.',
    'en-US':
      'Your token cannot be checked with the sign-in service. Tell the operator of this service.',
  },
  TRANSCRIPTION_FAILED: {
    'ko-KR': '이 음성은 글로 옮길 수 없습니다. 글로 입력해 주세요.',
    'en-US': 'This speech cannot be turned into text. Type your message instead.',
  },
  RATE_LIMITED: {
    'ko-KR': 'AI 서비스의 사용 한도가 모두 소진되었습니다. 서비스 운영자에게 알려 주세요.',
    'en-US': 'The quota of the AI service is used up. Tell the operator of this service.',
  },
  TURN_TIMEOUT: {
    'ko-KR': '답변이 제시간에 오지 않았습니다. 메시지는 보관되어 있습니다.',
    'en-US': 'The answer did not come in time. Your message is kept.',
  },
  UPSTREAM_ERROR: {
    'ko-KR': 'AI 서비스가 이 요청을 받아들이지 않았습니다. 서비스 운영자가 설정을 확인해야 합니다.',
    'en-US':
      'The AI service does not accept this request. The operator of this service has to check its settings.',
  },
  SCHEMA_VALIDATION_FAILED: {
    'ko-KR': 'AI의 답이 정해진 형식을 지키지 못했습니다.',
    'en-US': 'The answer of the AI did not keep to its form.',
  },
  INTERNAL_ERROR: {
    'ko-KR': '서버에서 문제가 생겼습니다. 서비스 운영자에게 알려 주세요.',
    'en-US': 'Something failed on our side. Tell the operator of this service.',
  },
}

/** The same of `BUDGET_EXCEEDED`, by the cap that has no room. */
const capWording: Record<CapName, Wording> = {
  run: {
    'ko-KR':
      '이 실행에 쓸 수 있는 비용 한도에 도달했습니다. 완성된 단계는 보관되어 있으니, 운영자가 한도를 올린 뒤 이어서 진행할 수 있습니다.',
    'en-US':
      'The spend limit of this run is reached. What was finished is kept: the run can go on when the operator has raised the limit.',
  },
  principal_day: {
    'ko-KR':
      '오늘 쓸 수 있는 비용 한도에 도달했습니다. 한도는 매일 00:00(UTC, 한국 시간 오전 9시)에 초기화되니 그 뒤에 이어서 진행해 주세요.',
    'en-US':
      'Your spend limit for today is reached. It starts anew at 00:00 UTC; go on after that.',
  },
  deployment_day: {
    'ko-KR':
      '오늘 이 서비스 전체의 비용 한도에 도달했습니다. 한도는 매일 00:00(UTC, 한국 시간 오전 9시)에 초기화되니 그 뒤에 이어서 진행해 주세요.',
    'en-US':
      'The spend limit of this service for today is reached. It starts anew at 00:00 UTC; go on after that.',
  },
}

/** What of a failure its wording depends on. */
interface Worded {
  code: ErrorCode
  retryable: boolean
  /** Of `BUDGET_EXCEEDED`. */
  cap?: CapName | undefined
  /** Of a limit of ours, and the seconds until it goes on. */
  limit?: LimitReached | undefined
  retryAfter?: number | undefined
}

/** What a user reads of a failure: it suggests another try only where one makes sense. */
export const errorMessage = (
  { code, retryable, cap, limit, retryAfter }: Worded,
  locale: Locale,
): string => {
  if (limit) return limitMessage(limit, retryAfter, locale)
  const wording =
    (cap ? capWording[cap] : undefined) ??
    (retryable ? undefined : finalWording[code]) ??
    errorWording[code]
  return wording[locale]
}
