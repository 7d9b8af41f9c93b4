import type { RunView, StageName } from '../../../shared/client/contract.ts'
import type { StageElement } from '../../../shared/client/reduce/index.ts'

export type ShownElement = Pick<StageElement, 'kind' | 'item' | 'copy_safety'>

/** Elements of one kind under one heading; kinds that are written side by side come in turns. */
export interface ElementGroup {
  kind: string
  elements: ShownElement[]
}

/** In the order in which the kinds first come: a group is only ever added at the end. */
export const inGroups = (elements: readonly ShownElement[]): ElementGroup[] =>
  [...Map.groupBy(elements, ({ kind }) => kind)].map(([kind, group]) => ({
    kind,
    elements: group,
  }))

const outputNames = {
  research: 'research_snapshot',
  strategy: 'strategy_plan',
  creative: 'creative_assets',
  voice: 'voice_assets',
} as const satisfies Record<StageName, keyof RunView>

const header = new Set(['schema_version', 'agent'])

/** The verdict on an entry, under the name that the filter gave it: its id, or its number. */
const verdictOf = (
  verdicts: ReadonlyMap<string, ShownElement['copy_safety']>,
  kind: string,
  item: unknown,
  index: number,
): ShownElement['copy_safety'] => {
  const id = typeof item === 'object' && item !== null && 'id' in item ? item.id : index
  return verdicts.get(`${kind}.${id}`) ?? null
}

/**
 * What a finished stage delivered, in the form in which its elements streamed; null while it is not stored.
 * It differs from what streamed where the copy filter had texts written again.
 */
export const storedElements = (view: RunView, stage: StageName): ShownElement[] | null => {
  const output = view[outputNames[stage]]
  if (!output) return null
  const verdicts = new Map(
    (view.copy_safety?.verdicts ?? []).map(({ where, verdict, findings }) => [
      where,
      { verdict, rules: findings.map(({ rule }) => rule) },
    ]),
  )
  return Object.entries(output)
    .filter(([kind, value]) => !header.has(kind) && value !== null)
    .flatMap(([kind, value]): ShownElement[] =>
      Array.isArray(value)
        ? value.map((item, index) => ({
            kind,
            item,
            copy_safety: verdictOf(verdicts, kind, item, index),
          }))
        : [{ kind, item: value, copy_safety: verdicts.get(kind) ?? null }],
    )
}
