import { once } from 'node:events'
import http from 'node:http'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setImmediate as turnOfLoop } from 'node:timers/promises'
import { expect, test } from 'vitest'
import {
  CallBatch,
  done,
  packAnswers,
  unpackAnswers,
  unpackCalls,
} from '../../../local/functions/call-batches.ts'
import { ControlCalls, handOver } from '../../../local/functions/control-requests.ts'

const call = (path: string) => ({ method: 'POST', path, headers: {}, body: '' })
const unheard = (): void => {}
const answer = (id: number) => ({ id, answer: { status: 200, headers: {}, body: String(id) } })

test('calls of one turn of the event loop are one message', async () => {
  const posted: string[][] = []
  const calls = new ControlCalls((packed) =>
    posted.push(unpackCalls(packed).map((each) => each.call.path)),
  )

  calls.send(call('/first'), unheard)
  void Promise.resolve().then(() => calls.send(call('/second'), unheard))
  await turnOfLoop()
  calls.send(call('/third'), unheard)
  await turnOfLoop()

  expect(posted).toEqual([['/first', '/second'], ['/third']])
})

test('each call gets its own answer, in whatever order they come', () => {
  const calls = new ControlCalls(() => {})
  const heard: string[] = []
  calls.send(call('/first'), ({ body }) => heard.push(`first ${body}`))
  calls.send(call('/second'), ({ body }) => heard.push(`second ${body}`))

  calls.answered(packAnswers([answer(2)]))
  calls.answered(packAnswers([answer(1)]))

  expect(heard).toEqual(['second 2', 'first 1'])
})

test('calls come as they were made, and what many share goes once', () => {
  const frame = JSON.stringify({ text: '동백 "오일"' })
  const headers = { authorization: 'AWS4-HMAC-SHA256', 'content-type': 'text/plain' }
  const calls = [
    ...Array.from({ length: 50 }, (_, id) => ({
      id,
      call: { method: 'POST', path: `/connections/${id}`, headers, body: frame },
    })),
    { id: 50, call: { method: 'DELETE', path: '/connections/1', headers: {}, body: '' } },
  ]

  const batch = new CallBatch()
  for (const each of calls) batch.add(each.id, each.call)
  const packed = batch.pack()

  expect(unpackCalls(packed)).toEqual(calls)
  expect(packed.split('동백')).toHaveLength(2)
  expect(packed.split('AWS4')).toHaveLength(2)
})

test('answers come as they were given, and those without a word as numbers', () => {
  const answers = [
    { id: 1, answer: done },
    { id: 2, answer: { status: 410, headers: { 'x-amzn-errortype': 'Gone' }, body: '{}' } },
    { id: 3, answer: done },
  ]

  const packed = packAnswers(answers)

  expect(unpackAnswers(packed).toSorted((one, other) => one.id - other.id)).toEqual(answers)
  expect(JSON.parse(packed).done).toEqual([1, 3])
})

const origin = 'http://127.0.0.1:9'

/** Hands over to a service that always answers with this body. */
const answering = (body: string): void => {
  const calls: ControlCalls = new ControlCalls((packed) =>
    calls.answered(
      packAnswers(
        unpackCalls(packed).map(({ id }) => ({
          id,
          answer: body === '' ? done : { ...done, body },
        })),
      ),
    ),
  )
  handOver(origin, calls)
}

const readings: [string, (response: http.IncomingMessage) => Promise<string>][] = [
  [
    'by its data',
    async (response) => {
      let read = ''
      response.on('data', (chunk) => {
        read += String(chunk)
      })
      await once(response, 'end')
      return read
    },
  ],
  ['through a pipe', (response) => text(response.pipe(new PassThrough()))],
  [
    'as what can be iterated',
    async (response) => {
      let read = ''
      for await (const chunk of response) read += String(chunk)
      return read
    },
  ],
]

for (const body of ['', '{"answer":1}']) {
  test.each(readings)(`an answer of ${body.length} characters is read %s`, async (_, read) => {
    answering(body)
    const asked = http.request({ host: '127.0.0.1', port: '9', path: '/path', method: 'POST' })
    const closed = once(asked, 'close')
    const response = once(asked, 'response')
    asked.end('asked')
    const [answered] = await response
    expect(answered.statusCode).toBe(200)
    expect(await read(answered)).toBe(body)
    await closed
  })
}
