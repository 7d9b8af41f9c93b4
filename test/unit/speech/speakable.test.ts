import { describe, expect, it } from 'vitest'
import type { Message } from '../../../shared/contracts/session.ts'
import { presetsFor } from '../../../shared/contracts/speech.ts'
import { speakableParts } from '../../../shared/services/speech/speakable.ts'

const said = (text: string, more: Partial<Message> = {}): Message => ({
  turn: 1,
  role: 'assistant',
  author: 'planner',
  text,
  created_at: '2026-11-22T00:00:00.000Z',
  ...more,
})

describe('what may be spoken of a message', () => {
  it('is the whole, the answer and the question of the assistant’s', () => {
    const message = said(' 적었어요.\n\n다음은요? ', { next_question: '다음은요?' })
    expect(speakableParts(message)).toEqual(['적었어요.\n\n다음은요?', '적었어요.', '다음은요?'])
  })

  it('is the whole alone where there is no question', () => {
    expect(speakableParts(said('좋아요.', { next_question: null }))).toEqual(['좋아요.'])
    expect(speakableParts(said('안녕하세요!', { author: 'system' }))).toEqual(['안녕하세요!'])
  })

  it('is told in its normalized form', () => {
    const decomposed = said('좋아요.'.normalize('NFD'), { next_question: '왜요?'.normalize('NFD') })
    expect(speakableParts(decomposed)).toEqual(['좋아요.', '좋아요.', '왜요?'])
  })

  it('is nothing of the user’s', () => {
    expect(speakableParts(said('읽어 줘', { role: 'user', author: 'user' }))).toEqual([])
  })
})

it('every language has four presets of its own', () => {
  expect(presetsFor('ko-KR')).toEqual(['friendly_ko', 'calm_ko', 'neutral_ko', 'cute_ko'])
  expect(presetsFor('en-US')).toEqual(['friendly_en', 'calm_en', 'neutral_en', 'cute_en'])
})
