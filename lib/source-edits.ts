import { type ESTree, parseAst } from 'vite'

/** Puts a text in the place of what lies between two positions of a source. */
export interface Edit {
  from: number
  to: number
  text: string
}

export const insertion = (at: number, text: string): Edit => ({ from: at, to: at, text })

export const isNode = (value: unknown): value is ESTree.Node =>
  typeof value === 'object' && value !== null && 'type' in value

export const partsOf = (node: ESTree.Node): ESTree.Node[] =>
  Object.values(node).flat().filter(isNode)

export const statementsOf = (source: string): ESTree.Node[] => parseAst(source, { lang: 'ts' }).body

/** The source with these edits, of which none lies within another. */
export const withEdits = (source: string, edits: readonly Edit[]): string => {
  const ordered = edits.toSorted((one, other) => one.from - other.from || one.to - other.to)
  const behind = ordered.map(
    ({ to, text }, index) => text + source.slice(to, ordered[index + 1]?.from),
  )
  return source.slice(0, ordered[0]?.from) + behind.join('')
}

const startsWork = new Set(['CallExpression', 'NewExpression', 'TaggedTemplateExpression'])
const runsLater = new Set(['ArrowFunctionExpression', 'FunctionExpression'])

/** Whether evaluating it calls anything. */
export const works = (node: ESTree.Node): boolean =>
  startsWork.has(node.type) || (!runsLater.has(node.type) && partsOf(node).some(works))

export interface Constant {
  name: string
  init: ESTree.Expression
  isExported: boolean
}

/** The constants with a name that a statement of a module declares. */
export const constantsOf = (statement: ESTree.Node): Constant[] => {
  const isExported = statement.type === 'ExportNamedDeclaration'
  const declaration = isExported ? statement.declaration : statement
  if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const') return []
  return declaration.declarations.flatMap(({ id, init }) =>
    id.type === 'Identifier' && init !== null ? [{ name: id.name, init, isExported }] : [],
  )
}

/** Whether the expression has to stay in the module itself. */
export const awaits = (init: ESTree.Node, source: string): boolean =>
  /\bawait\b/.test(source.slice(init.start, init.end))

export const nameOf = (property: ESTree.ObjectPropertyKind): string | undefined =>
  property.type === 'Property' && property.key.type === 'Identifier' ? property.key.name : undefined

/** Whether an object of the contract is a route: nothing else is told by its path. */
export const isRoute = (node: ESTree.Node): node is ESTree.ObjectExpression =>
  node.type === 'ObjectExpression' &&
  node.properties.some((property) => nameOf(property) === 'path')
