import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '../../../local/engine.ts'
import { eventually, jsonOf } from './eventually.ts'
import { makeWorkspace, removeWorkspace, startSample } from './sample-engine.ts'

let directory: string
let engine: Engine

beforeAll(async () => {
  directory = await makeWorkspace()
  engine = await startSample(directory)
})

afterAll(async () => {
  await engine.close()
  await removeWorkspace(directory)
})

const url = (path: string) => `${engine.resources.StreamUrl}${path}`

/** A response whose body is not read yet. */
const open = async (target: string): Promise<IncomingMessage> => {
  const sent = request(target)
  sent.end()
  const [response] = await once(sent, 'response')
  return response
}

/** How far the function's log says it is. */
const megabytesWritten = async (): Promise<number> =>
  Number(/written (\d+)\n$/.exec(await functionLog())?.[1] ?? 0)

const functionLog = async (): Promise<string> =>
  await readFile(join(directory, 'data', 'functions.log'), 'utf8')

/** Waits until a value has been the same, and not zero, for half a second. */
const settled = async (look: () => Promise<number>): Promise<number> => {
  let value = await look()
  for (let same = 0; same < 10; ) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    const next = await look()
    same = next === value && next > 0 ? same + 1 : 0
    value = next
  }
  return value
}

describe('a function URL that streams', () => {
  it('delivers what is written at once', async () => {
    const response = await fetch(url('one'))
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    const first = await reader?.read()
    const firstAt = performance.now()
    const second = await reader?.read()

    expect(response.status).toBe(202)
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(response.headers.getSetCookie()).toEqual(['seen=1'])
    expect(first?.value).toBe('data: first\n\n')
    expect(second?.value).toBe('data: /one\n\n')
    expect(performance.now() - firstAt).toBeGreaterThan(200)
  })

  it('serves the paths that the distribution gives it, and the API has the rest', async () => {
    const streamed = await fetch(`${engine.origin}/api/a/b/stream`)
    const answered = await fetch(`${engine.origin}/api/a/b`)

    expect(await streamed.text()).toContain('data: /api/a/b/stream')
    expect((await jsonOf(answered)).event.rawPath).toBe('/api/a/b')
  })

  it('answers 502 for an origin that is not emulated', async () => {
    expect((await fetch(`${engine.origin}/web/index.html`)).status).toBe(502)
  })

  it('takes a response without a head', async () => {
    const response = await fetch(url('plain'))

    expect(response.headers.get('content-type')).toBe('text/csv')
    expect(await response.text()).toBe('a,b')
  })

  it('refuses more than 6 MB', async () => {
    const status = await new Promise((resolve, reject) => {
      const sent = request(url('plain'), { method: 'POST' }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
      sent.on('error', reject)
      sent.end(Buffer.alloc(6 * 1024 * 1024 + 1))
    })

    expect(status).toBe(413)
  })

  it('answers 502 when the function fails before it writes', async () => {
    expect((await fetch(url('refuse'))).status).toBe(502)
  })

  it('cuts a response that breaks off', async () => {
    const response = await fetch(url('break'))

    expect(response.status).toBe(202)
    await expect(response.text()).rejects.toThrow()
  })

  it('keeps what a failed invocation had still to write from the next', async () => {
    for (let times = 0; times < 20; times += 1) {
      await fetch(url('abandon'))
        .then(
          (response) => response.text(),
          () => undefined,
        )
        .catch(() => {})
      expect(await (await fetch(url('plain'))).text()).toBe('a,b')
    }
  })

  it('makes the function wait for a slow reader', async () => {
    const response = await open(url('much'))
    const before = await settled(() => megabytesWritten())
    let read = 0
    for await (const chunk of response) read += chunk.length

    // What fits between the two, mostly into the system's own buffers.
    expect(before).toBeGreaterThan(0)
    expect(before).toBeLessThan(32)
    expect(read).toBe(64 * 1024 * 1024)
    await eventually(async () => expect(await megabytesWritten()).toBe(64))
  })

  it('lets the function finish when its reader has gone', async () => {
    const finished = async () => (await functionLog()).split('written 64\n').length
    const before = await finished()
    const response = await open(url('much'))
    response.destroy()

    await eventually(async () => expect(await finished()).toBe(before + 1))
  })
})
