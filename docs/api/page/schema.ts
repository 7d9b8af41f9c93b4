import type { JsonSchema } from '../schemas.ts'
import { type Content, type Html, html, prose } from './html.ts'

const list = (schema: JsonSchema['anyOf']): JsonSchema[] =>
  (schema ?? []).filter((one): one is JsonSchema => typeof one === 'object')

const named = (schema: JsonSchema): string | undefined => schema.$ref?.split('/').at(-1)

const isNull = (schema: JsonSchema): boolean => schema.type === 'null'

const joined = (contents: readonly Content[], between: string): Content[] =>
  contents.flatMap((content, index) => (index === 0 ? [content] : [between, content]))

const items = (schema: JsonSchema): JsonSchema =>
  typeof schema.items === 'object' && !Array.isArray(schema.items) ? schema.items : {}

/** The kind of value that a schema accepts, as text; a named schema as a link. */
export const kindOf = (schema: JsonSchema): Html => {
  const name = named(schema)
  if (name !== undefined) return html`<a href="#${name}">${name}</a>`
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`
  if (schema.enum) {
    return html`${joined(
      schema.enum.map((value) => html`<code>${JSON.stringify(value)}</code>`),
      ' or ',
    )}`
  }
  const choices = list(schema.anyOf ?? schema.oneOf)
  if (choices.length > 0) return html`${joined(choices.map(kindOf), ' or ')}`
  if (schema.type === 'array') return html`list of ${kindOf(items(schema))}`
  if (Array.isArray(schema.type)) return html`${schema.type.join(' or ')}`
  if (schema.format === 'date-time') return html`time`
  if (schema.format === 'date') return html`date`
  if (schema.format === 'binary') return html`file`
  if (schema.type === 'object' && schema.properties === undefined) return html`object by key`
  return html`${schema.type ?? 'anything'}`
}

const range = (min: number | undefined, max: number | undefined): string | undefined => {
  if (min === undefined && max === undefined) return undefined
  if (min === undefined) return `at most ${max}`
  if (max === undefined) return `${min} or more`
  return min === max ? `${min}` : `${min} to ${max}`
}

/** The limits of a value, and its default. */
const limitsOf = (schema: JsonSchema): Content[] => {
  const length = range(schema.minLength, schema.maxLength)
  const count = range(schema.minItems, schema.maxItems)
  return joined(
    [
      schema.$ref !== undefined && schema.enum !== undefined && kindOf({ enum: schema.enum }),
      schema.default !== undefined && html`else <code>${JSON.stringify(schema.default)}</code>`,
      range(schema.minimum, schema.maximum),
      length !== undefined && `${length} characters`,
      count !== undefined && `${count} of them`,
      schema.pattern !== undefined && html`<code>${schema.pattern}</code>`,
    ].filter((limit) => limit !== false && limit !== undefined),
    ', ',
  )
}

/** The object whose fields are listed separately: the items of a list, or the other choice beside null. */
const innerObject = (schema: JsonSchema): JsonSchema | undefined => {
  if (schema.properties) return schema
  if (schema.type === 'array') return innerObject(items(schema))
  const choices = list(schema.anyOf).filter((one) => !isNull(one))
  return choices.length === 1 && choices[0] ? innerObject(choices[0]) : undefined
}

export interface Field {
  name: string
  schema: JsonSchema
  /** Beside the name: where a parameter goes, or that a field is optional. */
  note?: string
  description?: string | undefined
}

/** Resolves a named string or number, or a short enumeration, to show its limits where it is used. */
const plain = (schema: JsonSchema, names: Names): JsonSchema => {
  const found = names[named(schema) ?? '']
  const isPlain = found && ['string', 'integer', 'number'].includes(String(found.type))
  return isPlain && (found.enum ?? []).length < 5 ? { ...found, ...schema } : schema
}

/** The schemas that a document names. */
export type Names = Readonly<Record<string, JsonSchema>>

export const fieldList = (fields: readonly Field[], names: Names): Html | undefined =>
  fields.length === 0
    ? undefined
    : html`<ul class="fields">${fields.map(({ name, schema, note, description }) => {
        const known = plain(schema, names)
        const limits = limitsOf(known)
        const inner = innerObject(schema)
        const text = description ?? known.description
        return html`<li><code class="name">${name}</code> <span class="kind">${kindOf(schema)}</span>${
          note !== undefined && html` <span class="note">${note}</span>`
        }${limits.length > 0 && html` <span class="limits">${limits}</span>`}${
          text !== undefined && html`<p>${prose(text)}</p>`
        }${inner && fieldList(fieldsOf(inner), names)}</li>`
      })}</ul>`

const fieldsOf = (schema: JsonSchema): Field[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
    typeof property === 'object'
      ? [
          {
            name,
            schema: property,
            ...(schema.required?.includes(name) ? {} : { note: 'optional' }),
          },
        ]
      : [],
  )

/** A whole schema: its fields, its choices, or the kind of value it accepts. */
export const schemaBlock = (schema: JsonSchema, names: Names): Content => {
  const found = names[named(schema) ?? '']
  if (found?.properties)
    return [html`<p class="whole">${kindOf(schema)}</p>`, schemaBlock(found, names)]
  const inner = innerObject(schema)
  if (inner && schema.$ref === undefined) {
    const whole =
      schema.type === 'object' ? undefined : html`<p class="whole">${kindOf(schema)}</p>`
    return [whole, fieldList(fieldsOf(inner), names)]
  }
  const limits = limitsOf(schema)
  const choices = list(schema.anyOf ?? schema.oneOf)
  if (choices.length > 2) {
    return html`<p class="whole">one of</p><ul class="choices">${choices.map(
      (choice) => html`<li>${choice.properties ? choiceOf(choice) : kindOf(choice)}</li>`,
    )}</ul>`
  }
  return html`<p class="whole">${kindOf(schema)}${limits.length > 0 && [', ', limits]}</p>`
}

/** One choice among objects, in one line: its fields with their kinds. */
const choiceOf = (schema: JsonSchema): Html =>
  html`${joined(
    fieldsOf(schema).map(({ name, schema: field }) => html`<code>${name}</code> ${kindOf(field)}`),
    ', ',
  )}`
