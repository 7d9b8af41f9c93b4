import { describe, expect, test } from 'vitest'
import { type ErrorCode, errorCodes } from '../../../shared/contracts/problems.ts'
import { errorMessage } from '../../../shared/platform/wording/failures.ts'

const locales = ['ko-KR', 'en-US'] as const
/** They end by themselves, so that they can always be tried again. */
const passing: ErrorCode[] = ['TURN_IN_PROGRESS', 'RUN_IN_PROGRESS', 'REQUEST_IN_FLIGHT']
/** Its wording asks for another request, not for the same again. */
const changing: ErrorCode[] = ['MODEL_REFUSED']

describe.each(locales)('what a user reads in %s', (locale) => {
  test.each(errorCodes.filter((code) => ![...passing, ...changing].includes(code)))(
    'of %s suggests no other try where none makes sense',
    (code) => {
      expect(errorMessage({ code, retryable: false }, locale)).not.toMatch(
        /다시 시도|try again|in a moment|잠시 뒤/i,
      )
    },
  )
})
