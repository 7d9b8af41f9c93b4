import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { NarrationTiming, type SpeechMark } from '../../../shared/contracts/speech.ts'
import { decodeSound } from '../../../shared/platform/sound/decode-sound.ts'
import { encodeSound } from '../../../shared/platform/sound/encode-sound.ts'
import { loudnessOf } from '../../../shared/platform/sound/loudness.ts'
import { amplified, joined, silenceOf, soundSeconds } from '../../../shared/platform/sound/sound.ts'
import { readSrt, readVtt } from '../../../shared/rules/captions/cue-files.ts'
import { speedOfSentence } from '../../../shared/rules/narration-pace.ts'
import { spokenPieces } from '../../../shared/rules/narration-pieces.ts'
import type { MadeAsset, MakingOrder } from '../../../shared/services/media/asset-maker.ts'
import { createNarrationMaker } from '../../../shared/services/media/narration/narration-maker.ts'
import { createNarrationPlanner } from '../../../shared/services/media/narration/narration-plan.ts'
import { subtitlesMaker } from '../../../shared/services/media/subtitles/subtitles-maker.ts'
import { voice as rehearsedVoice } from '../../rehearsal/script/voice.ts'
import { recordingOf, voices } from '../../rehearsal/voices.ts'
import { fileOf } from '../../support/audio/recordings.ts'
import {
  asSource,
  orderOf,
  runWithVoice,
  scriptedSpeaker,
  type TestSpeaker,
  testWorkshop,
  voiceOutput,
} from '../../support/sound/making.ts'
import { noise, rate } from '../../support/sound/signals.ts'
import { spokenScript } from '../../support/sound/spoken-script.ts'

const noDecoder = async () => undefined

const makeWith = async (speaker: TestSpeaker, order: MakingOrder, workshop = testWorkshop()) =>
  (await createNarrationMaker({ speaker: () => speaker, foreignDecoder: noDecoder }).make(
    order,
    workshop,
  )) as MadeAsset

const bodyOf = (made: MadeAsset, role: string): Buffer =>
  Buffer.from(made.files.find((file) => file.role === role)?.body as Uint8Array)

const timingOf = (made: MadeAsset): NarrationTiming =>
  NarrationTiming.parse(JSON.parse(bodyOf(made, 'timing').toString('utf8')))

const captionsOf = async (made: MadeAsset | null, order: MakingOrder): Promise<MadeAsset> =>
  (await subtitlesMaker.make(
    { ...order, sources: made ? asSource(made) : [] },
    testWorkshop(),
  )) as MadeAsset

describe('The rehearsal’s narration', () => {
  test('is a file of its script at the loudness of social platforms, with captions in time', async () => {
    const speaker = scriptedSpeaker(
      async () => ({ audio: await recordingOf(voices.narration), marks: null }),
      'rehearsal',
    )
    const order = orderOf(runWithVoice(rehearsedVoice))
    const made = await makeWith(speaker, order)

    const sound = await decodeSound(bodyOf(made, 'narration'))
    const { integrated, truePeak } = loudnessOf(sound)
    expect(Math.abs((integrated ?? 0) + 14)).toBeLessThan(1)
    expect(truePeak).toBeLessThanOrEqual(-0.95)
    expect(made.files[0]).toMatchObject({ contentType: 'audio/mpeg', extension: 'mp3' })
    expect(made.files[0]?.duration_ms).toBe(Math.round(soundSeconds(sound) * 1000))
    expect(made.provenance).toMatchObject({
      origin: 'generated',
      provider: 'rehearsal',
      adjusted: ['pace_slower'],
      digital_source_type: 'http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia',
    })
    expect(bodyOf(made, 'narration').toString('utf8')).toContain('algorithmicMedia')
    expect(speaker.requests).toMatchObject([{ preset: 'friendly_ko', format: 'mp3', speed: 95 }])

    const timing = timingOf(made)
    expect(timing).toMatchObject({ source: 'measured', script: voices.narration.text })
    const captions = await captionsOf(made, order)
    const cues = readSrt(bodyOf(captions, 'srt').toString('utf8'))
    expect(cues).toEqual(readVtt(bodyOf(captions, 'vtt').toString('utf8')))
    expect(cues.map(({ rows }) => rows.join(' '))).toEqual(
      rehearsedVoice.subtitle_lines.map(({ text }) => text),
    )
    expect(captions.checks.every(({ passed }) => passed)).toBe(true)
    // A note changes neither words nor voice, and what was made with one says so.
    expect(captions.provenance.adjusted).toEqual([])
    const noted = { ...order, note: '더 밝게' }
    expect((await captionsOf(made, noted)).provenance.adjusted).toEqual(['note_not_used'])
    expect((await makeWith(speaker, noted)).provenance.adjusted).toContain('note_not_used')
    // The second line is said after the comma, and the third with the second sentence.
    const second = timing.sentences[1]?.start_ms ?? 0
    expect(Math.abs((cues[2]?.start_ms ?? 0) - second)).toBeLessThanOrEqual(150)
  })
})

