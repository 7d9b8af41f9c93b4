import { type CreativeOutput, type StrategyOutput, VoiceOutput } from '../contracts/agents.ts'
import type { Brief } from '../contracts/brief.ts'
import type { Authored } from '../contracts/provenance.ts'
import type { Locale, Mode } from '../contracts/session.ts'
import { presetsFor } from '../contracts/speech.ts'
import { narrationBudget, narrationRules } from '../rules/narration.ts'
import { runAgent } from './agent-runtime.ts'
import { textsIn } from './answer-guard.ts'
import type { AgentDependencies } from './call-budget.ts'
import { type ElementListener, elementPicker } from './elements.ts'
import { dataBlock } from './prompts/prompt.ts'
import { voicePrompt } from './prompts/voice.v1.ts'

export interface VoiceInput {
  locale: Locale
  mode?: Mode
  brief: Brief
  strategy: StrategyOutput
  creative: CreativeOutput
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
 * @throws StudioError STAGE_TIMEOUT and what `runAgent` throws
 */
export const script = (
  dependencies: AgentDependencies,
  { locale, mode = 'standard', brief, strategy, creative }: VoiceInput,
  listener: ElementListener,
): Promise<Authored<VoiceOutput>> => {
  const seconds = creative.video_prompt_package.duration_sec
  return runAgent(dependencies, {
    agent: 'voice',
    prompt: voicePrompt,
    locale,
    mode,
    messages: [
      {
        role: 'user',
        content: [
          dataBlock('brief', brief),
          dataBlock('strategy', strategy),
          dataBlock('creative', creative),
          dataBlock('narration', {
            ...narrationBudget(seconds),
            voice_presets: presetsFor(locale),
          }),
        ].join('\n'),
      },
    ],
    schema: VoiceOutput,
    own: textsIn(brief),
    rules: (output) => narrationRules(output, seconds, locale),
    onComplete: (path, value, attempt) => {
      const element = pick(path, value)
      if (element) listener.onElement(element.kind, element.item, attempt)
    },
  })
}
