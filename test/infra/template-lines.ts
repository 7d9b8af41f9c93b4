import * as z from 'zod'
import type { Template } from '../../lib/synthesize.ts'
import { text } from './synthesized.ts'

/**
 * A template as lines that a reviewer reads: resources by type and name, one line for each property, short resources
 * in one line. References stand as `<Name>`, packages of code as `<package>`; metadata and what only orders the
 * deployment are left out.
 */

/** Plumbing, of which there is much: one line each, however long. */
const oneLine = new Set([
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::CloudWatch::Alarm',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Permission',
])
/** Of these the CDK makes the names up. */
const nameless = new Set(['AWS::ApiGatewayV2::Route', 'AWS::Lambda::Permission'])

/** Longer lines are broken up into one for each part. */
const maxLength = 140

const flat = (value: unknown): string => {
  const known = text.safeParse(value)
  if (known.success) return known.data
  if (Array.isArray(value)) return `[${value.map(flat).join(', ')}]`
  if (value === null || typeof value !== 'object') return String(value)
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  return `{${entries.map(([key, each]) => `${key}: ${flat(each)}`).join(', ')}}`
}

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`)

/** `name: value` in one line, or with a line for each part of the value. */
const property = (name: string, value: unknown): string[] => {
  const whole = flat(value)
  const isText = text.safeParse(value).success
  if (isText || value === null || typeof value !== 'object' || whole.length <= maxLength) {
    return [`${name}: ${whole}`]
  }
  const parts = Array.isArray(value)
    ? value.flatMap((each) => property('-', each))
    : Object.entries(value).flatMap(([key, each]) => property(key, each))
  return [`${name}:`, ...indented(parts)]
}

const statementSchema = z.object({
  Effect: z.string(),
  Action: z.unknown(),
  Resource: z.unknown().optional(),
  Principal: z.unknown().optional(),
  Condition: z.unknown().optional(),
  Sid: z.unknown().optional(),
})
const list = (value: unknown): string => [value].flat().map(flat).join(' ')

/** A policy, one line for each statement. */
const policyLines = (document: unknown): string[] => {
  const { Statement } = z.looseObject({ Statement: z.array(statementSchema) }).parse(document)
  return Statement.map(({ Effect, Action, Resource, Principal, Condition }) =>
    [
      `${Effect} ${list(Action)}`,
      ...(Principal === undefined ? [] : [`to ${flat(Principal)}`]),
      ...(Resource === undefined ? [] : [`on ${list(Resource)}`]),
      ...(Condition === undefined ? [] : [`if ${flat(Condition)}`]),
    ].join(' '),
  )
}

const dashboardSchema = z.object({
  widgets: z.array(
    z.looseObject({
      type: z.string(),
      properties: z.looseObject({ title: z.string().optional(), markdown: z.string().optional() }),
    }),
  ),
})

/** A dashboard by its widgets' titles: what they show is held by `dashboard.test.ts`. */
const dashboardLines = (body: unknown): string[] =>
  dashboardSchema
    .parse(JSON.parse(text.parse(body)))
    .widgets.map(({ type, properties: { title, markdown } }) => `${type}: ${title ?? markdown}`)

/** Properties that say more in words of their own. */
const special: Readonly<Record<string, (value: unknown) => string[]>> = {
  PolicyDocument: policyLines,
  AssumeRolePolicyDocument: policyLines,
  DashboardBody: dashboardLines,
  DefinitionString: (value) => property('Definition', JSON.parse(text.parse(value))),
}

const linesOf = (
  properties: Readonly<Record<string, unknown>>,
  asProperty: (name: string, value: unknown) => string[],
): string[] =>
  Object.entries(properties)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([name, value]) => special[name]?.(value) ?? asProperty(name, value))

const masked = (line: string): string => line.replaceAll(/\b[0-9a-f]{64}\b/g, '<package>')

type Resource = [id: string, resource: Template['Resources'][string]]

/** One block of lines, as one text. */
const block = (type: string, [id, { Properties, DeletionPolicy }]: Resource): string => {
  if (oneLine.has(type)) {
    const parts = linesOf(Properties, (name, value) => [`${name}: ${flat(value)}`])
    return `${nameless.has(type) ? '-' : id}  ${parts.join(' · ')}`
  }
  const lines = linesOf(Properties, property)
  const kept = DeletionPolicy === undefined ? '' : ` [${DeletionPolicy}]`
  const name = `${id}${kept}`
  const whole = `${name}  ${lines.join(' · ')}`
  const isShort = whole.length <= maxLength && lines.every((line) => !line.startsWith(' '))
  return isShort ? whole : [name, ...indented(lines)].join('\n')
}

/** The lines of a template's resources; equal templates have equal lines, whatever was built for them. */
export const templateLines = (template: Template): string[] => {
  const byType = Map.groupBy(Object.entries(template.Resources), ([, { Type }]) => Type)
  const lines = [...byType]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([type, resources]) => [
      '',
      `== ${type} (${resources.length})`,
      ...resources
        .map((resource) => block(type, resource))
        .sort()
        .join('\n')
        .split('\n'),
    ])
  const outputs = Object.entries(template.Outputs).flatMap(([name, { Value }]) =>
    property(name, Value),
  )
  return [...lines, '', '== Outputs', ...outputs].map(masked).slice(1)
}
