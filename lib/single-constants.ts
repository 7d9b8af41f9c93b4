import type { ESTree } from 'vite'
import { type Edit, nameOf, statementsOf, withEdits } from './source-edits.ts'

/** The name that a path of members begins with, as `X` in `X.shape.id`; undefined for anything else. */
export const rootOf = (node: ESTree.Node): string | undefined => {
  if (node.type === 'Identifier') return node.name
  const isPath = node.type === 'MemberExpression' && !node.computed && !node.optional
  return isPath ? rootOf(node.object) : undefined
}

/** What a pattern takes by the names that it gives it; undefined when it does anything else. */
const takenBy = (pattern: ESTree.ObjectPattern): [name: string, key: string][] | undefined => {
  const taken = pattern.properties.map((property): [string, string] | undefined => {
    if (property.type !== 'Property' || property.computed) return undefined
    const key = nameOf(property as ESTree.ObjectPropertyKind)
    return key !== undefined && property.value.type === 'Identifier'
      ? [property.value.name, key]
      : undefined
  })
  return taken.every((each) => each !== undefined) ? taken : undefined
}

const editsOf = (statement: ESTree.Node, source: string): Edit[] => {
  if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') return []
  const [declared, ...more] = statement.declarations
  if (declared?.id.type !== 'ObjectPattern' || !declared.init || more.length > 0) return []
  const taken = takenBy(declared.id)
  if (taken === undefined || rootOf(declared.init) === undefined) return []
  const path = source.slice(declared.init.start, declared.init.end)
  const text = taken.map(([name, key]) => `const ${name} = ${path}.${key}`).join('; ')
  return [{ from: statement.start, to: statement.end, text }]
}

/** The module with `const { a, b: c } = X.y` as `const a = X.y.a; const c = X.y.b`, where that says the same. */
export const withSingleConstants = (source: string): string =>
  withEdits(
    source,
    statementsOf(source).flatMap((statement) => editsOf(statement, source)),
  )