describe('Marks of the provider', () => {
  const script = '동백 핸드크림을 팔아요. 사실 잘 모르겠어요.'

  test('give the times, moved by the silence that was cut off', async () => {
    const { sound, truth } = await spokenScript([0, 2], [0.5, 1])
    const withSilence = await encodeSound(joined([silenceOf(1, rate), sound]), 'wav')
    const starts = [...script.matchAll(/\S+/g)]
    const marks = starts.map(({ 0: value, index }, word): SpeechMark => {
      const sentence = truth[word < 3 ? 0 : 1] ?? { start_ms: 0, end_ms: 0 }
      const time_ms = 1000 + sentence.start_ms + (word % 3) * 500
      return { type: 'word', time_ms, start: index, end: index + value.length, value }
    })
    const speaker = scriptedSpeaker(() => ({ audio: withSilence, marks }))
    const made = await makeWith(speaker, orderOf(runWithVoice(voiceOutput(script, [script]))))
    const timing = timingOf(made)
    expect(timing.source).toBe('speech_marks')
    // 0.12 s stay before the first sound.
    const moved = 120 - (truth[0]?.start_ms ?? 0)
    for (const [index, { start_ms }] of timing.words.entries()) {
      const told = (marks[index]?.time_ms ?? 0) - 1000 + moved
      expect(Math.abs(start_ms - told)).toBeLessThanOrEqual(60)
    }
  })
})

describe('What a provider sends', () => {
  const script = '동백 핸드크림을 팔아요. 사실 잘 모르겠어요.'
  const order = orderOf(runWithVoice(voiceOutput(script, [script])))

  test.for<[string, () => Promise<Uint8Array>]>([
    ['no sound', async () => Buffer.from('{"error":{"message":"no"}}')],
    ['one byte', async () => Buffer.from([0xff])],
    ['silence', async () => encodeSound(silenceOf(3, rate), 'wav')],
    ['a tenth of the script', async () => encodeSound(noise(0.4, -12), 'wav')],
    ['ten times the script', async () => encodeSound(noise(30, -12), 'wav')],
  ])('is not kept when it is %s', async ([, audio]) => {
    const workshop = testWorkshop()
    const speaker = scriptedSpeaker(async () => ({ audio: await audio(), marks: null }))
    await expect(makeWith(speaker, order, workshop)).rejects.toMatchObject({
      code: 'UPSTREAM_ERROR',
    })
  })

  test('is paid for once, and the same the second time', async () => {
    const { sound } = await spokenScript([0, 2], [0.4, 0.1])
    const audio = await encodeSound(amplified(sound, 0.05), 'wav')
    const speaker = scriptedSpeaker(() => ({ audio, marks: null }))
    const workshop = testWorkshop()
    const [first, second] = [
      await makeWith(speaker, order, workshop),
      await makeWith(speaker, order, workshop),
    ]
    expect(workshop.calls).toBe(1)
    expect(bodyOf(first, 'narration').equals(bodyOf(second, 'narration'))).toBe(true)
    const planned = await createNarrationPlanner(() => speaker).plan(order, workshop)
    expect(planned).toEqual(workshop.purchases.slice(0, 1))
    expect(planned[0]?.micros).toBe([...script].length * 32)
  })
})

describe('The user’s own recording', () => {
  const script = '안녕하세요. 동백 핸드크림을 팔아요.'
  const run = runWithVoice(voiceOutput(script, ['안녕하세요', '동백 핸드크림을 팔아요']))
  const silentSpeaker = scriptedSpeaker(() => Promise.reject(new Error('asked to speak')))

  const recorded = (file: string) =>
    orderOf(run, {
      voice: {
        preset: null,
        pace: null,
        recording: { uploadId: 'upload_1', read: () => readFile(file) },
      },
    })

  test('is the narration, with measured times and no claim about its source', async () => {
    const order = recorded(fileOf('product', 'webm-recorded'))
    const workshop = testWorkshop()
    const made = await makeWith(silentSpeaker, order, workshop)
    expect(workshop.purchases).toMatchObject([{ micros: 0, parameters: { upload: 'upload_1' } }])
    expect(made.provenance).toMatchObject({ origin: 'recording', digital_source_type: null })
    expect(bodyOf(made, 'narration').toString('latin1')).not.toContain('DigitalSourceType')
    expect(timingOf(made).sentences).toHaveLength(2)
    const captions = await captionsOf(made, order)
    expect(readVtt(bodyOf(captions, 'vtt').toString('utf8')).map(({ rows }) => rows)).toEqual([
      ['안녕하세요'],
      ['동백 핸드크림을 팔아요'],
    ])
  })

  test('of something else fails with the cause', async () => {
    const order = recorded(fileOf('again', 'webm-recorded'))
    await expect(makeWith(silentSpeaker, order)).rejects.toMatchObject({
      name: 'CheckFailed',
      message: expect.stringContaining('far shorter than the script'),
    })
  })

  test('in AAC needs ffmpeg, and says so', async () => {
    await expect(makeWith(silentSpeaker, recorded(fileOf('product', 'm4a')))).rejects.toMatchObject(
      {
        code: 'CAPABILITY_NOT_CONFIGURED',
      },
    )
  })

  test('that is no recording is refused', async () => {
    const order = recorded(fileOf('product', 'wav'))
    const broken = { uploadId: 'upload_2', read: async () => Buffer.from('%PDF-1.7') }
    await expect(
      makeWith(silentSpeaker, { ...order, voice: { ...order.voice, recording: broken } }),
    ).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA' })
  })
})

