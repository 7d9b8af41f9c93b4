import { describe, expect, it } from 'vitest'
import { judgeTranscript } from '../../../shared/rules/transcripts.ts'

describe('a transcript is nothing said', () => {
  it.each([
    '',
    ' \n ',
    ' … ',
    '♪♪♪',
    '[BLANK_AUDIO]',
    ' [음악] ',
    '(음악)',
    '（박수）',
    '*sighs*',
    '<|nospeech|>',
    '[음악] (박수) ♪',
    '♪ 음악 ♪',
    '♫ music playing ♬',
    '\u3164',
    '\u200b',
    '\u{13441}',
  ])('when it only names a sound or shows nothing: %j', (text) => {
    expect(judgeTranscript(text, 'likely')).toEqual({ kind: 'nothing' })
  })

  it.each([
    '시청해주셔서 감사합니다!',
    '시청해 주셔서 감사합니다.',
    '시청해주셔서 감사합니다!'.normalize('NFD'),
    '오늘도 시청해주셔서 감사합니다. 구독과 좋아요 부탁드립니다!',
    '구독과 좋아요, 알림설정까지 부탁드려요.',
    '채널 구독 부탁드립니다.',
    '구독, 좋아요 꼭 눌러 주세요!',
    '좋아요 버튼 눌러 주세요.',
    'MBC 뉴스 이덕영입니다.',
    '지금까지 신선한 경제였습니다.',
    '이 시각 세계였습니다.',
    '다음 영상에서 만나요.',
    '한글자막 by 박진희',
    '한국어 자막 by 박진희',
    '자막 제공 및 자막을 사용하였습니다',
    '자막 제작: Amara.org',
    '자막은 설정에서 선택하실 수 있습니다.',
    'Thanks for watching!',
    'Thank you for watching. Please subscribe to my channel.',
    'Thanks for watching, and please subscribe.',
    'Thanks for watching and see you next time.',
    "Don't forget to like and subscribe!",
    '谢谢观看',
    '字幕 by 索兰娅',
    'Subtitles by the Amara.org community',
    'ご視聴ありがとうございました。',
    'Please like, comment, and subscribe.',
    "I'll see you in the next one.",
    '[음악] 시청해주셔서 감사합니다!',
    '(박수) Thanks for watching!',
    '구독과 좋아요 부탁드립니다. 감사합니다.',
    '구독, 좋아요, 댓글 부탁드려요!',
    '다음 영상에서 만나요. 안녕!',
    'Thanks for watching! Bye!',
  ])('when it is how broadcasts end, unless the provider heard speech: %s', (text) => {
    expect(judgeTranscript(text)).toEqual({ kind: 'nothing' })
    expect(judgeTranscript(text, 'doubtful')).toEqual({ kind: 'nothing' })
    expect(judgeTranscript(text, 'likely')).toMatchObject({ kind: 'said' })
  })

  it.each(['감사합니다.', '[음악] 감사합니다.', '네, 네.', 'Thank you.', 'you'])(
    'when it is said in passing, and the provider doubts that it was: %s',
    (text) => {
      expect(judgeTranscript(text, 'doubtful')).toEqual({ kind: 'nothing' })
      expect(judgeTranscript(text)).toEqual({ kind: 'said', text })
    },
  )

  it('when the provider heard no speech and is unsure of every word', () => {
    expect(judgeTranscript('동백 핸드크림', 'none')).toEqual({ kind: 'nothing' })
  })
})

describe('a transcript is a message', () => {
  it.each([
    '동백 핸드크림을 팔아요.',
    '[음악] 동백 핸드크림을 팔아요.',
    '[음악] 감사합니다, 동백 핸드크림이에요.',
    '네, 시청해 주셔서 감사합니다. 그렇게 적어 주세요.',
    '마지막 문구는 "시청해주셔서 감사합니다"로 해 주세요.',
    '구독자에게 할인 쿠폰을 주고 싶어요. 좋아요 수가 목표예요.',
    '구독 서비스를 시작해요.',
    '구독',
    '좋아요.',
    '좋아요, 부탁드려요.',
    '좋아요. 꼭 해 주세요!',
    '좋아요, 많이요.',
    '♪ 로고 옆에 이름을 넣어 주세요.',
    '사 주셔서 감사합니다 카드를 넣어 주세요.',
    'We thank buyers for watching our film.',
    '(주)동백',
    '3',
  ])('although it resembles noise: %s', (text) => {
    for (const rating of [undefined, 'doubtful', 'likely'] as const) {
      expect(judgeTranscript(text, rating)).toEqual({ kind: 'said', text })
    }
  })

  it('in composed form, without white space at its ends', () => {
    expect(judgeTranscript(`  ${'동백'.normalize('NFD')}\n`)).toEqual({
      kind: 'said',
      text: '동백',
    })
  })

  it('of 3,000 characters, by graphemes', () => {
    expect(judgeTranscript('가👍🏽'.repeat(1000))).toMatchObject({ kind: 'said' })
    expect(judgeTranscript('가'.repeat(3000).normalize('NFD'))).toMatchObject({ kind: 'said' })
    expect(judgeTranscript('가'.repeat(3001))).toEqual({
      kind: 'broken',
      rule: 'must have at most 3000 characters',
    })
  })
})

describe('a transcript breaks the rule for text', () => {
  it.each([
    ['half a surrogate pair', '안녕 \ud83d 하세요'],
    ['a replacement character', '안\ufffd하세요'],
    ['a control character', '안녕\u0000'],
    ['a private-use character', '안녕\ue200'],
  ])('with %s', (what, text) => {
    expect(judgeTranscript(text)).toMatchObject({ rule: expect.stringContaining(what) })
  })
})
