import type { MadeAsset } from '../shared/services/media/asset-maker.ts'
import { createNarrationMaker } from '../shared/services/media/narration/narration-maker.ts'
import { subtitlesMaker } from '../shared/services/media/subtitles/subtitles-maker.ts'
import { voice } from '../test/rehearsal/script/voice.ts'
import { recordingOf, voices } from '../test/rehearsal/voices.ts'
import {
  asSource,
  orderOf,
  runWithVoice,
  scriptedSpeaker,
  testWorkshop,
} from '../test/support/sound/making.ts'
import { now } from './clock.ts'
import { below, type Row, rowOf } from './statistics.ts'

const rounds = 10

/** Sound, captions and their checks beside the provider's time, for the rehearsal's narration of 9 s. */
export const measureCaptions = async (): Promise<Row[]> => {
  const audio = await recordingOf(voices.narration)
  const speaker = scriptedSpeaker(() => ({ audio, marks: null }))
  const maker = createNarrationMaker({
    speaker: () => speaker,
    foreignDecoder: async () => undefined,
  })
  const order = orderOf(runWithVoice(voice))
  const narrations: number[] = []
  const captions: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = now()
    const made = (await maker.make(order, testWorkshop())) as MadeAsset
    const spokenAt = now()
    await subtitlesMaker.make({ ...order, sources: asSource(made) }, testWorkshop())
    narrations.push(spokenAt - startedAt)
    captions.push(now() - spokenAt)
  }
  return [
    rowOf('a narration of 9 s: levelled, encoded, timed and checked', narrations, 'ms'),
    rowOf('its captions: timed, written and checked', captions, 'ms', below(1000, 'ms')),
  ]
}