describe('Long scripts', () => {
  test('are spoken sentence by sentence and joined, with the times of each', async () => {
    const sentence = '인스타그램에서 바로 사게 하고 싶어요.'
    const script = Array(60).fill(sentence).join(' ')
    expect(script.length).toBeGreaterThan(1200)
    const audio = await readFile(fileOf('channel', 'mp3'))
    const speaker = scriptedSpeaker(() => ({ audio, marks: null }))
    const workshop = testWorkshop()
    const order = orderOf(runWithVoice(voiceOutput(script, [sentence])))
    const made = await makeWith(speaker, order, workshop)
    // The same sentence is the same purchase.
    expect(speaker.requests.map(({ text }) => text)).toEqual([sentence])
    expect(workshop.purchases.map(({ parameters }) => parameters.text)).toEqual(
      Array(60).fill(sentence),
    )
    const { sentences, duration_ms } = timingOf(made)
    expect(sentences).toHaveLength(60)
    const length = duration_ms / 60
    for (const [index, { start_ms }] of sentences.entries()) {
      expect(Math.abs(start_ms - index * length)).toBeLessThan(250)
    }
  })

  test('pieces hold every word, each within the limit', () => {
    const text = `${'가나다 '.repeat(20)}라. 마바사! ${'아'.repeat(30)}?`
    const pieces = spokenPieces(text, 40)
    expect(pieces.every(({ start, end }) => end - start <= 40 && end > start)).toBe(true)
    const said = pieces.map(({ start, end }) => text.slice(start, end)).join('')
    expect(said.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
  })
})

test('The pace is read from the agent’s sentence where it says one', () => {
  const speeds = [
    '천천히 여유 있게',
    '보통보다 조금 느리게',
    '경쾌하게',
    'slightly faster than usual',
  ]
  expect(speeds.map(speedOfSentence)).toEqual([90, 95, 110, 105])
  const usual = ['보통 빠르기로', '너무 느리지 않게', 'not too fast', '빠르다가 천천히', '']
  expect(usual.map(speedOfSentence)).toEqual(
    usual.map((text) => (text.includes('빠르기') ? 110 : 100)),
  )
})

describe('Captions', () => {
  const script =
    '사무실에서 손을 자주 씻는 분들이 사 가세요. 한 번만 들어 주세요. 사실 잘 모르겠어요.'

  const captionsFor = async (lines: readonly string[]) => {
    const { sound } = await spokenScript([1, 4, 2], [0.5, 0.3, 0.1])
    const audio = await encodeSound(sound, 'wav')
    const order = orderOf(runWithVoice(voiceOutput(script, lines)))
    return captionsOf(
      await makeWith(
        scriptedSpeaker(() => ({ audio, marks: null })),
        order,
      ),
      order,
    )
  }

  test('a line too long for one is shown in several, with all its words', async () => {
    const lines = [script]
    const captions = await captionsFor(lines)
    const cues = readSrt(bodyOf(captions, 'srt').toString('utf8'))
    expect(cues.length).toBeGreaterThan(1)
    expect(cues.flatMap(({ rows }) => rows).join(' ')).toBe(script)
  })

  test('a line in other words takes the time of what is spoken there', async () => {
    const captions = await captionsFor([
      '사무실에서 손을 자주 씻는 분들',
      '꼭 들어 보세요',
      '주세요',
    ])
    expect(readSrt(bodyOf(captions, 'srt').toString('utf8'))).toHaveLength(3)
  })

  test('a line that nothing of the narration says is refused, with its number', async () => {
    const lines = [
      '사무실에서 손을 자주 씻는 분들이 사 가세요',
      '한정 수량 특가',
      '한 번만 들어 주세요',
    ]
    await expect(captionsFor(lines)).rejects.toMatchObject({
      name: 'CheckFailed',
      message: expect.stringContaining('line 2 is not spoken'),
    })
  })

  test('of a silent film keep the voice agent’s own times', async () => {
    const lines = ['첫 줄 <b> & -->', '둘째 줄 😀']
    const captions = await captionsOf(null, orderOf(runWithVoice(voiceOutput(script, lines))))
    expect(readVtt(bodyOf(captions, 'vtt').toString('utf8'))).toEqual([
      { start_ms: 0, end_ms: 1800, rows: ['첫 줄 <b> & -->'] },
      { start_ms: 2000, end_ms: 3800, rows: ['둘째 줄 😀'] },
    ])
  })
})
