import * as z from 'zod'
import type { ModelRequest } from '../clients/openai/model-client.ts'

type ResponseFormat = NonNullable<ModelRequest['format']>
type Schema = Record<string, unknown>

const Node = z.record(z.string(), z.unknown())
const Nodes = z.array(Node)
const Properties = z.record(z.string(), Node)

/** Keywords that strict mode accepts unchanged. */
const keptKeywords = new Set([
  'type',
  'description',
  'enum',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
])

/**
 * Keywords that only narrow or annotate: strict mode rejects them, or a server compiles them into a
 * grammar that knows no `\d` and refuses the request (`pattern`); the zod schema checks them.
 */
const droppedKeywords = new Set([
  '$schema',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'default',
  'title',
])

const strictProperties = (node: Schema): Schema => {
  const properties = Object.entries(Properties.parse(node.properties))
  const needed = new Set(z.array(z.string()).parse(node.required ?? []))
  const optional = properties.filter(([name]) => !needed.has(name)).map(([name]) => name)
  if (optional.length > 0) {
    throw new Error(`Strict mode has no optional keys: ${optional.join(', ')}.`)
  }
  return {
    properties: Object.fromEntries(properties.map(([name, part]) => [name, strictNode(part)])),
    required: properties.map(([name]) => name),
    additionalProperties: false,
  }
}

/** Strict mode has no upper bound for a text, so the model is told it in words: beyond it a try ends. */
const described = ({ description, maxLength }: Schema): Schema => {
  if (maxLength === undefined) return {}
  const bound = `At most ${maxLength} characters.`
  return { description: description === undefined ? bound : `${description} ${bound}` }
}

const strictNode = (node: Schema): Schema => {
  const strict: Schema = {}
  for (const [keyword, value] of Object.entries(node)) {
    if (keptKeywords.has(keyword)) strict[keyword] = value
    else if (keyword === 'const') strict.enum = [value]
    else if (keyword === 'anyOf' || keyword === 'oneOf') {
      strict.anyOf = Nodes.parse(value).map(strictNode)
    } else if (keyword === 'items') strict.items = strictNode(Node.parse(value))
    else if (keyword === 'properties') Object.assign(strict, strictProperties(node))
    else if (keyword === 'required' || droppedKeywords.has(keyword)) continue
    else if (keyword !== 'additionalProperties' || value !== false) {
      throw new Error(`Strict mode cannot say ${keyword}.`)
    }
  }
  return { ...strict, ...described(node) }
}

/** Converting takes a millisecond, which would delay the first text of every reply. */
const converted = new WeakMap<z.ZodType, Schema>()

/**
 * The JSON schema of a zod object as OpenAI's strict mode accepts it: closed objects, every key
 * required, `anyOf` alone, no unsupported keyword. Keys keep their order, which is the order in which
 * the model writes them.
 * @throws Error for a schema that has no such form: optional keys, records, tuples, intersections.
 */
export const strictSchema = (schema: z.ZodType): Schema => {
  const strict = converted.get(schema) ?? strictNode(Node.parse(z.toJSONSchema(schema)))
  converted.set(schema, strict)
  return strict
}

/** The format of a call, named after the prompt's version: `planner.v2` asks for `planner_v2`. */
export const responseFormat = (promptVersion: string, schema: z.ZodType): ResponseFormat => ({
  name: promptVersion.replaceAll('.', '_'),
  schema: strictSchema(schema),
})

type Issue = z.core.$ZodIssue

/** How far a value is from a variant: a wrong tag means that another variant was intended. */
const distance = (issues: Issue[]): number => {
  const wrongTags = issues.filter((issue) => 'values' in issue && issue.values.length === 1)
  return issues.length + 100 * wrongTags.length
}

/** A union reports only that no variant matches; the closest variant reports what is wrong. */
const closest = (issue: Issue): Issue[] => {
  const variants = issue.code === 'invalid_union' ? issue.errors : []
  const [intended] = variants.toSorted((one, other) => distance(one) - distance(other))
  if (!intended) return [issue]
  return intended
    .flatMap(closest)
    .map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }))
}

/** Every violation of a schema, one line each, phrased so that a model can act on it. */
export const schemaViolations = (error: z.ZodError, at?: string): string[] =>
  error.issues.flatMap(closest).map(({ path, message }) => {
    const place = [...(at === undefined ? [] : [at]), ...path].join('.')
    return `${place === '' ? 'answer' : place}: ${message}`
  })
