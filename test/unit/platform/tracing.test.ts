import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { SegmentDocument } from '../../../shared/platform/segment-document.ts'
import {
  currentTraceHeader,
  openCall,
  traced,
  tracedCall,
  tracedInvocation,
} from '../../../shared/platform/tracing.ts'

const daemon = createSocket('udp4')
const received: SegmentDocument[] = []

beforeAll(async () => {
  daemon.on('message', (datagram) => {
    const [head, body = ''] = datagram.toString().split('\n')
    expect(JSON.parse(head ?? '')).toEqual({ format: 'json', version: 1 })
    received.push(JSON.parse(body))
  })
  daemon.bind(0, '127.0.0.1')
  await once(daemon, 'listening')
  vi.stubEnv('AWS_XRAY_DAEMON_ADDRESS', `127.0.0.1:${daemon.address().port}`)
  // What sends is loaded once and keeps the address.
  await tracedInvocation('first', headerOf('00000000'), async () => {})
  await vi.waitFor(() => expect(received).toHaveLength(1))
  received.length = 0
})
afterEach(() => {
  vi.stubEnv('TRACE_PERCENT', undefined)
  received.length = 0
})
afterAll(() => {
  vi.unstubAllEnvs()
  daemon.close()
})

const parent = '53995c3f42cd8ad8'
const headerOf = (end: string, sampled = '1'): string =>
  `Root=1-5759e988-bd862e3fe1be46a9${end};Parent=${parent};Sampled=${sampled}`

const arrived = (count: number): Promise<SegmentDocument[]> =>
  vi.waitFor(() => {
    expect(received).toHaveLength(count)
    return received
  })

test('a message is a segment below what sent it, and its parts are below that', async () => {
  const inner = await tracedInvocation('message research', headerOf('94272793'), async (span) => {
    span.note({ run_id: 'run_1', nothing: undefined })
    await tracedCall('table commit', { writes: 3 }, async () => {})
    return currentTraceHeader()
  })
  const [commit, message] = await arrived(2)
  expect(message).toMatchObject({
    name: 'message research',
    trace_id: '1-5759e988-bd862e3fe1be46a994272793',
    parent_id: parent,
    annotations: { run_id: 'run_1' },
  })
  expect(message).not.toHaveProperty('type')
  expect(commit).toMatchObject({
    type: 'subsegment',
    namespace: 'remote',
    parent_id: message?.id,
    annotations: { writes: 3 },
  })
  expect(inner).toBe(`Root=1-5759e988-bd862e3fe1be46a994272793;Parent=${message?.id};Sampled=1`)
})

test('what fails says its code, and not its message', async () => {
  const broken = Object.assign(new Error('동백 핸드크림'), { code: 'UPSTREAM_ERROR' })
  const work = tracedInvocation('message', headerOf('94272793'), () =>
    traced('stage', {}, () => Promise.reject(broken)),
  )
  await expect(work).rejects.toBe(broken)
  const [stage] = await arrived(2)
  expect(stage).toMatchObject({ fault: true, annotations: { error: 'UPSTREAM_ERROR' } })
  expect(JSON.stringify(received)).not.toContain('핸드크림')
})

test.each([
  ['not sampled', headerOf('94272793', '0')],
  ['no header of X-Ray', 'Sampled=1'],
  ['without a parent', 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1'],
])('records nothing of an invocation that is %s', async (_, header) => {
  const inner = await tracedInvocation('message', header, async () => {
    openCall('model call', {}).end()
    return traced('stage', {}, async () => currentTraceHeader())
  })
  expect(inner).toBeUndefined()
  await tracedInvocation('marker', headerOf('00000000'), async () => {})
  expect(await arrived(1)).toMatchObject([{ name: 'marker' }])
})

test('keeps the share that is set, by the id of the trace', async () => {
  vi.stubEnv('TRACE_PERCENT', '50')
  const isRecorded = (end: string) =>
    tracedInvocation('request', headerOf(end), async () => currentTraceHeader() !== undefined)
  expect(await isRecorded('7fffffff')).toBe(true)
  expect(await isRecorded('80000001')).toBe(false)
  vi.stubEnv('TRACE_PERCENT', '0')
  expect(await isRecorded('00000000')).toBe(false)
})
