import * as z from 'zod'

/**
 * The upper bounds of one place of an answer, by the kinds of value that its schema allows there. The
 * lower bounds and everything else are checked when a value is complete.
 */
export interface Bounds {
  /** Graphemes of a text. */
  text?: { most: number }
  list?: { most: number; entries: Bounds }
  fields?: ReadonlyMap<string, Bounds>
  /** An object may have no other fields than these. */
  closed?: boolean
}

const Node = z.record(z.string(), z.unknown())
const Nodes = z.array(Node)
type Node = z.infer<typeof Node>

const numberOr = (value: unknown, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise

const longest = (values: readonly unknown[]): number =>
  Math.max(0, ...values.map((value) => (typeof value === 'string' ? value.length : 0)))

/** What neither of two variants allows. */
const loosest = (one: Bounds, other: Bounds): Bounds => {
  const { text = other.text, list = other.list, fields = other.fields } = one
  return {
    ...(text && { text: { most: Math.max(text.most, other.text?.most ?? 0) } }),
    ...(list && {
      list: {
        most: Math.max(list.most, other.list?.most ?? 0),
        entries: loosest(list.entries, other.list?.entries ?? {}),
      },
    }),
    ...(fields && {
      closed: (one.closed ?? true) && (other.closed ?? true),
      fields: new Map(
        [...fields.keys(), ...(other.fields?.keys() ?? [])].map((name) => [
          name,
          loosest(fields.get(name) ?? {}, other.fields?.get(name) ?? {}),
        ]),
      ),
    }),
  }
}

const boundsOfNode = (node: Node): Bounds => {
  const { type, enum: values, const: value } = node
  const variants = node.anyOf ?? node.oneOf
  if (variants !== undefined) return Nodes.parse(variants).map(boundsOfNode).reduce(loosest, {})
  if (values !== undefined) return { text: { most: longest(z.array(z.unknown()).parse(values)) } }
  if (typeof value === 'string') return { text: { most: value.length } }
  if (type === 'string')
    return { text: { most: numberOr(node.maxLength, Number.POSITIVE_INFINITY) } }
  if (type === 'array') {
    const most = numberOr(node.maxItems, Number.POSITIVE_INFINITY)
    return { list: { most, entries: boundsOfNode(Node.parse(node.items ?? {})) } }
  }
  if (type !== 'object') return {}
  const fields = Object.entries(Node.parse(node.properties ?? {}))
  return {
    closed: node.additionalProperties === false,
    fields: new Map(fields.map(([name, part]) => [name, boundsOfNode(Node.parse(part))])),
  }
}

const compiled = new WeakMap<z.ZodType, Bounds>()

/** The upper bounds of what a schema takes, compiled once. */
export const boundsOf = (schema: z.ZodType): Bounds => {
  const bounds =
    compiled.get(schema) ?? boundsOfNode(Node.parse(z.toJSONSchema(schema, { io: 'input' })))
  compiled.set(schema, bounds)
  return bounds
}
