import { describe, expect, test } from 'vitest'
import { readTranscript } from '../../../shared/rules/transcripts.ts'

describe('a transcript', () => {
  test('becomes a message in its normalized form, as long as a typed one', () => {
    expect(readTranscript(` ${'안녕하세요'.normalize('NFD')}\r\n`)).toEqual({ text: '안녕하세요' })
    const longest = '가'.repeat(3000)
    expect(readTranscript(longest.normalize('NFD'))).toEqual({ text: longest })
  })

  test.each(['', ' \n', '...', '\u3164', '\u200b', '\u2800'])(
    'without a word is empty (%j)',
    (heard) => {
      expect(readTranscript(heard)).toMatchObject({ failure: { code: 'TRANSCRIPT_EMPTY' } })
    },
  )

  test.each([
    ['half a surrogate pair', '안녕 \ud83d 하세요'],
    ['a replacement character', '안녕\ufffd'],
    ['NUL', '안녕\0'],
    ['more than a message holds', '가'.repeat(3001)],
    ['far more', '가'.repeat(1_000_000)],
  ])('with %s is a failed transcription', (_, heard) => {
    const read = readTranscript(heard)
    expect(read).toMatchObject({ failure: { code: 'TRANSCRIPTION_FAILED' } })
    if ('failure' in read) expect(read.failure.message.length).toBeLessThan(300)
  })
})
