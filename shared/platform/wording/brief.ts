import type { FieldRule } from '../../contracts/problems.ts'
import type { Wording } from './wording.ts'

/** Why a value of the brief is refused, and what to do about it. */
export const refusedValue = {
  LINK: {
    'ko-KR': '이 항목에는 링크를 넣을 수 없습니다. 링크를 지우고 다시 저장해 주세요.',
    'en-US': 'This entry cannot hold a link. Remove the link and save it again.',
  },
  MODEL_INSTRUCTION: {
    'ko-KR': 'AI에게 하는 지시는 넣을 수 없습니다. 제품에 관한 내용만 적어 다시 저장해 주세요.',
    'en-US':
      'This entry cannot hold an instruction to an AI. Write about the product alone and save it again.',
  },
} as const satisfies Partial<Record<FieldRule, Wording>>
