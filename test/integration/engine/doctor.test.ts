import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import {
  type SearchCallSeen,
  type SearchServer,
  startSearchServer,
} from '../../support/search-server/search-server.ts'

let server: SearchServer
let folder: string
beforeAll(async () => {
  server = await startSearchServer()
  folder = await mkdtemp(join(tmpdir(), 'doctor-'))
})
afterEach(() => server.reset())
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

interface Ended {
  code: number
  out: string
  err: string
}

/** The command as an operator calls it, with nothing of the caller's environment. */
const doctor = (args: string[], environment: Record<string, string> = {}): Promise<Ended> =>
  new Promise((resolve) => {
    const script = join(import.meta.dirname, '../../../ops/doctor.ts')
    const env = { PATH: process.env.PATH ?? '', FFMPEG_PATH: 'off', ...environment }
    execFile(process.execPath, [script, ...args], { env }, (error, out, err) => {
      resolve({ code: Number(error?.code ?? 0), out, err })
    })
  })

const models = { data: [{ id: 'one-model', shutdown_date: null }, { id: 'two-model' }] }
const agents = ['PLANNER', 'RESEARCH', 'STRATEGY', 'CREATIVE', 'VOICE']
const studio = (): Record<string, string> => ({
  OPENAI_BASE_URL: `${server.url}/v1`,
  OPENAI_API_KEY: 'sk-hidden-key',
  MODEL_API: 'chat',
  STT_MODEL: 'one-model',
  SEARXNG_URL: `${server.url}/searxng`,
  ...Object.fromEntries(agents.map((agent) => [`${agent}_MODEL`, 'one-model'])),
})

/** A model server that keeps schemas, and a search. */
const wellServer = ({ path }: SearchCallSeen) => {
  if (path === '/v1/models') return { body: models }
  if (path.startsWith('/searxng')) {
    return { body: { results: [{ title: 'a', url: 'https://a.example/' }] } }
  }
  const content = '{"pelican":"teal"}'
  const choices = [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }]
  return path === '/v1/chat/completions'
    ? { body: { id: 'c', object: 'chat.completion', choices } }
    : { status: 404, body: {} }
}

test('a studio that is well is a table without failures, and the exit is 0', async () => {
  server.respond(wellServer)
  const { code, out, err } = await doctor([], studio())
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).not.toContain('\u001b')
  expect(out).not.toContain('hidden')
  expect(out).toMatch(/^ {2}✓ one-model +no shutdown announced/m)
  expect(out).toMatch(/^ {2}✓ searxng +answered one query/m)
  expect(out).toMatch(/^ {2}· ffmpeg /m)
  expect(out).toContain('All is well')
})

test('warnings leave 0, and what has to be mended ends with 1', async () => {
  server.respond(wellServer)
  const warned = await doctor([], { ...studio(), TAVILY_KEY: 'x' })
  expect(warned.code).toBe(0)
  expect(warned.out).toContain('0 failures, 1 warning')
  const failed = await doctor(['--json'], { ...studio(), PLANNER_MODEL: 'one-modle' })
  expect(failed.code).toBe(1)
  const { deployment, failures, findings } = JSON.parse(failed.out)
  expect({ deployment, failures }).toEqual({ deployment: null, failures: 1 })
  expect(findings).toContainEqual({
    code: 'MODEL_UNKNOWN',
    severity: 'failure',
    area: 'models',
    subject: 'one-modle',
    found:
      "not in the server's list; the nearest names are one-model, two-model; used by planner, picture",
    action: expect.any(String),
  })
})

