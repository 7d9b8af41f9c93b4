import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { MessageText } from '../../../shared/contracts/http/chat-routes.ts'
import {
  inlinePictureBytesLimit,
  pictureContentTypes,
  uploadPictureBytesLimit,
} from '../../../shared/contracts/pictures.ts'
import {
  locales,
  messageLimit as messageLimitOfTheProduct,
} from '../../../shared/contracts/session.ts'
import {
  presetsFor,
  spokenTextLimit as spokenByTheProduct,
} from '../../../shared/contracts/speech.ts'
import { audioSecondsLimit } from '../../../shared/contracts/voice.ts'
import { notices } from '../../../shared/platform/wording/notices.ts'
import { fileSize } from '../../../shared/rules/file-size.ts'
import { type SendingFacts, turnsInLog } from '../../../web/src/session/sending-in-log.ts'
import { lengthOf, messageLimit } from '../../../web/src/talk/message-length.ts'
import {
  pictureAmong,
  pictureBytesLimit,
  pictureType,
  pictureTypes,
  refusalOf,
} from '../../../web/src/talk/picture-file.ts'
import {
  clockTime,
  heardLevel,
  levelOf,
  longestSeconds,
  recordedType,
  troubleOf,
} from '../../../web/src/talk/recording.ts'
import {
  answerWithout,
  presetOf,
  speakable,
  spokenTextLimit,
} from '../../../web/src/talk/spoken-parts.ts'

describe('a message on its way is shown until the log has it', () => {
  const sent: SendingFacts = {
    ...{ id: 'a', kind: 'text', afterTurn: 3, turn: null, problem: null },
  }
  const logged = {
    ...{ turn: 4, input: 'text' as const, client_message_id: 'a', status: 'answering' as const },
    problem: null,
  }
  type Logged = Parameters<typeof turnsInLog>[1]
  const isInLog = (sending: SendingFacts, turns: Logged) =>
    turnsInLog([sending], turns).has(sending.id)

  test('a typed one by its name', () => {
    expect(isInLog(sent, [logged])).toBe(true)
    expect(isInLog(sent, [{ ...logged, client_message_id: 'b' }])).toBe(false)
  })

  const spoken: SendingFacts = { ...sent, kind: 'voice' }
  const heard = { ...logged, input: 'voice' as const, client_message_id: null }

  test('a recording by the next spoken turn', () => {
    expect(isInLog(spoken, [{ ...heard, turn: 3 }])).toBe(false)
    expect(isInLog(spoken, [{ ...heard, input: 'picture' }])).toBe(false)
    expect(isInLog(spoken, [heard])).toBe(true)
    expect(isInLog({ ...spoken, turn: 5 }, [heard])).toBe(false)
    expect(isInLog({ ...spoken, turn: 4 }, [heard])).toBe(true)
  })

  test('a recording that was not understood by the turn that failed for the same reason', () => {
    const refused: SendingFacts = { ...spoken, problem: 'TRANSCRIPT_EMPTY' }
    const failed = { ...logged, input: null, status: 'failed' as const }
    expect(isInLog(refused, [{ ...failed, problem: { code: 'TRANSCRIPT_EMPTY' } }])).toBe(true)
    expect(isInLog(refused, [{ ...failed, problem: { code: 'UPSTREAM_ERROR' } }])).toBe(false)
  })

  test('a recording that was refused since another page spoke first stays', () => {
    expect(isInLog({ ...spoken, problem: 'TURN_IN_PROGRESS' }, [heard])).toBe(false)
  })

  test.each(['UNREACHABLE', 'UNEXPECTED_ANSWER'])(
    'a recording or a picture whose answer was lost as %s by its turn, whatever became of that',
    (problem) => {
      const completed = { ...heard, status: 'completed' as const }
      const failed = {
        ...heard,
        status: 'failed' as const,
        problem: { code: 'UPSTREAM_ERROR' as const },
      }
      expect(isInLog({ ...spoken, problem }, [completed])).toBe(true)
      expect(isInLog({ ...spoken, problem }, [failed])).toBe(true)
      const drawn: SendingFacts = { ...spoken, kind: 'picture', problem }
      expect(isInLog(drawn, [{ ...completed, input: 'picture' }])).toBe(true)
      expect(isInLog(drawn, [completed])).toBe(false)
    },
  )

  test('a recording that never arrived stays while another one is spoken and answered', () => {
    const lost: SendingFacts = { ...spoken, id: 'lost', problem: 'UNREACHABLE' }
    const next: SendingFacts = { ...spoken, id: 'next' }
    const later = { ...heard, turn: 5 }
    expect(turnsInLog([lost, next], [heard])).toEqual(new Map([['next', 4]]))
    expect(turnsInLog([lost, { ...next, turn: 4 }], [heard])).toEqual(new Map([['next', 4]]))
    const both = new Map([
      ['next', 5],
      ['lost', 4],
    ])
    expect(turnsInLog([lost, next], [heard, later])).toEqual(both)
  })
})

describe('the length of what is written', () => {
  test('has the limit of the product', () => expect(messageLimit).toBe(messageLimitOfTheProduct))

  test.each([
    ['decomposed Hangul', '각'.normalize('NFD')],
    ['emoji', '😀'],
  ])('is counted as the product counts it: %s', (_, character) => {
    const full = character.repeat(messageLimit)
    expect(lengthOf(full, messageLimit)).toEqual({
      ...{ length: messageLimit, isNear: true, isTooLong: false },
    })
    expect(lengthOf(full + character, messageLimit).isTooLong).toBe(true)
    expect(MessageText.safeParse(full).success).toBe(true)
    expect(MessageText.safeParse(full + character).success).toBe(false)
  })
})

