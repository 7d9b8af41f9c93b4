import { describe, expect, it } from 'vitest'
import type { AssetView } from '../../shared/contracts/assets.ts'
import { NarrationTiming } from '../../shared/contracts/speech.ts'
import { decodeSound } from '../../shared/platform/sound/decode-sound.ts'
import { loudnessOf } from '../../shared/platform/sound/loudness.ts'
import { readSrt, readVtt } from '../../shared/rules/captions/cue-files.ts'
import { speechLoudness } from '../../shared/rules/sound-limits.ts'
import { speech } from '../support/audio/recordings.ts'
import { upload } from '../support/audio/voice-turns.ts'
import { byType, finishedRun } from '../support/media/asset-client.ts'
import { audioAnswers } from '../support/model-server/audio.ts'
import { sampleVoice } from '../support/model-server/samples.ts'
import { useStudio } from '../support/studio/shared-studio.ts'

const studio = useStudio('other voices')

const script = sampleVoice.voiceover_script_short
const lines = sampleVoice.subtitle_lines.map(({ text }) => text)

const sound = { kinds: ['narration', 'subtitles'] }

const fileOf = async (asset: AssetView | undefined, role: string): Promise<Buffer> => {
  const file = asset?.files.find((each) => each.role === role)
  if (!file) throw new Error(`No ${role}: ${JSON.stringify(asset?.error)}`)
  return Buffer.from(await (await fetch(file.url)).arrayBuffer())
}

const captionsOf = async (asset: AssetView | undefined) => {
  const srt = readSrt((await fileOf(asset, 'srt')).toString('utf8'))
  expect(readVtt((await fileOf(asset, 'vtt')).toString('utf8'))).toEqual(srt)
  return srt
}

describe('the narration of a run and its captions', () => {
  it('are files of its script at the loudness of social platforms, and bought once', async () => {
    const { assetsOf } = await finishedRun(studio)
    studio.model.speech.script(audioAnswers.speech(await speech(script, 'mp3')))
    await assetsOf.ended((await assetsOf.request(sound)).body.job_id)
    const { narration, subtitles } = byType(await assetsOf.list())
    expect(studio.model.speech.calls).toMatchObject([{ body: { input: script } }])

    const heard = await decodeSound(await fileOf(narration, 'narration'))
    const { integrated, truePeak } = loudnessOf(heard)
    const missed = Math.abs((integrated ?? 0) - speechLoudness.integrated)
    expect(missed).toBeLessThan(speechLoudness.tolerance)
    expect(truePeak).toBeLessThan(speechLoudness.truePeak + 0.05)
    expect(narration?.provenance).toMatchObject({ origin: 'generated', provider: 'scripted' })
    const timing = NarrationTiming.parse(
      JSON.parse((await fileOf(narration, 'timing')).toString('utf8')),
    )
    const cues = await captionsOf(subtitles)
    expect(cues.map(({ rows }) => rows.join(' '))).toEqual(lines)
    const second = timing.sentences[1]?.start_ms ?? 0
    expect(Math.abs((cues[1]?.start_ms ?? 0) - second)).toBeLessThanOrEqual(150)

    await assetsOf.ended((await assetsOf.request(sound)).body.job_id)
    expect(studio.model.speech.calls).toHaveLength(1)
  })

  it('fail with the cause when the server sends no speech, and are there after another request', async () => {
    const { assetsOf } = await finishedRun(studio)
    const junk = audioAnswers.speech(Buffer.from('{"error":"no voice today, come back later"}'))
    studio.model.speech.script(junk, junk)
    await assetsOf.ended((await assetsOf.request(sound)).body.job_id)
    const { narration, subtitles } = byType(await assetsOf.list())
    expect(narration).toMatchObject({ status: 'failed', error: { code: 'UPSTREAM_ERROR' } })
    expect(subtitles?.error?.source).toBe(narration?.asset_id)

    studio.model.speech.script(audioAnswers.speech(await speech(script, 'mp3')))
    await assetsOf.ended((await assetsOf.request(sound)).body.job_id)
    const statuses = (await assetsOf.list()).map(({ status }) => status)
    expect(statuses).toEqual(['completed', 'completed'])
  })

  it('are the user’s own recording where there is one, and no speech is bought', async () => {
    const { client, sessionId, assetsOf } = await finishedRun(studio)
    const { uploadId } = await upload(client, sessionId, await speech(script, 'mp3'), 'mp3')
    const { body } = await assetsOf.request({ ...sound, voice: { recording: uploadId } })
    await assetsOf.ended(body.job_id)
    const { narration, subtitles } = byType(await assetsOf.list())
    expect(studio.model.speech.calls).toEqual([])
    expect(narration?.provenance).toMatchObject({
      origin: 'recording',
      provider: null,
      digital_source_type: null,
    })
    expect((await captionsOf(subtitles)).map(({ rows }) => rows.join(' '))).toEqual(lines)
  })

  it('are captions at the agent’s own times for a silent film', async () => {
    const { assetsOf } = await finishedRun(studio)
    const { body } = await assetsOf.request({ ...sound, voice: { recording: 'none' } })
    await assetsOf.ended(body.job_id)
    const assets = await assetsOf.list()
    expect(assets.map(({ asset_type }) => asset_type)).toEqual(['subtitles'])
    const cues = await captionsOf(assets[0])
    expect(cues.map(({ start_ms }) => start_ms)).toEqual([0, 2200, 5500])
  })
})
