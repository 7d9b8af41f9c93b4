import type { RunView, StageName } from '../../../shared/client/contract.ts'
import type { RunState, StageElement } from '../../../shared/client/reduce/index.ts'

type Research = NonNullable<RunView['research_snapshot']>
type Strategy = NonNullable<RunView['strategy_plan']>
type Creative = NonNullable<RunView['creative_assets']>
type Voice = NonNullable<RunView['voice_assets']>

type Body<T> = Omit<T, 'schema_version' | 'agent'>
/** What a stage has written so far: lists hold what is there, all else may be missing. */
type Sofar<T> = { [K in keyof T]: T[K] extends readonly unknown[] ? T[K] : T[K] | null }

export type Evidence = Research['evidence'][number]
export type AdCopy = Creative['ad_copies'][number]
export type PosterSpec = Creative['poster_specs'][number]
export type PlanEntry = Strategy['weekly_plan'][number]
export type Positioning = Strategy['positioning_options'][number]

export interface Contents {
  research: Sofar<Body<Research>>
  strategy: Sofar<Body<Strategy>>
  creative: Sofar<Body<Creative>>
  voice: Sofar<Body<Voice>>
}

/**
 * `whole`: the stage's output. `partial`: some of an answer that never became whole. `writing`: the same, and
 * more is coming. `waiting`: nothing yet. `missing`: nothing, and nothing will come.
 */
export type Standing = 'whole' | 'partial' | 'writing' | 'waiting' | 'missing'

export type Package = {
  [S in StageName]: { standing: Standing; content: Contents[S] }
}

const nothing: Contents = {
  research: {
    evidence: [],
    market_signals: [],
    competitor_notes: [],
    channel_observations: [],
    risk_flags: [],
  },
  strategy: {
    market_assessment: null,
    positioning_options: [],
    weekly_plan: [],
    required_assets: [],
    kpi_next_actions: null,
  },
  creative: { ad_copies: [], poster_specs: [], video_prompt_package: null },
  voice: {
    voiceover_script_short: null,
    voiceover_script_long: null,
    tone_profile: null,
    delivery_profile: null,
    timing_map: [],
    subtitle_lines: [],
    tts_config: null,
  },
}

type Element = Pick<StageElement, 'kind' | 'item'>

const isText = (item: unknown): boolean => typeof item === 'string'
const isRecord = (item: unknown): boolean =>
  typeof item === 'object' && item !== null && !Array.isArray(item)
const textFields = new Set(['risk_flags', 'required_assets', 'tone_profile'])

/** The server checked each element against its schema; this keeps what cannot be drawn off the page. */
const fits = ({ kind, item }: Element): boolean =>
  textFields.has(kind) || kind.startsWith('voiceover_script') ? isText(item) : isRecord(item)

/** The content that elements make, one after another; kinds that are not known here are passed over. */
export const contentOf = <S extends StageName>(
  stage: S,
  elements: readonly Element[],
): Contents[S] => {
  const content: Record<string, unknown> = { ...nothing[stage] }
  for (const element of elements) {
    const { kind, item } = element
    const before = content[kind]
    if (before === undefined || !fits(element)) continue
    content[kind] = Array.isArray(before) ? [...before, item] : item
  }
  return content as unknown as Contents[S]
}

const outputs = {
  research: 'research_snapshot',
  strategy: 'strategy_plan',
  creative: 'creative_assets',
  voice: 'voice_assets',
} as const satisfies Record<StageName, keyof RunView>

const isOver = (view: RunView | null, run: RunState | undefined): boolean => {
  const state = run?.state ?? view?.state
  return state === 'DONE' || state === 'FAILED' || state === 'CANCELLED'
}

const part = <S extends StageName>(
  stage: S,
  view: RunView | null,
  run: RunState | undefined,
): Package[S] => {
  const output = view?.[outputs[stage]] ?? null
  if (output) return { standing: 'whole', content: output as unknown as Contents[S] } as Package[S]
  const told: readonly Element[] = run?.stages[stage].elements ?? []
  const kept = view?.partial?.stage === stage ? view.partial.elements : []
  const elements = told.length > 0 ? told : kept
  const over = isOver(view, run)
  const some: Standing = over ? 'partial' : 'writing'
  const none: Standing = over && view !== null ? 'missing' : 'waiting'
  const standing = elements.length > 0 ? some : none
  return { standing, content: contentOf(stage, elements) } as Package[S]
}

/** The package as far as it is there: outputs of the stages, or else what they have streamed. */
export const assemble = (view: RunView | null, run: RunState | undefined): Package => ({
  research: part('research', view, run),
  strategy: part('strategy', view, run),
  creative: part('creative', view, run),
  voice: part('voice', view, run),
})

export interface PositioningUse {
  positioning: Positioning
  copies: number
  /** The one that the package was written for; of one written for several, none. */
  chosen: boolean
}

export const positioningUse = (
  { strategy, creative }: Package,
  chosenId: string | null,
): PositioningUse[] => {
  const { ad_copies } = creative.content
  const used = new Set(ad_copies.map(({ positioning_id }) => positioning_id))
  const only = used.size === 1 && creative.standing === 'whole' ? [...used][0] : null
  return strategy.content.positioning_options.map((positioning) => ({
    positioning,
    copies: ad_copies.filter(({ positioning_id }) => positioning_id === positioning.id).length,
    chosen: positioning.id === (chosenId ?? only),
  }))
}

/** The sources of a finding, in its order; ids without a source are passed over. */
export const sourcesOf = (evidence: readonly Evidence[], ids: readonly string[]): Evidence[] =>
  [...new Set(ids)].flatMap((id) => evidence.find((each) => each.id === id) ?? [])

/** Entries by a name of theirs, in the order in which the names first come. */
export const grouped = <T>(
  entries: readonly T[],
  nameOf: (entry: T) => string,
): { name: string; entries: T[] }[] => {
  const groups = new Map<string, T[]>()
  for (const entry of entries) {
    const name = nameOf(entry)
    groups.set(name, [...(groups.get(name) ?? []), entry])
  }
  return [...groups].map(([name, members]) => ({ name, entries: members }))
}
