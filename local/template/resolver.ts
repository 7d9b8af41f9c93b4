import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { partition } from './partition.ts'
import {
  type Addresses,
  attributeOf,
  type NamedResource,
  nameProperties,
  referenceTo,
} from './physical-names.ts'
import { type Resource, type Template, TemplateError } from './template.ts'

const pseudoParameters: Readonly<Record<string, string>> = {
  'AWS::AccountId': partition.account,
  'AWS::Partition': partition.partition,
  'AWS::Region': partition.region,
  'AWS::URLSuffix': partition.urlSuffix,
  'AWS::StackName': 'local',
  'AWS::StackId': `arn:${partition.partition}:cloudformation:${partition.region}:${partition.account}:stack/local/${randomUUID()}`,
}

const listSchema = z.array(z.unknown())
const joinSchema = z.tuple([z.string(), z.unknown()])
const splitSchema = z.tuple([z.string(), z.unknown()])
const selectSchema = z.tuple([z.coerce.number(), z.unknown()])
const attributeSchema = z.union([
  z.tuple([z.string(), z.string()]),
  z.string().transform((path): [string, string] => {
    const dot = path.indexOf('.')
    return [path.slice(0, dot), path.slice(dot + 1)]
  }),
])
const subSchema = z.union([
  z.tuple([z.string(), z.record(z.string(), z.unknown())]),
  z.string().transform((text): [string, Record<string, unknown>] => [text, {}]),
])
const ifSchema = z.tuple([z.string(), z.unknown(), z.unknown()])

/** A value that the template leaves out on purpose (`AWS::NoValue`). */
const noValue = Symbol('AWS::NoValue')

/**
 * Evaluates a template's intrinsic functions lazily: only what is asked for has to be
 * resolvable, and what is not fails by naming its place.
 */
export class Resolver {
  readonly #template: Template
  readonly #addresses: Addresses

  constructor(template: Template, addresses: Addresses) {
    this.#template = template
    this.#addresses = addresses
  }

