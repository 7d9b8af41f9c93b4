import { StudioError } from '../../contracts/errors.ts'
import { setting } from '../../platform/environment.ts'
import { modelSettingNames } from '../../platform/environment-names.ts'
import { openaiSpeaker } from './openai-speaker.ts'
import { pollySpeaker } from './polly-speaker.ts'
import type { Speaker } from './speaker.ts'

const speakers = { polly: pollySpeaker, openai: openaiSpeaker } as const

let selected: Speaker | undefined

/**
 * The speaker that TTS_PROVIDER names, Amazon Polly when it is not set.
 * @throws StudioError CAPABILITY_NOT_CONFIGURED for an unknown name
 */
export const speaker = (): Speaker => {
  const name = setting(modelSettingNames.ttsProvider) ?? 'polly'
  if (name !== 'polly' && name !== 'openai') {
    throw new StudioError(
      'CAPABILITY_NOT_CONFIGURED',
      `${modelSettingNames.ttsProvider} must be one of ${Object.keys(speakers).join(', ')}.`,
    )
  }
  selected ??= speakers[name]()
  return selected
}
