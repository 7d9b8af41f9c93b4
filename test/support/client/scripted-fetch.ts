import { createStudio, type StudioOptions } from '../../../shared/client/index.ts'
import { createFakeClock, type FakeClock } from './fake-clock.ts'

interface Sent {
  method: string
  url: string
  headers: Record<string, string>
  body: unknown
  at: number
}
type Answer = Response | Error | 'hangs' | ((clock: FakeClock) => Response)

/** An answer in JSON. */
export const ok = (body: unknown = {}, status = 200): Response =>
  new Response(JSON.stringify(body), { status })
/** A problem as the server tells it. */
export const refused = (
  status: number,
  code: string,
  { retryable = true, headers = {}, ...more }: Record<string, unknown> = {},
): Response =>
  new Response(
    JSON.stringify({
      ...{ title: code, status, detail: 'Why.', instance: '/', request_id: 'req_1' },
      error: { code, message: '안 돼요.', retryable },
      ...more,
    }),
    { status, headers: headers as Record<string, string> },
  )

/** A studio that answers what is scripted, one after another. */
export const scripted = (answers: Answer[], options: StudioOptions = {}) => {
  const clock = createFakeClock()
  const sent: Sent[] = []
  const fetch = async (url: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const headers = Object.fromEntries(new Headers(init.headers))
    sent.push({
      method: init.method ?? '',
      url: String(url),
      headers,
      body: init.body,
      at: clock.now(),
    })
    const answer = answers[sent.length - 1]
    if (answer === undefined) throw new Error('Nothing was scripted.')
    if (answer === 'hangs') {
      return new Promise((_, reject) => {
        init.signal?.addEventListener('abort', () => reject(init.signal?.reason))
      })
    }
    if (answer instanceof Error) throw answer
    if (typeof answer === 'function') return answer(clock)
    return answer
  }
  const studio = createStudio({
    clock,
    fetch,
    random: () => 1,
    origin: 'https://s.test',
    ...options,
  })
  return { clock, sent, studio, session: studio.session('sess_1') }
}

/** How fetch fails without an answer. */
export const gone = new TypeError('fetch failed')
