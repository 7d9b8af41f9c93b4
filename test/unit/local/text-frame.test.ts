import { describe, expect, it } from 'vitest'
import { textFrame } from '../../../local/sockets/text-frame.ts'

describe('the frame of a text', () => {
  it.each([
    [0, [0x81, 0]],
    [125, [0x81, 125]],
    [126, [0x81, 126, 0, 126]],
    [0xffff, [0x81, 126, 0xff, 0xff]],
    [0x10000, [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]],
  ])('of %i bytes begins as RFC 6455 has it', (bytes, header) => {
    const frame = textFrame('a'.repeat(bytes))
    expect([...frame.subarray(0, header.length)]).toEqual(header)
    expect(frame.subarray(header.length).toString()).toBe('a'.repeat(bytes))
  })

  it('counts bytes, not characters', () => {
    const frame = textFrame('동백 😀')
    expect([frame[1], frame.length]).toEqual([11, 13])
    expect(frame.subarray(2).toString()).toBe('동백 😀')
  })

  it('is made once for all who get the same text, and anew for another', () => {
    const frame = textFrame('the same')
    expect(textFrame(['the', 'same'].join(' '))).toBe(frame)
    expect(textFrame('another')).not.toBe(frame)
    expect(textFrame('the same').toString()).toBe(frame.toString())
  })
})
