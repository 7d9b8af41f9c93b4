import { StudioError } from '../../contracts/errors.ts'
import { setting } from '../../platform/environment.ts'
import { modelSettingNames } from '../../platform/environment-names.ts'
import { amazonTranscriber } from './amazon-transcriber.ts'
import { openaiTranscriber } from './openai-transcriber.ts'
import type { Transcriber, TranscriptionMedia } from './transcriber.ts'

const transcribers = { transcribe: amazonTranscriber, openai: openaiTranscriber } as const

let selected: Transcriber | undefined

/**
 * The transcriber that STT_PROVIDER names, Amazon Transcribe when it is not set.
 * @throws StudioError CAPABILITY_NOT_CONFIGURED for an unknown name
 */
export const transcriber = (media: TranscriptionMedia): Transcriber => {
  const name = setting(modelSettingNames.sttProvider) ?? 'transcribe'
  if (name !== 'transcribe' && name !== 'openai') {
    throw new StudioError(
      'CAPABILITY_NOT_CONFIGURED',
      `${modelSettingNames.sttProvider} must be one of ${Object.keys(transcribers).join(', ')}.`,
    )
  }
  selected ??= transcribers[name](media)
  return selected
}
