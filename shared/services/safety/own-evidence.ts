import type { ResearchOutput } from '../../contracts/agents.ts'
import type { SlotPath } from '../../contracts/brief.ts'
import type { RunWithStages } from '../../repositories/run-output-repository.ts'
import { comparableText } from '../../rules/comparable-text.ts'

/** Slots that say something of the product itself. */
const statements = [
  'product.name',
  'product.category',
  'product.features',
  'product.price_band',
  'target.why',
] as const satisfies readonly SlotPath[]

/** Letters of a name by which a sentence can be known to be about the product. */
const minNameTokens = 3

const comparable = (text: string): string => comparableText(text).tokens.join('')

const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((entry) => typeof entry === 'string')

/**
 * What may clear a claim of this product: what the user said of it, and quotes found again in a page that
 * name it. Neither what the planner suggested, nor a sentence that names a competitor, nor one that could
 * be about any product of the category.
 */
export const ownEvidence = ({ run, stages }: RunWithStages): string[] => {
  const { brief, brief_sources = {} } = run
  const stated = statements.flatMap((path) =>
    brief_sources[path] === 'user' ? textsOf(brief[path]) : [],
  )
  return [...stated, ...ownQuotes(brief, stages.research?.output)]
}

const ownQuotes = (
  brief: RunWithStages['run']['brief'],
  research: ResearchOutput | undefined,
): string[] => {
  const name = comparable(brief['product.name'])
  const isGeneric = comparable(brief['product.category']).includes(name)
  if (research === undefined || isGeneric || name.length < minNameTokens) return []
  const others = research.competitor_notes
    .map(({ brand }) => comparable(brand))
    .filter((brand) => brand !== '' && brand !== name)
  return research.evidence.flatMap(({ quote, verified }) => {
    const said = comparable(quote)
    const isOwn = said.includes(name) && !others.some((brand) => said.includes(brand))
    return verified && isOwn ? [quote] : []
  })
}
