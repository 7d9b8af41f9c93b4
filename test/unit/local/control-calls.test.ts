import { setImmediate as turnOfLoop } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ControlCalls } from '../../../local/functions/control-requests.ts'

const call = (path: string) => ({ method: 'POST', path, headers: {}, body: '' })
const answer = (id: number) => ({ id, status: 200, headers: {}, body: String(id) })

test('calls of one turn of the event loop are one message', async () => {
  const posted: string[][] = []
  const calls = new ControlCalls((text) =>
    posted.push(JSON.parse(text).map(({ path }: { path: string }) => path)),
  )

  void calls.send(call('/first'))
  void Promise.resolve().then(() => calls.send(call('/second')))
  await turnOfLoop()
  void calls.send(call('/third'))
  await turnOfLoop()

  expect(posted).toEqual([['/first', '/second'], ['/third']])
})

test('each call gets its own answer, in whatever order they come', async () => {
  const calls = new ControlCalls(() => {})
  const [first, second] = [calls.send(call('/first')), calls.send(call('/second'))]

  calls.answered(JSON.stringify([answer(2)]))
  calls.answered(JSON.stringify([answer(1)]))

  expect(await Promise.all([first, second])).toMatchObject([{ body: '1' }, { body: '2' }])
})
