import * as z from 'zod'
import * as agents from '../../shared/contracts/agents.ts'
import * as brief from '../../shared/contracts/brief.ts'
import * as events from '../../shared/contracts/events.ts'
import * as chat from '../../shared/contracts/http/chat-routes.ts'
import * as jobs from '../../shared/contracts/jobs.ts'
import * as launch from '../../shared/contracts/launch.ts'
import * as problems from '../../shared/contracts/problems.ts'
import * as provenance from '../../shared/contracts/provenance.ts'
import * as runs from '../../shared/contracts/runs.ts'
import * as session from '../../shared/contracts/session.ts'
import * as socket from '../../shared/contracts/socket.ts'
import * as speech from '../../shared/contracts/speech.ts'
import * as voice from '../../shared/contracts/voice.ts'
import { type Comment, readComments } from './comments.ts'

export type JsonSchema = z.core.JSONSchema.BaseSchema

const contracts = [
  agents,
  brief,
  chat,
  events,
  jobs,
  launch,
  problems,
  provenance,
  runs,
  session,
  socket,
  speech,
  voice,
]

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** `planner.delta` is the `PlannerDeltaEvent`. */
export const eventName = (type: string): string =>
  `${type.split('.').map(capitalized).join('')}Event`

/** `resume` is the `ResumeFrame`. */
export const clientFrameName = (action: string): string => `${capitalized(action)}Frame`

/** Parts of agents' outputs that occur in more than one answer. */
const { shape: strategy } = agents.StrategyOutput
const { shape: creative } = agents.CreativeOutput
const sharedParts = {
  WeeklyPlan: strategy.weekly_plan,
  PositioningOptions: strategy.positioning_options,
  MarketAssessment: strategy.market_assessment,
  KpiNextActions: strategy.kpi_next_actions,
  AdCopies: creative.ad_copies,
  PosterSpecs: creative.poster_specs,
  VideoPromptPackage: creative.video_prompt_package,
}

/** Every named schema of the contracts, and each event and frame of the unions, under its name. */
const nameSchemas = () => {
  const names = z.registry<{ id: string }>()
  for (const [name, value] of contracts.flatMap((module) => Object.entries(module))) {
    if (value instanceof z.ZodType && /^[A-Z]/.test(name)) names.add(value, { id: name })
  }
  for (const [name, part] of Object.entries(sharedParts)) names.add(part, { id: name })
  for (const event of events.StudioEvent.options) {
    names.add(event, { id: eventName(event.shape.type.value) })
  }
  for (const frame of socket.ClientFrame.options) {
    names.add(frame, { id: clientFrameName(frame.shape.action.value) })
  }
  return names
}

/** Removes what zod emits and readers do not need: the range of safe integers, patterns of times. */
const tidy = ({ zodSchema, jsonSchema }: OverrideContext): void => {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.format === 'date-time' || jsonSchema.format === 'date') delete jsonSchema.pattern
  // A new field must not break existing clients: only strict objects are closed.
  const { def } = zodSchema._zod
  if (def.type === 'object' && def.catchall === undefined) delete jsonSchema.additionalProperties
}
type OverrideContext = Parameters<NonNullable<z.core.JSONSchemaGeneratorParams['override']>>[0]

/** Makes references point to the document's components instead of the schema's own definitions. */
const withComponentRefs = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withComponentRefs)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string'
        ? inner.replace('#/$defs/', '#/components/schemas/')
        : withComponentRefs(inner),
    ]),
  )
}

/** Sets a comment as the description of the property that it documents, however deep. */
const describe = (schema: JsonSchema, path: readonly string[], text: string): void => {
  const [key, ...rest] = path
  if (key === undefined) {
    schema.description ??= text
    return
  }
  const nullable = schema.anyOf?.find((one) => one.properties !== undefined)
  const property = (schema.properties ?? nullable?.properties)?.[key]
  if (typeof property === 'object') describe(property, rest, text)
}

/** Where a comment belongs in a component: those on `eventData` belong to the events. */
const placeOf = ({ path: [first = '', second = '', ...rest] }: Comment): string[] => {
  if (first !== 'eventData') return second === '' ? [first] : [first, second, ...rest]
  return rest.length === 0 ? [eventName(second)] : [eventName(second), 'data', ...rest]
}

const startsWith = (path: readonly string[], place: readonly string[]): boolean =>
  place.every((name, index) => path[index] === name)

export interface SchemaBook {
  /** The JSON Schema of what a caller may send; its named parts are in `components`. */
  sent(schema: z.ZodType, place?: readonly string[]): JsonSchema
  /** The same for what a caller receives. `place`: the path that `readComments` gives its doc comments. */
  answered(schema: z.ZodType, place?: readonly string[]): JsonSchema
  /** The doc comment on this path itself. */
  comment(place: readonly string[]): string | undefined
  /** The named schemas referred to so far, by name. */
  components(): Record<string, JsonSchema>
}

/**
 * Converts zod schemas to JSON Schema (2020-12) over one set of named components.
 * Throws when a named schema differs between input and output, as one with a default does: that would
 * need two names.
 */
export const openSchemaBook = (): SchemaBook => {
  const names = nameSchemas()
  const comments = readComments().map((comment) => ({ ...comment, place: placeOf(comment) }))
  const components = new Map<string, JsonSchema>()

  const commentOn = (schema: JsonSchema, at: readonly string[]): JsonSchema => {
    for (const { place, text } of comments) {
      if (startsWith(place, at)) describe(schema, place.slice(at.length), text)
    }
    return schema
  }

  const convert = (schema: z.ZodType, io: 'input' | 'output', at: readonly string[]) => {
    const converted = z.toJSONSchema(schema, {
      io,
      metadata: names,
      unrepresentable: 'any',
      override: tidy,
    })
    const { $schema, $defs, ...root } = withComponentRefs(converted) as JsonSchema
    for (const [name, definition] of Object.entries($defs ?? {})) {
      const fresh = commentOn(definition, [name])
      const known = components.get(name) ?? fresh
      if (JSON.stringify(known) !== JSON.stringify(fresh)) {
        throw new Error(`The schema ${name} takes one thing and gives another: name both.`)
      }
      components.set(name, fresh)
    }
    return at.length === 0 ? root : commentOn(root, at)
  }

  return {
    sent: (schema, place = []) => convert(schema, 'input', place),
    answered: (schema, place = []) => convert(schema, 'output', place),
    comment: (at) => comments.find(({ path }) => path.join() === at.join())?.text,
    components: () => Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}
