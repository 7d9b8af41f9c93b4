import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  createDeltaWindow,
  windowCharacters,
  windowMs,
} from '../../../shared/services/log/delta-window.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const collect = () => {
  const sent: string[] = []
  const window = createDeltaWindow(async (text) => {
    sent.push(text)
  })
  return { sent, window }
}

describe('the delta window', () => {
  it('sends the first delta at once and gathers the rest', async () => {
    const { sent, window } = collect()
    window.push('안')
    await vi.advanceTimersByTimeAsync(0)
    expect(sent).toEqual(['안'])
    window.push('녕')
    window.push('하')
    await vi.advanceTimersByTimeAsync(windowMs - 1)
    expect(sent).toEqual(['안'])
    await vi.advanceTimersByTimeAsync(1)
    expect(sent).toEqual(['안', '녕하'])
  })

  it('ends a window early when it is full', async () => {
    const { sent, window } = collect()
    window.push('a')
    window.push('b'.repeat(windowCharacters))
    await vi.advanceTimersByTimeAsync(0)
    expect(sent.join('')).toHaveLength(windowCharacters + 1)
  })

  it('loses, doubles and reorders nothing, however fast the text comes and slow it goes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.nat(80)), { maxLength: 20 }),
        fc.nat(120),
        fc.boolean(),
        async (deltas, slowness, takesRest) => {
          const sent: string[] = []
          const window = createDeltaWindow(async (text) => {
            await new Promise((resolve) => setTimeout(resolve, slowness))
            sent.push(text)
          })
          for (const [text, pause] of deltas) {
            window.push(text)
            await vi.advanceTimersByTimeAsync(pause)
          }
          const ended = takesRest ? window.rest() : window.end()
          await vi.advanceTimersByTimeAsync(60_000)
          const rest = (await ended) ?? ''
          expect(sent.join('') + rest).toBe(deltas.map(([text]) => text).join(''))
        },
      ),
    )
  })

  it('leaves what is gathered to a caller that takes the rest, and sends nothing any more', async () => {
    const { sent, window } = collect()
    window.push('안')
    window.push('녕')
    await vi.advanceTimersByTimeAsync(0)
    window.push('하세요')
    expect(await window.rest()).toBe('하세요')
    await vi.advanceTimersByTimeAsync(1_000)
    await window.end()
    expect(sent).toEqual(['안녕'])
  })

  it('reports at its end that a delta could not be sent', async () => {
    const window = createDeltaWindow(() => Promise.reject(new Error('gone')))
    window.push('text')
    await vi.advanceTimersByTimeAsync(0)
    await expect(window.rest()).rejects.toThrow('gone')
    await expect(window.end()).rejects.toThrow('gone')
  })
})
