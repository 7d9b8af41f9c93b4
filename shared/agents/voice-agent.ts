import { type CreativeOutput, type Positioning, VoiceOutput } from '../contracts/agents.ts'
import type { Brief } from '../contracts/brief.ts'
import type { Locale, Mode } from '../contracts/session.ts'
import { presetsFor } from '../contracts/speech.ts'
import { narrationBudget, narrationRules } from '../rules/narration.ts'
import { textsIn } from './answer-guard.ts'
import { type JudgedOutput, runCopyAgent } from './copy/copy-agent.ts'
import type { CopyAgentDependencies } from './copy/copy-filter.ts'
import type { CopyListener } from './copy/copy-gate.ts'
import { voiceCopy } from './copy/voice-copy.ts'
import { elementPicker } from './elements.ts'
import { dataBlock } from './prompts/prompt.ts'
import { voicePrompt } from './prompts/voice.v3.ts'
import { ownOfRevision, promptFor, type Revision, revisionBlocks } from './revision.ts'

export interface VoiceInput {
  /** Undefined when it is written for the first time. */
  revision?: Revision | undefined
  locale: Locale
  mode?: Mode
  brief: Brief
  strategy: Positioning
  /** The plan of the video that it narrates. */
  film: CreativeOutput['video_prompt_package']
}

const { shape } = VoiceOutput

const pick = elementPicker({
  each: {
    timing_map: shape.timing_map.element,
    subtitle_lines: shape.subtitle_lines.element,
  },
  whole: {
    voiceover_script_short: shape.voiceover_script_short,
    voiceover_script_long: shape.voiceover_script_long.unwrap(),
    tone_profile: shape.tone_profile,
    delivery_profile: shape.delivery_profile,
    tts_config: shape.tts_config,
  },
})

/**
 * The voice agent: scripts the video's narration, with timing and subtitles.
 * @throws StudioError STAGE_TIMEOUT, COPY_SAFETY_REJECTED and what `runCopyAgent` throws
 */
export const script = (
  dependencies: CopyAgentDependencies,
  { locale, mode = 'standard', brief, strategy, film, revision }: VoiceInput,
  listener: CopyListener,
): Promise<JudgedOutput<VoiceOutput>> => {
  const seconds = film.duration_sec
  return runCopyAgent(
    dependencies,
    {
      agent: 'voice',
      prompt: promptFor(voicePrompt, revision),
      locale,
      mode,
      messages: [
        {
          role: 'user',
          content: [
            dataBlock('brief', brief),
            dataBlock('strategy', strategy),
            dataBlock('copy_safety', {
              product_types: dependencies.copyFilter.basis.product_types,
            }),
            dataBlock('film', film),
            dataBlock('narration', {
              ...narrationBudget(seconds),
              voice_presets: presetsFor(locale),
            }),
            ...revisionBlocks(revision),
          ].join('\n'),
        },
      ],
      schema: VoiceOutput,
      own: [...textsIn(brief), ...ownOfRevision(revision)],
      rules: (output) => narrationRules(output, seconds, locale),
      sheet: voiceCopy,
      pick,
    },
    listener,
  )
}
