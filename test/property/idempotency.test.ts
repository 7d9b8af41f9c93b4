import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { once } from '../../shared/clients/idempotency.ts'
import { StudioError } from '../../shared/contracts/errors.ts'
import { environmentNames } from '../../shared/platform/environment-names.ts'
import { newId } from '../../shared/platform/ids.ts'
import { startTableEngine, type TableEngine } from '../support/aws/table-engine.ts'
import { holds, type KeptCase } from '../support/simulation/kept-cases.ts'

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

const request = fc.record({
  principal: fc.constantFrom('user_1', 'user_2'),
  inSession: fc.boolean(),
  key: fc.constantFrom('a', 'b'),
  content: fc.constantFrom('one', 'other'),
  fails: fc.boolean(),
  /** Whether the next request waits for this one's answer. */
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

// The layer under test speaks to DynamoDB itself, so these run on the engine, and only the work that
// is served waits for the scheduler.
it('serves a key once, answers it alike, forgets what failed and refuses other content', {
  timeout: 120_000,
}, async () => {
  await holds(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(request, { minLength: 2, maxLength: 7 }),
      async (scheduler, requests) => {
        const session = newId('sess')
        const serving = new Set<string>()
        const served = new Map<string, { answer: string; content: string }[]>()
        const ask = async (index: number, asked: (typeof requests)[number]): Promise<void> => {
          const { principal, inSession, key, content, fails } = asked
          const sessionId = inSession ? session : undefined
          const scope = `${principal} ${inSession} ${key}`
          const named = `${session} ${key}`
          const serve = async (): Promise<{ answer: string }> => {
            expect(serving, 'one key is served twice at once').not.toContain(scope)
            serving.add(scope)
            await scheduler.schedule(Promise.resolve(), `serve ${index}`)
            serving.delete(scope)
            if (fails) throw new StudioError('UPSTREAM_ERROR', 'No.')
            const answer = `answer ${index}`
            served.set(scope, [...(served.get(scope) ?? []), { answer, content }])
            return { answer }
          }
          try {
            const got = await once({ principal, sessionId, key: named, content }, serve)
            const [first] = served.get(scope) ?? []
            expect(got).toEqual({ answer: first?.answer })
            expect(content).toBe(first?.content)
          } catch (error) {
            if (!(error instanceof StudioError)) throw error
            if (error.code === 'UPSTREAM_ERROR') expect(fails).toBe(true)
            else if (error.code === 'IDEMPOTENCY_CONFLICT') {
              expect(served.get(scope)?.[0]?.content ?? 'in flight').not.toBe(content)
            } else expect(error.code).toBe('REQUEST_IN_FLIGHT')
          }
        }
        const all = async (): Promise<void> => {
          const asked: Promise<void>[] = []
          for (const [index, each] of requests.entries()) {
            const answer = ask(index, each)
            asked.push(answer)
            if (each.awaited) await answer
          }
          await Promise.all(asked)
        }
        await scheduler.waitFor(all())
        for (const answers of served.values()) expect(answers).toHaveLength(1)
      },
    ),
    { kept, runs: 1000 },
  )
})
