import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { routes } from '../../shared/contracts/http.ts'
import { createTypePrinter, type Side } from './type-printer.ts'

const shared = join(import.meta.dirname, '..', '..', 'shared')

/** Every schema that the contracts export, by the name of its type. */
const namedSchemas = async (): Promise<Map<string, z.ZodType>> => {
  const folder = join(shared, 'contracts')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const named = new Map<string, z.ZodType>()
  for (const file of files.filter((name) => name.endsWith('.ts')).sort()) {
    const exported: Record<string, unknown> = await import(join(folder, file))
    for (const [name, value] of Object.entries(exported)) {
      if (/^[A-Z]/.test(name) && value instanceof z.ZodType) named.set(name, value)
    }
  }
  return named
}

/** What `shared/client/contract.ts` hands on: names of the contracts' types, and others that stand for one. */
const handedOn = (): { names: string[]; aliases: string[] } => {
  const source = readFileSync(join(shared, 'client', 'contract.ts'), 'utf8')
  const lists = [...source.matchAll(/^export type \{([^}]+)\} from/gm)].map(([, list = '']) => list)
  return {
    names: lists.flatMap((list) => list.split(',').map((name) => name.trim())).filter(Boolean),
    aliases: [...source.matchAll(/^export type \w+ = \w+$/gm)].map(([line]) => line),
  }
}

/**
 * The types of `shared/client/contract.ts` as declarations that need nothing else, printed from the
 * schemas.
 */
export const contractTypes = async (): Promise<string> => {
  const named = await namedSchemas()
  const nameOf = new Map([...named].map(([name, schema]) => [schema, name]))
  const wanted = new Set<string>()
  const printer = createTypePrinter((schema, side) => {
    const name = nameOf.get(schema)
    // A text's name says nothing that its field's does not.
    if (name === undefined || schema instanceof z.ZodString) return undefined
    if (side === 'input' && !isSameBothWays(schema)) return undefined
    wanted.add(name)
    return name
  })
  const anew = createTypePrinter(() => undefined)
  const isSameBothWays = (schema: z.ZodType): boolean =>
    anew.print(schema, 'input') === anew.print(schema, 'output')

  const lines: string[] = []
  const { names, aliases } = handedOn()
  for (const name of names) wanted.add(name)
  const route = (schema: z.ZodType, side: Side): string => printer.print(schema, side)
  const table = Object.entries(routes).map(([name, each]) => {
    const { method, path, idempotent, params, query, body, answer } = each
    const late = 'late' in each ? ` | ${route(each.late, 'output')}` : ''
    return `  ${name}: {
    method: '${method}'
    path: '${path}'
    idempotent: ${idempotent}
    params: ${route(params, 'input')}
    query: Partial<${route(query, 'output')}>
    body: ${route(body, 'input')}
    answer: ${route(answer, 'output')}${late}
  }`
  })
  // Each declaration may want others; the set grows while it is gone through.
  for (const name of wanted) {
    const schema = named.get(name)
    if (!schema) throw new Error(`No schema has the name ${name}.`)
    lines.push(`export type ${name} = ${printer.printAnew(schema, 'output')}`)
  }
  return [
    ...lines.sort(),
    ...aliases,
    `interface Routes {\n${table.join('\n')}\n}`,
    'export type RouteName = keyof Routes',
    'export type RouteOf<N extends RouteName> = Routes[N]',
    '',
  ].join('\n')
}
