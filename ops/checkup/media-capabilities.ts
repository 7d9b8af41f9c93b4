import { mediaReport } from '../../local/media-report.ts'
import { setting } from '../../shared/platform/environment.ts'
import { modelSettingNames as names } from '../../shared/platform/environment-names.ts'
import {
  modelProvider,
  moderationModel,
  transcriptionModel,
} from '../../shared/platform/model-settings.ts'
import type { Finding } from '../../shared/rules/checkup/findings.ts'

const capability = (subject: string, found: string, isThere = true): Finding => ({
  code: isThere ? 'CAPABILITY_READY' : 'CAPABILITY_MISSING',
  subject,
  found,
})

const transcription = (): Finding =>
  setting(names.sttProvider) === 'transcribe'
    ? capability('transcription', 'Amazon Transcribe, not asked')
    : capability('transcription', `${transcriptionModel()} (${modelProvider()}), not asked`)

const speech = (): Finding => {
  if (setting(names.ttsProvider) === 'polly') return capability('speech', 'Amazon Polly, not asked')
  const model = setting(names.ttsModel)
  return model === undefined
    ? capability('speech', `none, so nothing is spoken: ${names.ttsModel} is not set`, false)
    : capability('speech', `${model} (${modelProvider()}), not asked`)
}

const withoutModeration = (): Finding[] => {
  if (moderationModel() !== undefined) return []
  const found = `none, so the rule pack judges alone: ${names.moderationModel} names no model`
  return [capability('moderation', found, false)]
}

/** What a missing line of the report is: a vendor of films that cannot work was chosen, and all else is optional. */
const codeOf = (what: string): Finding['code'] => {
  if (what === 'films') return 'CAPABILITY_BROKEN'
  return what === 'ffmpeg' ? 'FFMPEG_MISSING' : 'CAPABILITY_MISSING'
}

/** Sound, pictures, films and ffmpeg of this machine, by the settings alone; moderation where there is none. */
export const mediaCapabilities = async (): Promise<Finding[]> => [
  transcription(),
  speech(),
  ...withoutModeration(),
  ...(await mediaReport()).map(
    ({ what, found, missing }): Finding => ({
      code: missing ? codeOf(what) : 'CAPABILITY_READY',
      subject: what,
      found,
    }),
  ),
]
