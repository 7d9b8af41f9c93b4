import { VoiceOutput } from '../../contracts/agents.ts'
import { copyField, copySheet } from './copy-sheet.ts'

const { shape } = VoiceOutput

/** Script, timing and subtitles say the same words: none of them can be written again alone. */
export const voiceCopy = copySheet({
  wholes: {
    voiceover_script_long: copyField(
      shape.voiceover_script_long.unwrap(),
      (text) => ({ texts: [text] }),
      { optional: true },
    ),
    tone_profile: copyField(shape.tone_profile, (text) => ({ texts: [text] })),
  },
  joined: {
    name: 'narration',
    schema: VoiceOutput.pick({
      voiceover_script_short: true,
      delivery_profile: true,
      timing_map: true,
      subtitle_lines: true,
    }),
    wholes: {
      voiceover_script_short: copyField(shape.voiceover_script_short, (text) => ({
        texts: [text],
      })),
      delivery_profile: copyField(shape.delivery_profile, ({ pace, emphasis_words }) => ({
        texts: [[pace, ...emphasis_words].join(', ')],
      })),
    },
    lists: {
      timing_map: copyField(shape.timing_map.element, ({ text }) => ({ texts: [text] })),
      subtitle_lines: copyField(shape.subtitle_lines.element, ({ text }) => ({ texts: [text] })),
    },
  },
})
