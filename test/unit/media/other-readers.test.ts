/** What ffmpeg's own readers and meters say of our files: `npm run test:all`, where there is one. */
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeSound } from '../../../shared/platform/sound/decode-sound.ts'
import { encodeSound } from '../../../shared/platform/sound/encode-sound.ts'
import { loudnessOf } from '../../../shared/platform/sound/loudness.ts'
import { normalised } from '../../../shared/platform/sound/normalise.ts'
import { asStereo, soundSeconds } from '../../../shared/platform/sound/sound.ts'
import { withXmp } from '../../../shared/platform/xmp/sound-xmp.ts'
import { xmpPacket } from '../../../shared/platform/xmp/xmp-packet.ts'
import { srtFile, vttFile } from '../../../shared/rules/captions/cue-files.ts'
import { cuesOf } from '../../../shared/rules/captions/cues.ts'
import { ownTimes } from '../../../shared/rules/captions/retimed-lines.ts'
import { digitalSourceTypes } from '../../../shared/rules/digital-source-types.ts'
import { speechLoudness } from '../../../shared/rules/sound-limits.ts'
import { isFullLength } from '../../support/limits/run-length.ts'
import { subtitleLines } from '../../support/sound/caption-lines.ts'
import { spokenScript } from '../../support/sound/spoken-script.ts'

const hasFfmpeg = spawnSync('ffprobe', ['-version']).status === 0

const run = (program: 'ffmpeg' | 'ffprobe', ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(program, ['-hide_banner', ...args], {
    encoding: 'utf8',
  })
  expect(status, stderr).toBe(0)
  return { stdout, stderr }
}

describe.runIf(isFullLength && hasFfmpeg)('ffmpeg', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'launch-studio-readers-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it.each(['mp3', 'wav'] as const)(
    'reads a narration as %s, and measures it as we do',
    async (format) => {
      const { sound } = await spokenScript([1, 3, 4], [0.4, 0.4, 0.2])
      const level = normalised(asStereo(sound), speechLoudness)
      const note = {
        digitalSourceType: digitalSourceTypes.algorithmicMedia,
        aiSystem: 'a "<test>"',
      }
      const file = join(folder, `narration.${format}`)
      const bytes = withXmp(await encodeSound(level, format), format, xmpPacket(note))
      await writeFile(file, bytes)
      const probed = JSON.parse(
        run('ffprobe', '-v', 'error', '-show_streams', '-of', 'json', file).stdout,
      )
      expect(probed.streams).toMatchObject([
        { codec_type: 'audio', sample_rate: '48000', channels: 2 },
      ])
      expect(Math.abs(Number(probed.streams[0].duration) - soundSeconds(level))).toBeLessThan(0.1)
      const { stderr } = run('ffmpeg', '-i', file, '-af', 'ebur128=peak=true', '-f', 'null', '-')
      const summary = stderr.slice(stderr.lastIndexOf('Summary'))
      const [, integrated] = /I:\s+(-?[\d.]+) LUFS/.exec(summary) ?? []
      const [, peak] = /Peak:\s+(-?[\d.]+) dBFS/.exec(summary) ?? []
      const ours = loudnessOf(await decodeSound(bytes))
      expect(Math.abs(Number(integrated) - (ours.integrated ?? 0))).toBeLessThan(0.2)
      expect(Math.abs(Number(peak) - ours.truePeak)).toBeLessThan(0.3)
    },
  )

  it('finds as many captions as there are, at their times', async () => {
    const samples = fc.sample(subtitleLines, { numRuns: 20, seed: 7 })
    for (const lines of samples) {
      const end_ms = Math.round((lines.at(-1)?.end ?? 0) * 1000)
      const cues = cuesOf(ownTimes(lines), { start_ms: 0, end_ms })
      for (const [name, text] of [
        ['captions.srt', srtFile(cues)],
        ['captions.vtt', vttFile(cues)],
      ] as const) {
        const file = join(folder, name)
        await writeFile(file, text)
        const args = ['-v', 'error', '-show_packets', '-of', 'json', file]
        const { packets } = JSON.parse(run('ffprobe', ...args).stdout)
        expect(
          packets.map(({ pts_time }: { pts_time: string }) => Math.round(Number(pts_time) * 1000)),
          text,
        ).toEqual(cues.map(({ start_ms }) => start_ms))
      }
    }
  })
})
