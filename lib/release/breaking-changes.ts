/** A JSON schema as zod writes it, as far as its shape is compared. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  additionalProperties?: boolean | Schema
}

type Content = Record<string, { schema?: Schema }>

interface Operation {
  parameters?: { name: string; in: string; required?: boolean }[]
  requestBody?: { required?: boolean; content?: Content }
  responses?: Record<string, { content?: Content }>
}

/** The parts of an OpenAPI document that callers rest on. */
export interface Api {
  paths: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, Schema> }
}

/** Which way data travel: what a caller sends may not be narrowed, what it reads may not lose a field. */
type Direction = 'sent' | 'read'

interface Comparison {
  before: Api
  after: Api
  direction: Direction
  /** References under comparison: schemas that hold themselves end there. */
  open: Set<string>
}

const resolve = (api: Api, schema: Schema | undefined): Schema => {
  const name = schema?.$ref?.split('/').at(-1)
  return name === undefined ? (schema ?? {}) : resolve(api, api.components?.schemas?.[name])
}

const valuesOf = ({ enum: values, const: only }: Schema): unknown[] | undefined =>
  values ?? (only === undefined ? undefined : [only])

const typesOf = ({ type }: Schema): string[] => (type === undefined ? [] : [type].flat())

const lostValues = (was: Schema, is: Schema, { direction }: Comparison, at: string): string[] => {
  const [before, after] = [valuesOf(was), valuesOf(is)]
  if (direction === 'read' || !after) return []
  if (!before) return [`${at} takes only ${JSON.stringify(after)}`]
  const lost = before.filter((value) => !after.includes(value))
  return lost.map((value) => `${at} no longer takes ${JSON.stringify(value)}`)
}

const lostFields = (was: Schema, is: Schema, { direction }: Comparison, at: string): string[] => {
  const before = Object.keys(was.properties ?? {})
  const after = new Set(Object.keys(is.properties ?? {}))
  const gone = before.filter((name) => !after.has(name)).map((name) => `${at}.${name} is gone`)
  const [first, second] = direction === 'sent' ? [is, was] : [was, is]
  const required = new Set(second.required)
  const said = direction === 'sent' ? 'is required now' : 'may be missing now'
  const changed = (first.required ?? [])
    .filter((name) => !required.has(name) && after.has(name))
    .map((name) => `${at}.${name} ${said}`)
  return [...gone, ...changed]
}

const compare = (
  one: Schema | undefined,
  other: Schema | undefined,
  context: Comparison,
  at: string,
): string[] => {
  const reference = `${one?.$ref} ${other?.$ref}`
  if (one?.$ref && context.open.has(reference)) return []
  const [was, is] = [resolve(context.before, one), resolve(context.after, other)]
  const inner: Comparison = { ...context, open: new Set([...context.open, reference]) }
  const [types, newTypes] = [typesOf(was), typesOf(is)]
  if (types.length > 0 && newTypes.length > 0 && !types.some((type) => newTypes.includes(type))) {
    return [`${at} is ${newTypes.join(' or ')}, and was ${types.join(' or ')}`]
  }
  const fields = Object.entries(was.properties ?? {}).flatMap(([name, field]) => {
    const now = is.properties?.[name]
    return now ? compare(field, now, inner, `${at}.${name}`) : []
  })
  const items = was.items && is.items ? compare(was.items, is.items, inner, `${at}[]`) : []
  return [
    ...lostValues(was, is, context, at),
    ...lostFields(was, is, context, at),
    ...fields,
    ...items,
  ]
}

const comparedContent = (
  was: Content | undefined,
  is: Content | undefined,
  context: Comparison,
  at: string,
): string[] =>
  Object.entries(was ?? {}).flatMap(([type, { schema }]) => {
    const now = is?.[type]
    return now ? compare(schema, now.schema, context, at) : [`${at} is no longer ${type}`]
  })

const comparedOperation = (
  before: Api,
  after: Api,
  [was, is]: [Operation, Operation],
  at: string,
): string[] => {
  const context = { before, after, open: new Set<string>() }
  const known = new Set((was.parameters ?? []).map(({ name }) => name))
  const demanded = (is.parameters ?? [])
    .filter(({ name, required, in: place }) => required && place !== 'path' && !known.has(name))
    .map(({ name }) => `${at} demands ${name}`)
  const body =
    was.requestBody && !is.requestBody
      ? [`${at} takes no body any more`]
      : comparedContent(
          was.requestBody?.content,
          is.requestBody?.content,
          { ...context, direction: 'sent' },
          `${at}: body`,
        )
  const answers = Object.entries(was.responses ?? {})
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([status, { content }]) => {
      const now = is.responses?.[status]
      return now
        ? comparedContent(
            content,
            now.content,
            { ...context, direction: 'read' },
            `${at}: ${status}`,
          )
        : [`${at} no longer answers ${status}`]
    })
  return [...demanded, ...body, ...answers]
}

/** What of an API callers can no longer rest on, a line each; empty when all of it still holds. */
export const breakingChanges = (before: Api, after: Api): string[] =>
  Object.entries(before.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, was]) => {
      const at = `${method.toUpperCase()} ${path}`
      const is = after.paths[path]?.[method]
      return is ? comparedOperation(before, after, [was, is], at) : [`${at} is gone`]
    }),
  )

/** The parts of an AsyncAPI document that are compared: events and frames by name. */
export interface Messages {
  components: { messages: Record<string, unknown> }
}

/** Events and frames that clients of the log no longer get, a line each. */
export const lostMessages = (before: Messages, after: Messages): string[] =>
  Object.keys(before.components.messages)
    .filter((name) => !(name in after.components.messages))
    .map((name) => `${name} is gone`)
