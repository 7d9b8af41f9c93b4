import { openaiVoices } from '../../shared/clients/speech/openai-speaker.ts'
import { pollyVoices } from '../../shared/clients/speech/polly-speaker.ts'
import { englishVoicePresets, voicePresets } from '../../shared/contracts/agents.ts'
import { spokenFormats, spokenTextLimit } from '../../shared/contracts/speech.ts'
import {
  audioContentTypes,
  audioFormats,
  audioSecondsLimit,
  inlineAudioBytesLimit,
  uploadAudioBytesLimit,
  uploadSeconds,
} from '../../shared/contracts/voice.ts'
import { speechLimit, transcriptionLimit } from '../../shared/rules/model-limits.ts'
import { speechLoudness } from '../../shared/rules/sound-limits.ts'
import { voiceTurnMs } from '../../shared/rules/time-budgets.ts'
import { code, codes, duration, grouped, table } from './markdown.ts'

const megabytes = (bytes: number): string => `${grouped(Math.round(bytes / 1024 / 1024))} MB`

export const soundTables = {
  'voice-presets': () =>
    table(
      [
        'preset',
        'Amazon Polly: voice and percent of its pace',
        'a server with `/audio/speech`: voice and manner',
      ],
      [...voicePresets, ...englishVoicePresets].map((preset) => [
        code(preset),
        `${pollyVoices[preset].voice}, ${pollyVoices[preset].rate}`,
        `${code(openaiVoices[preset].voice)}: ${openaiVoices[preset].instructions}`,
      ]),
    ),
  'voice-limits': () =>
    table(
      ['what', 'limit'],
      [
        [
          'a recording',
          `${audioSecondsLimit} s; ${megabytes(inlineAudioBytesLimit)} with its turn, ${megabytes(uploadAudioBytesLimit)} uploaded first`,
        ],
        ['its format, by its bytes', codes(audioFormats)],
        ['its content type', codes([...new Set(Object.values(audioContentTypes))])],
        ['an upload form', `good for ${duration(uploadSeconds * 1000)}`],
        [
          'one call of the transcription',
          `${duration(transcriptionLimit.deadlineMs)}, ${transcriptionLimit.maxCalls} calls`,
        ],
        ['until the transcript is there', duration(voiceTurnMs.transcription)],
        [
          'a text that is spoken',
          `${grouped(spokenTextLimit)} characters, as ${codes(spokenFormats)}`,
        ],
        [
          'one call of the speech provider',
          `${duration(speechLimit.deadlineMs)}, ${speechLimit.maxCalls} calls`,
        ],
        [
          'loudness of a narration',
          `${speechLoudness.integrated} LUFS (±${speechLoudness.tolerance} LU), ${speechLoudness.truePeak} dBTP at most`,
        ],
      ],
    ),
}
