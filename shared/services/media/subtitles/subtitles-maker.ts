import type { VoiceOutput } from '../../../contracts/agents.ts'
import type { AssetCheck } from '../../../contracts/assets.ts'
import { StudioError } from '../../../contracts/errors.ts'
import { NarrationTiming, type SoundSpan } from '../../../contracts/speech.ts'
import { captionChecks } from '../../../rules/captions/caption-checks.ts'
import { type Cue, captionRules } from '../../../rules/captions/cue.ts'
import { readSrt, readVtt, srtFile, vttFile } from '../../../rules/captions/cue-files.ts'
import { areCrowded, cuesOf } from '../../../rules/captions/cues.ts'
import { ownTimes, retimedLines } from '../../../rules/captions/retimed-lines.ts'
import { allPassed } from '../all-passed.ts'
import type { AssetMaker, MadeAsset, MakingOrder, Workshop } from '../asset-maker.ts'
import { CheckFailed } from '../check-failed.ts'
import { noteNotUsed } from '../note-not-used.ts'

type Lines = VoiceOutput['subtitle_lines']

interface Captions {
  cues: Cue[]
  /** When they may be shown. */
  sounds: SoundSpan[]
  /** Whether the lines are too many for the time that they have. */
  crowded: boolean
}

const ms = (seconds: number): number => Math.round(seconds * 1000)

/** Of a film without a voice: the voice agent's own times, and as long as they are to be read. */
const silentCaptions = (lines: Lines): Captions => {
  const bounds = { start_ms: 0, end_ms: Math.max(0, ...lines.map(({ end }) => ms(end))) }
  const timed = ownTimes(lines)
  return { cues: cuesOf(timed, bounds), sounds: [bounds], crowded: areCrowded(timed, bounds) }
}

/** @throws CheckFailed for a line that is not spoken */
const spokenCaptions = (
  lines: Lines,
  { script, words, sounds, duration_ms }: NarrationTiming,
): Captions => {
  const timed = retimedLines(
    lines.map(({ text }) => text),
    script,
    words,
  )
  if ('notSpoken' in timed) {
    const detail = `line ${timed.notSpoken + 1} is not spoken in the narration`
    throw new CheckFailed({ check: 'captions_spoken', passed: false, detail })
  }
  const [first, last] = [sounds[0]?.start_ms ?? 0, sounds.at(-1)?.end_ms ?? duration_ms]
  const bounds = {
    start_ms: Math.max(0, first - captionRules.toleranceMs),
    end_ms: Math.min(duration_ms, last + captionRules.toleranceMs),
  }
  return { cues: cuesOf(timed, bounds), sounds, crowded: areCrowded(timed, bounds) }
}

/** Made again from the same lines the captions are the same: only another voice part helps. */
const tooDense = (check: AssetCheck): CheckFailed =>
  new CheckFailed(check, {
    code: 'SCHEMA_VALIDATION_FAILED',
    retryable: false,
    wording: {
      'ko-KR':
        '자막 줄이 영상 시간에 비해 너무 많아 읽을 수 있게 보여 줄 수 없습니다. 음성 단계를 다시 실행한 뒤 그 결과로 자막을 요청해 주세요.',
      'en-US':
        'There are more subtitle lines than can be read in the time they have. Run the voice stage again, and ask for the subtitles of its result.',
    },
  })

const make = async (
  { run, sources, note }: MakingOrder,
  workshop: Workshop,
): Promise<MadeAsset> => {
  const lines = run.stages.voice?.output?.subtitle_lines
  if (!lines) throw new StudioError('INVALID_INPUT', 'The run has no subtitle lines.')
  const timing = sources.find(({ role }) => role === 'timing')
  const { cues, sounds, crowded } = timing
    ? spokenCaptions(
        lines,
        NarrationTiming.parse(JSON.parse(Buffer.from(await timing.read()).toString('utf8'))),
      )
    : silentCaptions(lines)
  workshop.report('checking', 0.8)
  const files = { srt: srtFile(cues), vtt: vttFile(cues) }
  const texts = lines.map(({ text }) => text)
  const read = { srt: readSrt(files.srt), vtt: readVtt(files.vtt) }
  const checks = (['srt', 'vtt'] as const).flatMap((format) =>
    captionChecks(read[format], texts, sounds).map((each) => ({
      ...each,
      check: `${format}_${each.check}`,
    })),
  )
  const failed = checks.find(({ passed }) => !passed)
  if (failed && crowded) throw tooDense(failed)
  const size = { width: null, height: null, duration_ms: null }
  const asFile = (role: 'srt' | 'vtt', contentType: string): MadeAsset['files'][number] => ({
    ...size,
    ...{ role, contentType, extension: role, body: Buffer.from(files[role], 'utf8') },
  })
  return {
    files: [asFile('srt', 'application/x-subrip'), asFile('vtt', 'text/vtt')],
    provenance: {
      origin: 'composed',
      provider: null,
      model: null,
      purchases: [],
      adjusted: noteNotUsed(note),
      digital_source_type: null,
    },
    checks: allPassed(checks),
  }
}

/**
 * Makes the captions of a run: the voice agent's lines, unchanged, when they are spoken; of a film without a
 * voice at their own times.
 */
export const subtitlesMaker: AssetMaker = { make }
