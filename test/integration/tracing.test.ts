import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Trace } from '../../local/traces/trace-assembly.ts'
import { traceLines } from '../../local/traces/trace-tree.ts'
import { stageNames } from '../../shared/contracts/agents.ts'
import { eventually } from '../support/limits/eventually.ts'
import { finishedRun } from '../support/media/asset-client.ts'
import { answers } from '../support/model-server/answers.ts'
import { waitForEvent } from '../support/studio/client.ts'
import { readySession, type Studio, scriptRun, startStudioOn } from '../support/studio/studio.ts'

let studio: Studio
const traces = new Map<string, Trace>()

beforeAll(async () => {
  studio = await startStudioOn(inject('synthesis'), {}, undefined, undefined, (trace) => {
    const [first] = trace
    if (first) traces.set(first.trace_id, trace)
  })
})
afterAll(() => studio.stop())

/** The one trace that begins with a request to this route, of this session or run. */
const traceOf = (route: string, id: string): Promise<Trace> =>
  eventually(() => {
    const found = [...traces.values()].filter((trace) =>
      trace.some(
        ({ name, annotations = {} }) =>
          name.includes(route) && Object.values(annotations).includes(id),
      ),
    )
    expect(found).toHaveLength(1)
    return found[0] ?? []
  })

const namesIn = (trace: Trace): string[] => trace.map(({ name }) => name)

/** Every document's way up ends at the one that has nothing above it. */
const expectConnected = (trace: Trace): void => {
  const ids = new Set(trace.map(({ id }) => id))
  expect(trace.filter(({ parent_id }) => parent_id === undefined)).toHaveLength(1)
  expect(trace.filter(({ parent_id }) => parent_id !== undefined && !ids.has(parent_id))).toEqual(
    [],
  )
}

/** Names from a document up to the root. */
const wayUp = (trace: Trace, from: string): string[] => {
  const found = trace.find(({ name }) => name === from)
  const up = (id: string | undefined): string[] => {
    const above = trace.find((one) => one.id === id)
    return above ? [above.name, ...up(above.parent_id)] : []
  }
  return up(found?.parent_id)
}

test('a run is one trace, from its request to each call of the model', async () => {
  const { client, sessionId } = await readySession(studio)
  scriptRun(studio.model)
  const { body } = await client.post(`/api/runs/${sessionId}/generate`)
  await waitForEvent(client, sessionId, ({ type }) => type === 'run.completed')

  const trace = await traceOf('/generate', body.run_id)
  expectConnected(trace)
  expect(namesIn(trace)).toEqual(
    expect.arrayContaining([
      'HttpRuns',
      'request POST /api/runs/:session_id/generate',
      `execution ${body.run_id}-1`,
      'start execution',
      'table commit',
      'return token',
      ...stageNames.flatMap((stage) => [`stage ${stage}`, `model call ${stage}`]),
    ]),
  )
  // One worker goes through the stages, from the message of the first on.
  expect(wayUp(trace, 'model call strategy')).toEqual([
    'stage strategy',
    'message research',
    'RUN_RESEARCH',
    `execution ${body.run_id}-1`,
    'request POST /api/runs/:session_id/generate',
    'HttpRuns',
  ])
  expect(traceLines(trace).join('\n')).toMatch(/stage voice .+ms/)
})

test('a typed turn is one trace, with its commits and its call of the model', async () => {
  const { sessionId } = await readySession(studio)
  const trace = await traceOf('/message', sessionId)
  expectConnected(trace)
  expect(namesIn(trace)).toEqual(expect.arrayContaining(['model call planner', 'table commit']))
})

test('a run that is resumed goes on in the trace of the request that resumed it', async () => {
  const { client, sessionId } = await readySession(studio)
  studio.model.script('strategy', answers.status(500), answers.status(500))
  scriptRun(studio.model)
  const { body } = await client.post(`/api/runs/${sessionId}/generate`)
  await waitForEvent(client, sessionId, ({ type }) => type === 'error')
  const first = await traceOf('/generate', body.run_id)
  expectConnected(first)
  expect(first.find(({ name }) => name === 'stage strategy')).toMatchObject({ fault: true })

  await client.post(`/api/runs/${body.run_id}/resume`)
  await waitForEvent(client, sessionId, ({ type }) => type === 'run.completed')
  const second = await traceOf('/resume', body.run_id)
  expectConnected(second)
  expect(namesIn(second)).toContain(`execution ${body.run_id}-2`)
  expect(namesIn(second)).not.toContain('stage research')
  expect(second[0]?.trace_id).not.toBe(first[0]?.trace_id)
})

test.each([
  { what: 'an asset', route: '/assets/generate/async', wish: { kinds: ['poster'] } },
  { what: 'an export', route: '/export', wish: {} },
])('$what is made in the trace of the request that asked for it', async ({ route, wish }) => {
  const { client, runId, assetsOf } = await finishedRun(studio)
  const { body } = await client.post(`/api/runs/${runId}${route}`, wish)
  await assetsOf.ended(body.job_id)

  // The request's part is complete, and told, before a worker takes the message.
  await eventually(async () => {
    const trace = await traceOf(route, body.job_id)
    expectConnected(trace)
    expect(wayUp(trace, 'message asset')).toEqual([
      'send messages',
      `request POST /api/runs/:run_id${route}`,
      'HttpAssets',
    ])
    expect(namesIn(trace)).toContain('message end')
  })
})

test('spans hold ids and names of ours, never what was said', async () => {
  const { sessionId } = await readySession(studio)
  await traceOf('/message', sessionId)
  expect(traces.size).toBeGreaterThan(0)
  const said = JSON.stringify([...traces.values()])
  expect(said).not.toMatch(/\p{Script=Hangul}|127\.0\.0\.1|https?:/u)
})
