import { type ESTree, parseAst } from 'vite'

/** Puts a text in the place of what lies between two positions of a source. */
interface Edit {
  from: number
  to: number
  text: string
}

const isNode = (value: unknown): value is ESTree.Node =>
  typeof value === 'object' && value !== null && 'type' in value

const partsOf = (node: ESTree.Node): ESTree.Node[] => Object.values(node).flat().filter(isNode)

const startsWork = new Set(['CallExpression', 'NewExpression', 'TaggedTemplateExpression'])
const runsLater = new Set(['ArrowFunctionExpression', 'FunctionExpression'])

/** Whether evaluating it calls anything. */
const works = (node: ESTree.Node): boolean =>
  startsWork.has(node.type) || (!runsLater.has(node.type) && partsOf(node).some(works))

const begin = '/* @__PURE__ */ (() => ('
const end = '))()'
const insertion = (at: number, text: string): Edit => ({ from: at, to: at, text })

const aroundVariables = (declaration: ESTree.VariableDeclaration, source: string): Edit[] =>
  declaration.declarations.flatMap(({ id, init }) => {
    if (id.type !== 'Identifier' || init === null || !works(init)) return []
    // It would have to stay in the module itself.
    if (/\bawait\b/.test(source.slice(init.start, init.end))) return []
    return [insertion(init.start, begin), insertion(init.end, end)]
  })

const aroundDeclaration = (statement: ESTree.Node, source: string): Edit[] => {
  const declaration =
    statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
  return declaration?.type === 'VariableDeclaration' && declaration.kind === 'const'
    ? aroundVariables(declaration, source)
    : []
}

const nameOf = (property: ESTree.ObjectPropertyKind): string | undefined =>
  property.type === 'Property' && property.key.type === 'Identifier' ? property.key.name : undefined

/** What a route answers is read by documents, clients and types, and by nothing at run time. */
const described = new Set(['answer', 'late'])

const answersIn = (node: ESTree.Node): Edit[] => {
  const isRoute =
    node.type === 'ObjectExpression' &&
    node.properties.some((property) => nameOf(property) === 'path')
  if (!isRoute) return partsOf(node).flatMap(answersIn)
  // In the order of the source, and none within another.
  return node.properties.flatMap((property) =>
    property.type === 'Property' && described.has(nameOf(property) ?? '')
      ? [{ from: property.value.start, to: property.value.end, text: 'undefined' }]
      : answersIn(property),
  )
}

const edited = (source: string, editsOf: (statement: ESTree.Node) => Edit[]): string => {
  const edits = parseAst(source, { lang: 'ts' }).body.flatMap(editsOf)
  const behind = edits.map(({ to, text }, index) => text + source.slice(to, edits[index + 1]?.from))
  return source.slice(0, edits[0]?.from) + behind.join('')
}

/** The module of routes without the schemas of their answers, so that what is used for these alone is left out. */
export const withoutAnswers = (source: string): string => edited(source, answersIn)

/**
 * The TypeScript module with what it computes at its start marked as free of side effects: esbuild keeps
 * calls otherwise, also where nothing that is bundled uses what they return.
 */
export const withPureDeclarations = (source: string): string =>
  edited(source, (statement) => aroundDeclaration(statement, source))
