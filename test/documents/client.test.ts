import { OpenAPIClientAxios } from 'openapi-client-axios'
import { describe, expect, it } from 'vitest'
import type { LaunchBrief } from '../../shared/contracts/launch.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { completeUpdates, plannerAnswer, scriptRun } from '../support/studio/studio.ts'

const studio = useStudio()

const brief: LaunchBrief = {
  product_name: '동백 핸드크림',
  product_category: '핸드크림',
  target_audience: '사무실에서 손을 자주 씻는 직장인',
  price_band: '1만 9천 원',
  core_kpi: '첫 주 구매 전환율',
  channel_focus: ['인스타그램'],
}

interface Answer {
  status: number
  headers: Record<string, string>
  // biome-ignore lint/suspicious/noExplicitAny: a client of the document knows no types of ours
  data: any
}
interface Asked {
  /** Of path, query and header alike: the document says which is which. */
  params?: Record<string, string | number>
  body?: unknown
}

/** A client made by a library of what the running product says about itself; it knows no path. */
const generateClient = async (origin: string) => {
  const library = new OpenAPIClientAxios({
    definition: `${origin}/openapi.json`,
    // The document says `/`: the origin that it came from.
    withServer: { url: origin },
    axiosConfigDefaults: { validateStatus: () => true },
  })
  const client = await library.init()
  const call = async (operationId: string, { params = {}, body }: Asked = {}): Promise<Answer> => {
    const operation = client[operationId]
    if (!operation) throw new Error(`The document names no operation ${operationId}.`)
    const { status, data, headers: answered } = await operation(params, body)
    return {
      status,
      data,
      headers: Object.fromEntries(Object.entries(answered)) as Answer['headers'],
    }
  }
  return {
    call,
    useToken: (token: string) => {
      client.defaults.headers.common.authorization = `Bearer ${token}`
    },
  }
}
type GeneratedClient = Awaited<ReturnType<typeof generateClient>>
type SessionParams = { session_id: string }

const startSession = async ({ call, useToken }: GeneratedClient): Promise<SessionParams> => {
  const session = await call('createSession', { body: { locale: 'ko-KR' } })
  expect(session.status).toBe(201)
  useToken(session.data.token)
  return { session_id: session.data.session_id }
}

/** One message fills the brief; before, no run can begin. */
const fillBrief = async ({ call }: GeneratedClient, params: SessionParams): Promise<void> => {
  const tooEarly = await call('generate', { params })
  expect(tooEarly).toMatchObject({ status: 409, data: { error: { code: 'GATE_NOT_READY' } } })
  expect(tooEarly.headers['content-type']).toContain('application/problem+json')

  studio.model.script('planner', plannerAnswer(completeUpdates, '브리프가 완성됐어요!', null))
  const turn = await call('sendMessage', { params, body: { message: '동백 핸드크림을 팔아요' } })
  expect(turn).toMatchObject({ status: 200, data: { state: 'BRIEF_READY', gate: { ready: true } } })
  const view = await call('getSession', { params })
  const known = { 'If-None-Match': view.headers.etag ?? '' }
  expect(await call('getSession', { params: { ...params, ...known } })).toMatchObject({
    status: 304,
  })
}

/** A run with its job, to the end; answers with the run's id. */
const runToTheEnd = async ({ call }: GeneratedClient, params: SessionParams): Promise<string> => {
  scriptRun(studio.model)
  const asked = { params: { ...params, 'Idempotency-Key': 'one-launch' } }
  const begun = await call('generateAsync', asked)
  expect(begun.status).toBe(202)
  expect(await call('generateAsync', asked)).toMatchObject({ data: begun.data })
  const { job_id, run_id } = begun.data
  for (let after = 0, type = ''; type !== 'run.completed'; ) {
    const { data } = await call('listEvents', { params: { ...params, after, wait: 20 } })
    after = data.next_after
    type = data.events.at(-1)?.type ?? type
  }
  const job = await call('getJob', { params: { job_id } })
  expect(job.data).toMatchObject({ status: 'completed', progress: 100, run_id })
  expect((await call('listJobs', { params: { run_id } })).data).toMatchObject({
    total: 1,
    jobs: [{ job_id }],
  })
  const run = await call('getRun', { params: { run_id } })
  expect(run.data).toMatchObject({ state: 'DONE', creative_assets: { agent: 'creative' } })
  expect((await call('listRuns', { params: { limit: 1 } })).data.runs).toMatchObject([{ run_id }])
  return run_id
}

const launchAndErase = async ({ call }: GeneratedClient): Promise<void> => {
  studio.model.script('planner', plannerAnswer(completeUpdates, '바로 시작할게요.', null))
  scriptRun(studio.model)
  const launch = await call('launch', { body: { brief } })
  expect(launch).toMatchObject({
    status: 200,
    data: { package: { state: 'DONE', brief, technical_plan: { artifacts: {} } } },
  })
  const { request_id } = launch.data.package
  const history = await call('launchHistory', { params: { q: '핸드크림' } })
  expect(history.data).toMatchObject({ total: 1, items: [{ request_id }] })
  expect(await call('launchDetail', { params: { request_id } })).toMatchObject({
    status: 200,
    data: launch.data,
  })
  expect(await call('deleteLaunch', { params: { request_id } })).toMatchObject({ status: 204 })
}

describe('a client generated from the document', () => {
  it('drives session, turn, run, job, launch and delete by operation id alone', async () => {
    const client = await generateClient(studio.origin)
    const { call } = client
    expect(await call('health')).toMatchObject({
      status: 200,
      data: { status: 'ok', rehearsal: false },
    })
    const params = await startSession(client)
    await fillBrief(client, params)
    const run_id = await runToTheEnd(client, params)
    const page = await call('listEvents', { params: { ...params, after: 0, limit: 1000 } })
    expect(page.data.events.at(-1)).toMatchObject({ type: 'run.completed' })
    expect((await call('listMessages', { params })).data.messages).toHaveLength(3)
    await launchAndErase(client)

    expect(await call('deleteSession', { params })).toMatchObject({ status: 204 })
    expect(await call('getSession', { params })).toMatchObject({
      status: 404,
      data: { error: { code: 'SESSION_NOT_FOUND' } },
    })
    expect(await call('getRun', { params: { run_id } })).toMatchObject({ status: 404 })
  })

  it('reads the other document and the page at the same origin', async () => {
    const { call } = await generateClient(studio.origin)
    expect((await call('asyncapi')).data).toMatchObject({ asyncapi: '3.0.0' })
    const page = await call('docs')
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'/)
    expect(page.data).toContain('동백 핸드크림')
  })
})