const arn = 'arn:aws:lambda:ap-northeast-2:123456789012:function:Checkup'
const outputs = async (stacks: object): Promise<string> => {
  const path = join(folder, 'cdk-outputs.json')
  await writeFile(path, JSON.stringify(stacks))
  return path
}
const deployed = { CheckupFunctionArn: arn, LambdaConcurrency: '100' }
const aws = (): Record<string, string> => ({
  AWS_ACCESS_KEY_ID: 'id',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_REGION: 'ap-northeast-2',
  AWS_ENDPOINT_URL: server.url,
})
const found = {
  code: 'MODEL_ENDS_SOON',
  severity: 'failure',
  area: 'models',
  subject: 'gpt-6-luna',
  found: 'shutdown on 2026-12-01 (in 5 days); used by planner',
  action: 'Choose another model now, and deploy again.',
  daysLeft: 5,
}
const answered = ({ path, headers }: SearchCallSeen) => {
  if (path.endsWith('/invocations')) return { body: { findings: [found] } }
  if (path.includes('/account-settings')) {
    return { body: { AccountLimit: { ConcurrentExecutions: 10 } } }
  }
  return String(headers['x-amz-target']).endsWith('GetServiceQuota')
    ? { body: { Quota: { Value: 10_000 } } }
    : { status: 404, body: {} }
}

test('a deployment is asked by its outputs, and its quotas are compared with its size', async () => {
  server.respond(answered)
  const path = await outputs({ 'LaunchStudio-dev': deployed })
  const { code, out } = await doctor(['--outputs', path, '--json'], aws())
  const report = JSON.parse(out)
  expect(report).toMatchObject({ deployment: 'LaunchStudio-dev', failures: 2 })
  expect(report.findings).toEqual([
    found,
    expect.objectContaining({
      code: 'QUOTA_SMALL',
      found: '10, and the deployment is sized for 100',
    }),
    expect.objectContaining({ code: 'QUOTA_READY', subject: 'API Gateway requests/s' }),
  ])
  expect(code).toBe(1)
  const invoked = server.calls.filter(({ path }) => path.endsWith('/invocations'))
  expect(invoked.map(({ path }) => decodeURIComponent(path))).toEqual([
    `/2015-03-31/functions/${arn}/invocations`,
  ])
})

test('what may not be read is said, and ends nothing', async () => {
  server.respond(() => ({
    status: 403,
    headers: { 'x-amzn-errortype': 'AccessDeniedException' },
    body: { __type: 'AccessDeniedException', message: 'not authorized' },
  }))
  const path = await outputs({ 'LaunchStudio-dev': deployed })
  const { code, out } = await doctor(['--outputs', path], aws())
  expect(code).toBe(1)
  expect(out).toMatch(/✗ LaunchStudio-dev +AccessDeniedException: not authorized/)
  expect(out.match(/QUOTA_UNKNOWN/g)).toHaveLength(2)
})

test('a stack is found by CloudFormation', async () => {
  server.respond((call) => {
    const isDescribe = String(call.body).includes('DescribeStacks')
    const member = Object.entries(deployed)
      .map(
        ([key, value]) =>
          `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
      )
      .join('')
    return isDescribe
      ? {
          headers: { 'content-type': 'text/xml' },
          body: `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>LaunchStudio-dev</StackName><Outputs>${member}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
        }
      : answered(call)
  })
  const { out } = await doctor(['--stack', 'LaunchStudio-dev', '--json'], aws())
  expect(JSON.parse(out)).toMatchObject({ deployment: 'LaunchStudio-dev', failures: 2 })
})

test.each([
  [['--outputs', 'nowhere.json'], 'nowhere.json'],
  [['--fast'], '--fast'],
])('with %j it cannot begin, and says why', async (args, why) => {
  const { code, out, err } = await doctor(args)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(why)
  expect(err).toContain('npm run doctor -- --outputs')
})

test('a file of several stacks, or of an older one, cannot be guessed', async () => {
  const several = await outputs({ 'LaunchStudio-dev': deployed, 'LaunchStudio-prod': deployed })
  expect((await doctor(['--outputs', several])).err).toContain(
    'LaunchStudio-dev, LaunchStudio-prod',
  )
  const older = await outputs({ 'LaunchStudio-dev': { Url: 'https://x' } })
  expect((await doctor(['--outputs', older])).err).toContain('Deploy it again')
})
