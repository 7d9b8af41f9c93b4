import { expect, it } from 'vitest'
import { captionChecks } from '../../../shared/rules/captions/caption-checks.ts'
import { cuesOf } from '../../../shared/rules/captions/cues.ts'
import { ownTimes } from '../../../shared/rules/captions/retimed-lines.ts'
import { subtitlesMaker } from '../../../shared/services/media/subtitles/subtitles-maker.ts'
import { orderOf, runWithVoice, testWorkshop, voiceOutput } from '../../support/sound/making.ts'

/** Two lines in each second. */
const linesIn = (seconds: number) =>
  Array.from({ length: 2 * seconds }, (_, index) => ({
    ...{ start: index / 2, end: (index + 1) / 2 },
    text: '한 줄에는 다 들어가지 않는 자막이 이어집니다.',
  }))

it('captions that follow each other faster than they can be read are refused, not cut', () => {
  const lines = linesIn(7)
  const film = { start_ms: 0, end_ms: 7000 }
  const cues = cuesOf(ownTimes(lines), film)
  const texts = lines.map(({ text }) => text)
  const failed = captionChecks(cues, texts, [film]).filter(({ passed }) => !passed)
  expect(failed.map(({ check }) => check)).toEqual(['captions_in_sound'])
  expect(failed[0]?.detail).toMatch(/cue \d+ is shown/)
})

it('their failure is no mistake of ours, and does not ask for the same again', async () => {
  const voice = voiceOutput('한 줄.', [], { subtitle_lines: linesIn(7) })
  await expect(
    subtitlesMaker.make(orderOf(runWithVoice(voice)), testWorkshop()),
  ).rejects.toMatchObject({
    name: 'CheckFailed',
    code: 'SCHEMA_VALIDATION_FAILED',
    retryable: false,
    message: expect.stringMatching(/captions_in_sound: .*cue \d+ is shown/),
    wording: { 'en-US': expect.stringContaining('Run the voice stage again') },
  })
})
