import type { SlotUpdate } from '../shared/contracts/brief.ts'
import type { StreamedAnswer } from '../test/support/model-server/answers.ts'
import { answers } from '../test/support/model-server/answers.ts'
import {
  sampleBrief,
  sampleCreative,
  sampleFindings,
  samplePlanner,
  sampleResearch,
  sampleStrategy,
  sampleVoice,
} from '../test/support/model-server/samples.ts'
import type { ModelAnswers } from './model-main.ts'

/** How fast a scripted model writes. */
export interface Pace {
  name: string
  /** Milliseconds before the first delta, and between two. */
  first: number
  between: number
  /** Characters in a delta. */
  characters: number
}

/** A fast current model: its first text takes far longer than all of our own work. */
export const natural: Pace = { name: 'natural', first: 200, between: 5, characters: 8 }
/** Does not hide any of our own time. */
export const instant: Pace = { name: 'instant', first: 0, between: 0, characters: 8 }

const json = (value: unknown, { first, between, characters }: Pace): StreamedAnswer =>
  answers.json(value, { chunkCharacters: characters, pace: { first, between } })

/** A short turn: two slots, a sentence and a question. */
export const shortTurn = (pace: Pace): ModelAnswers => ({ planner: json(samplePlanner, pace) })

/** A turn that says what the product is, and for whom: what a search can be about. */
export const subjectTurn = (pace: Pace): ModelAnswers => {
  const who = { path: 'target.who' as const, value: sampleBrief['target.who'] }
  const slot_updates: SlotUpdate[] = [
    ...samplePlanner.slot_updates,
    { ...who, confidence: 0.9, source: 'user' },
  ]
  return { planner: json({ ...samplePlanner, slot_updates }, pace) }
}

const sentence = '동백 오일의 향과 촉감을 먼저 보여 주면 좋겠어요. '

/** A turn with a reply of `characters`, roughly. */
export const longTurn = (characters: number, pace: Pace): ModelAnswers => {
  const response_text = sentence.repeat(Math.ceil(characters / sentence.length)).trim()
  return { planner: json({ ...samplePlanner, response_text }, pace) }
}

/** A turn that fills the whole brief. */
export const fullBriefTurn = (pace: Pace): ModelAnswers => {
  const slot_updates = Object.entries(sampleBrief).map(
    ([path, value]) => ({ path, value, confidence: 0.9, source: 'user' }) as SlotUpdate,
  )
  return { planner: json({ ...samplePlanner, slot_updates, next_question: null }, pace) }
}

/** The answers of a run; the creatives’ is cut to the part that is asked for. */
export const wholeRun = (pace: Pace): ModelAnswers => {
  const { text, citations, sources } = sampleFindings
  const { first, between, characters } = pace
  return {
    search: answers.search(
      text,
      { citations, sources },
      { chunkCharacters: characters, pace: { first, between } },
    ),
    research: json(sampleResearch, pace),
    strategy: json(sampleStrategy, pace),
    creative: json(sampleCreative, pace),
    voice: json(sampleVoice, pace),
  }
}