describe('a recording', () => {
  test('is as long as the product takes', () => expect(longestSeconds).toBe(audioSecondsLimit))

  test.each([
    ['NotAllowedError', 'refused'],
    ['SecurityError', 'refused'],
    ['NotFoundError', 'no-microphone'],
    ['OverconstrainedError', 'no-microphone'],
    ['NotReadableError', 'in-use'],
    ['TypeError', 'failed'],
  ])('that fails with %s is told as %s', (name, trouble) => {
    expect(troubleOf(Object.assign(new Error('no'), { name }))).toBe(trouble)
  })

  test('is in what the browser can record', () => {
    expect(recordedType(() => true)).toBe('audio/webm;codecs=opus')
    expect(recordedType((type) => type === 'audio/mp4')).toBe('audio/mp4')
    expect(recordedType(() => false)).toBeUndefined()
  })

  test('has a level between silence and full scale', () => {
    const tone = (peak: number) => Array.from({ length: 1024 }, (_, at) => peak * Math.sin(at / 5))
    expect(levelOf(tone(0))).toBe(0)
    expect(levelOf([])).toBe(0)
    expect(levelOf(tone(0.002))).toBeLessThan(heardLevel)
    expect(levelOf(tone(0.05))).toBeGreaterThan(heardLevel)
    expect(levelOf(tone(0.5))).toBeGreaterThan(levelOf(tone(0.05)))
    expect(levelOf([1, -1, 1, -1])).toBe(1)
  })

  test.each([
    [0, '0:00'],
    [7.9, '0:07'],
    [60, '1:00'],
  ])('of %d seconds shows %s', (seconds, shown) => expect(clockTime(seconds)).toBe(shown))
})

describe('a picture', () => {
  const file = (change: object = {}) => ({ name: 'a.jpg', type: 'image/jpeg', size: 9, ...change })

  test('has the limits and types of the product', () => {
    expect(pictureBytesLimit).toBe(uploadPictureBytesLimit)
    expect(pictureBytesLimit).toBeGreaterThan(inlinePictureBytesLimit)
    for (const type of Object.values(pictureContentTypes)) expect(pictureTypes).toContain(type)
  })

  test('in HEIC is one where the system has no type for it', () => {
    expect(pictureType(file({ name: 'IMG_1.HEIC', type: '' }))).toBe('image/heic')
    expect(refusalOf(file({ name: 'IMG_1.HEIC', type: '' }))).toBeUndefined()
  })

  test.each([
    [{ name: 'a.pdf', type: 'application/pdf' }, 'not-a-picture'],
    [{ name: 'a', type: '' }, 'not-a-picture'],
    [{ size: 0 }, 'empty'],
    [{ size: pictureBytesLimit + 1 }, 'too-large'],
    // By its bytes the server may refuse it, with its reason.
    [{ name: 'a.gif', type: 'image/gif' }, undefined],
    [{ size: pictureBytesLimit }, undefined],
  ])('%j is refused here as %s', (change, refusal) => {
    expect(refusalOf(file(change))).toBe(refusal)
  })

  test('is found among other files that were dropped with it', () => {
    const text = file({ name: 'a.txt', type: 'text/plain' })
    expect(pictureAmong([text, file()])).toEqual(file())
    expect(pictureAmong([text])).toBe(text)
    expect(pictureAmong([])).toBeUndefined()
  })

  test('says its size', () => {
    expect([10, 300_000, 999_499, 999_500, 2_500_000].map(fileSize)).toEqual([
      '1 kB',
      '300 kB',
      '999 kB',
      '1.0 MB',
      '2.5 MB',
    ])
  })
})

describe('an answer', () => {
  test('is shown without the question that it ends with', () => {
    expect(answerWithout('좋아요. 얼마인가요?', '얼마인가요?')).toBe('좋아요.')
    expect(answerWithout('좋아요.', '얼마인가요?')).toBe('좋아요.')
    expect(answerWithout('얼마인가요? 좋아요.', '얼마인가요?')).toBe('얼마인가요? 좋아요.')
    expect(answerWithout('좋아요.', null)).toBe('좋아요.')
  })

  test('is spoken as a whole, or the part of it that is short enough', () => {
    expect(spokenTextLimit).toBe(spokenByTheProduct)
    const long = '가'.repeat(spokenTextLimit)
    expect(speakable({ text: '네. 왜요?', next_question: '왜요?' })).toBe('네. 왜요?')
    expect(speakable({ text: `${long} 왜요?`, next_question: '왜요?' })).toBe(long)
    expect(speakable({ text: `${long}나. 왜요?`, next_question: '왜요?' })).toBe('왜요?')
    expect(speakable({ text: `${long}나`, next_question: null })).toBeUndefined()
    const decomposed = '각'.normalize('NFD').repeat(spokenTextLimit)
    expect(speakable({ text: decomposed, next_question: null })).toBe(decomposed)
  })

  test.each([...locales])('is spoken by a voice of its language: %s', (locale) => {
    expect(presetsFor(locale)).toContain(presetOf(locale))
  })
})

test('the greeting that stands above a first message is the one that its session brings', () => {
  const wording = readFileSync('web/src/wording/talk.ts', 'utf8')
  for (const locale of locales) expect(wording).toContain(notices.greeting[locale])
})
