import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FunctionInstance } from '../../../local/functions/function-instance.ts'

/** A function whose events say when they end, and can tell each other to. */
const source = `
const held = new Map()
export const handler = async ({ hold, release, exit }, { awsRequestId }) => {
  if (exit) process.exit(exit)
  held.get(release)?.()
  if (hold) await new Promise((resolve) => held.set(hold, resolve))
  return { hold, awsRequestId }
}
`

describe('an instance with several events', () => {
  let directory: string
  let instance: FunctionInstance

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'function-instance-'))
    await writeFile(join(directory, 'index.mjs'), source)
    instance = new FunctionInstance(
      {
        logicalId: 'F',
        name: 'f',
        arn: 'arn:aws:lambda:ap-northeast-2:000000000000:function:f',
        codeDirectory: directory,
        handler: 'index.handler',
        environment: {},
        timeoutMilliseconds: 1000,
        memoryMegabytes: 128,
        servesQueue: false,
        preload: [],
        compileCache: join(directory, 'compiled'),
        control: {
          origin: 'http://127.0.0.1:9',
          answer: () => ({ status: 404, headers: {}, body: '' }),
        },
      },
      (stream) => void stream.resume(),
    )
    await instance.ready
  })

  afterEach(async () => {
    vi.useRealTimers()
    await instance.terminate()
    await rm(directory, { recursive: true, force: true })
  })

  const payloadOf = async (event: object) => {
    const outcome = await instance.invoke(event)
    return outcome.streamed ? undefined : outcome.payload
  }

  it('gives each its own answer, in whatever order they end', async () => {
    const first = payloadOf({ hold: 'first' })
    const second = payloadOf({ hold: 'second' })
    await payloadOf({ release: 'second' })
    expect(await second).toMatchObject({ hold: 'second' })
    await payloadOf({ release: 'first' })
    expect(await first).toMatchObject({ hold: 'first' })
  })

  it('ends the one that takes too long, and lets the others come to their end', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const slow = instance.invoke({ hold: 'slow' })
    const refusal = expect(slow).rejects.toThrow('Task timed out after 1.00 seconds')
    await vi.advanceTimersByTimeAsync(900)
    const later = payloadOf({ hold: 'later' })
    expect(instance.ended).toBe(false)
    await vi.advanceTimersByTimeAsync(100)
    await refusal
    expect(instance.ended).toBe(true)

    await payloadOf({ release: 'later' })
    expect(await later).toMatchObject({ hold: 'later' })
  })

  it('fails all of them when the process of the function exits', async () => {
    const others = ['one', 'other'].map((hold) => instance.invoke({ hold }))
    const ends = Promise.allSettled([...others, instance.invoke({ exit: 3 })])
    expect(await ends).toEqual(
      [1, 2, 3].map(() => ({
        status: 'rejected',
        reason: expect.objectContaining({
          message: expect.stringContaining('Runtime exited with error: exit status 3'),
        }),
      })),
    )
    await instance.gone
    expect(instance.ended).toBe(true)
  })
})
