import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { once } from '../../shared/clients/idempotency.ts'
import { StudioError } from '../../shared/contracts/errors.ts'
import { environmentNames } from '../../shared/platform/environment-names.ts'
import { newId } from '../../shared/platform/ids.ts'
import { startTableEngine, type TableEngine } from '../support/aws/table-engine.ts'
import { holds, type KeptCase, propertyLimit } from '../support/limits/properties.ts'

let engine: TableEngine
beforeAll(async () => {
  engine = await startTableEngine()
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', engine.endpoint)
  vi.stubEnv('AWS_REGION', 'eu-west-1')
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  vi.stubEnv(environmentNames.tableName, engine.tableName)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await engine.stop()
})

interface Request {
  principal: string
  inSession: boolean
  key: string
  content: string
  fails: boolean
  /** Whether the next request waits for this one's answer. */
  awaited: boolean
}
const request: fc.Arbitrary<Request> = fc.record({
  principal: fc.constantFrom('user_1', 'user_2'),
  inSession: fc.boolean(),
  key: fc.constantFrom('a', 'b'),
  content: fc.constantFrom('one', 'other'),
  fails: fc.boolean(),
  awaited: fc.boolean(),
})

const kept: KeptCase[] = [
  {
    seed: 7105,
    path: '3:1:5:7:7:0:1:2:2:2:0:2:2:3',
    when: 'the content of a key was ignored',
  },
  {
    seed: 7106,
    path: '35:1:4:5:4',
    when: 'a key was shared between callers',
  },
]

/** What the layer under test let through, by principal, session and key. */
interface Served {
  /** Scopes that are being served. */
  open: Set<string>
  answers: Map<string, { answer: string; content: string }[]>
}

const scopeOf = ({ principal, inSession, key }: Request): string =>
  `${principal} ${inSession} ${key}`

/** The work behind a key, which waits for the scheduler. */
const serve = async (
  { open, answers }: Served,
  scheduler: fc.Scheduler,
  request: Request,
  index: number,
): Promise<{ answer: string }> => {
  const scope = scopeOf(request)
  expect(open, 'one key is served twice at once').not.toContain(scope)
  open.add(scope)
  await scheduler.schedule(Promise.resolve(), `serve ${index}`)
  open.delete(scope)
  if (request.fails) throw new StudioError('UPSTREAM_ERROR', 'No.')
  const answer = `answer ${index}`
  answers.set(scope, [...(answers.get(scope) ?? []), { answer, content: request.content }])
  return { answer }
}

/** What a refusal may say of a request. */
const expectReason = ({ answers }: Served, request: Request, error: unknown): void => {
  if (!(error instanceof StudioError)) throw error
  if (error.code === 'UPSTREAM_ERROR') expect(request.fails).toBe(true)
  else if (error.code === 'IDEMPOTENCY_CONFLICT') {
    const [first] = answers.get(scopeOf(request)) ?? []
    expect(first?.content ?? 'in flight').not.toBe(request.content)
  } else expect(error.code).toBe('REQUEST_IN_FLIGHT')
}

/** Sends the requests in the order and at the times that were drawn; resolves when all are answered. */
const play = async (scheduler: fc.Scheduler, requests: Request[], served: Served) => {
  const session = newId('sess')
  const ask = async (request: Request, index: number): Promise<void> => {
    const { principal, inSession, key, content } = request
    const sessionId = inSession ? session : undefined
    const named = { principal, sessionId, key: `${session} ${key}`, content }
    try {
      const got = await once(named, () => serve(served, scheduler, request, index))
      const [first] = served.answers.get(scopeOf(request)) ?? []
      expect(got).toEqual({ answer: first?.answer })
      expect(content).toBe(first?.content)
    } catch (error) {
      expectReason(served, request, error)
    }
  }
  // All are waited for before one that failed is reported, so that none is left without a handler.
  const asked: Promise<PromiseSettledResult<void>[]>[] = []
  for (const [index, each] of requests.entries()) {
    const answer = Promise.allSettled([ask(each, index)])
    asked.push(answer)
    if (each.awaited) await answer
  }
  for (const result of (await Promise.all(asked)).flat()) {
    if (result.status === 'rejected') throw result.reason
  }
}

// The layer under test speaks to DynamoDB itself, so these run on the engine, and only the work that
// is served waits for the scheduler.
it('a key is served once and answered alike; a failure is forgotten, other content refused', {
  timeout: propertyLimit(),
}, async () => {
  await holds(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(request, { minLength: 2, maxLength: 7 }),
      async (scheduler, requests) => {
        const served: Served = { open: new Set(), answers: new Map() }
        await scheduler.waitFor(play(scheduler, requests, served))
        for (const answers of served.answers.values()) expect(answers).toHaveLength(1)
      },
    ),
    { kept, short: 60, full: 1000 },
  )
})

it('an answer that no record holds is answered all the same', async () => {
  const answer = { text: 'a'.repeat(500_000) }
  const named = { principal: 'user_1', key: newId('sess'), content: 'one' }
  expect(await once(named, async () => answer)).toEqual(answer)
})