  /** The resources of one of these types that the template's conditions keep. */
  resources(...types: string[]): Array<[logicalId: string, resource: Resource]> {
    return Object.entries(this.#template.Resources).filter(
      ([, resource]) =>
        (types.length === 0 || types.includes(resource.Type)) &&
        (resource.Condition === undefined || this.#condition(resource.Condition)),
    )
  }

  /**
   * The properties that the schema names, resolved and parsed. Throws TemplateError, which names the
   * resource and the property.
   */
  properties<Shape extends z.ZodRawShape>(
    logicalId: string,
    schema: z.ZodObject<Shape>,
  ): z.output<z.ZodObject<Shape>> {
    const given = this.#template.Resources[logicalId]?.Properties ?? {}
    const resolved: Record<string, unknown> = {}
    for (const name of Object.keys(schema.shape)) {
      const value = this.resolve(given[name], `${logicalId}.${name}`)
      if (value !== undefined) resolved[name] = value
    }
    const parsed = schema.safeParse(resolved)
    if (!parsed.success) {
      throw new TemplateError(`${logicalId}: ${z.prettifyError(parsed.error)}`)
    }
    return parsed.data
  }

  /** What `Ref` gives for a resource, a parameter or a pseudo-parameter. Throws TemplateError. */
  reference(name: string, place = name): string {
    const pseudo = pseudoParameters[name]
    if (pseudo !== undefined) return pseudo
    const resource = this.#template.Resources[name]
    if (resource) return referenceTo(this.#named(name, resource), this.#addresses)
    const parameter = this.#template.Parameters?.[name]
    if (parameter?.Default !== undefined) return String(parameter.Default)
    throw new TemplateError(`${place}: cannot resolve { Ref: ${name} }`)
  }

  /** What `Fn::GetAtt` gives. Throws TemplateError. */
  attribute(logicalId: string, attribute: string, place = logicalId): string {
    const resource = this.#template.Resources[logicalId]
    if (!resource) throw new TemplateError(`${place}: there is no resource ${logicalId}`)
    return attributeOf(this.#named(logicalId, resource), attribute, this.#addresses)
  }

  /** The template's outputs; those that cannot be resolved here are left out. */
  outputs(): Record<string, string> {
    const outputs: Record<string, string> = {}
    for (const [name, { Value }] of Object.entries(this.#template.Outputs ?? {})) {
      try {
        outputs[name] = String(this.resolve(Value, `Outputs.${name}`))
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error
      }
    }
    return outputs
  }

  /** Evaluates every intrinsic function in a value. `place` goes into the message of an error. */
  resolve(value: unknown, place: string): unknown {
    const resolved = this.#evaluate(value, place)
    return resolved === noValue ? undefined : resolved
  }

  #evaluate(value: unknown, place: string): unknown {
    if (typeof value === 'string' && value.includes('{{resolve:')) {
      throw new TemplateError(`${place}: the dynamic reference ${value} is not emulated`)
    }
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) {
      return value
        .map((item, index) => this.#evaluate(item, `${place}[${index}]`))
        .filter((item) => item !== noValue)
    }
    const entries = Object.entries(value)
    const [first] = entries
    if (entries.length === 1 && first && (first[0] === 'Ref' || first[0].startsWith('Fn::'))) {
      return this.#evaluateIntrinsic(first[0], first[1], place)
    }
    const resolved: Record<string, unknown> = {}
    for (const [key, item] of entries) {
      const result = this.#evaluate(item, `${place}.${key}`)
      if (result !== noValue) resolved[key] = result
    }
    return resolved
  }

  #evaluateIntrinsic(name: string, argument: unknown, place: string): unknown {
    try {
      return this.#intrinsic(name, argument, place)
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error
      throw new TemplateError(`${place}: ${name} is malformed: ${JSON.stringify(argument)}`)
    }
  }

  #intrinsic(name: string, argument: unknown, place: string): unknown {
    switch (name) {
      case 'Ref':
        return argument === 'AWS::NoValue' ? noValue : this.reference(String(argument), place)
      case 'Fn::GetAtt': {
        const [logicalId, attribute] = attributeSchema.parse(argument)
        return this.attribute(logicalId, attribute, place)
      }
      case 'Fn::Join': {
        const [separator, items] = joinSchema.parse(argument)
        return listSchema.parse(this.#evaluate(items, place)).join(separator)
      }
      case 'Fn::Sub':
        return this.#substitute(subSchema.parse(argument), place)
      case 'Fn::Split': {
        const [separator, text] = splitSchema.parse(argument)
        return z.string().parse(this.#evaluate(text, place)).split(separator)
      }
      case 'Fn::Select': {
        const [index, items] = selectSchema.parse(argument)
        const item = listSchema.parse(this.#evaluate(items, place))[index]
        if (item === undefined)
          throw new TemplateError(`${place}: Fn::Select finds no item ${index}`)
        return item
      }
      case 'Fn::If': {
        const [condition, yes, no] = ifSchema.parse(argument)
        return this.#evaluate(this.#condition(condition) ? yes : no, place)
      }
      default:
        throw new TemplateError(`${place}: ${name} is not emulated`)
    }
  }

  #substitute([text, variables]: [string, Record<string, unknown>], place: string): string {
    return text.replaceAll(/\$\{(!?)([^}]+)\}/g, (_match, literal: string, name: string) => {
      if (literal) return `\${${name}}`
      if (name in variables) return String(this.#evaluate(variables[name], place))
      const [logicalId, ...attribute] = name.split('.')
      if (logicalId !== undefined && attribute.length > 0) {
        return this.attribute(logicalId, attribute.join('.'), place)
      }
      return this.reference(name, place)
    })
  }

  #condition(name: string): boolean {
    const condition = this.#template.Conditions?.[name]
    if (condition === undefined) throw new TemplateError(`There is no condition ${name}`)
    return this.#holds(condition, `Conditions.${name}`)
  }

  #holds(condition: unknown, place: string): boolean {
    const [name, argument] =
      Object.entries(z.record(z.string(), z.unknown()).parse(condition))[0] ?? []
    const items = () => listSchema.parse(argument)
    switch (name) {
      case 'Condition':
        return this.#condition(String(argument))
      case 'Fn::Equals': {
        const [left, right] = items().map((item) => this.#evaluate(item, place))
        return left === right
      }
      case 'Fn::And':
        return items().every((item) => this.#holds(item, place))
      case 'Fn::Or':
        return items().some((item) => this.#holds(item, place))
      case 'Fn::Not':
        return items().every((item) => !this.#holds(item, place))
      default:
        throw new TemplateError(`${place}: ${name} is not emulated`)
    }
  }

  #named(logicalId: string, resource: Resource): NamedResource {
    const nameProperty = nameProperties[resource.Type]
    const place = `${logicalId}.${nameProperty}`
    const givenName =
      nameProperty === undefined
        ? undefined
        : this.resolve(resource.Properties?.[nameProperty], place)
    return {
      logicalId,
      type: resource.Type,
      givenName: typeof givenName === 'string' ? givenName : undefined,
      property: (name) => this.resolve(resource.Properties?.[name], `${logicalId}.${name}`),
    }
  }
}
