import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { chatRoutes } from '../../../shared/contracts/http/chat-routes.ts'
import { endpoint, httpHandler, type LocaleOf } from '../../../shared/platform/http-handler.ts'
import { minuteLeft, urlEvent } from '../../support/aws/function-url.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const route = chatRoutes.getSession
const request = {
  ...urlEvent('GET', '/api/chat/session/sess_00000000000000000000000000'),
  routeKey: `GET ${route.path}`,
  pathParameters: { session_id: 'sess_00000000000000000000000000' },
}

/** The language of the problem that a failing handler answers with. */
const answered = async (localeOf: LocaleOf, identify = async () => 'user_1' as string) => {
  const failing = endpoint(route, () => Promise.reject(new Error('The table is away.')))
  const handler = httpHandler([failing], { identify, localeOf })
  const answer = handler(structuredClone(request), minuteLeft)
  await vi.advanceTimersByTimeAsync(2000)
  const { statusCode, headers } = (await answer) as Awaited<ReturnType<typeof handler>>
  return [statusCode, headers?.['content-language']]
}

describe('a problem whose language cannot be found out', () => {
  it.each<[string, LocaleOf]>([
    ['the look-up fails', () => Promise.reject(new Error('The table is away.'))],
    ['the look-up does not end', () => new Promise(() => {})],
    ['there is nothing there', async () => undefined],
  ])('is told in Korean when %s', async (_, localeOf) => {
    expect(await answered(localeOf)).toEqual([500, 'ko-KR'])
  })

  it('is told in Korean when the caller is not known either', async () => {
    const forged = () => Promise.reject(new Error('The token is not valid.'))
    expect(await answered(async () => 'en-US', forged)).toEqual([500, 'ko-KR'])
  })

  it('is told in the language that was found otherwise', async () => {
    expect(await answered(async () => 'en-US')).toEqual([500, 'en-US'])
  })
})

it.each(['', '\ufeff'])(
  'a problem is told in the language of the session that was wanted (%j)',
  async (mark) => {
    const { createSession } = chatRoutes
    const never = endpoint(createSession, () => Promise.reject(new Error('not reached')))
    const event = urlEvent('POST', createSession.path)
    const body = `${mark}{"locale":"en-US","mode":"none"}`
    const handler = httpHandler([never], { identify: async () => undefined })
    const { statusCode, headers } = await handler(
      { ...event, routeKey: `POST ${createSession.path}`, body },
      minuteLeft,
    )
    expect([statusCode, headers?.['content-language']]).toEqual([422, 'en-US'])
  },
)
