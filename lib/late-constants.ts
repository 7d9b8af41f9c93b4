import type { ESTree } from 'vite'
import { lateReferences } from './late-references.ts'
import { rootOf, withSingleConstants } from './single-constants.ts'
import {
  awaits,
  type Constant,
  constantsOf,
  type Edit,
  insertion,
  isRoute,
  nameOf,
  partsOf,
  statementsOf,
  withEdits,
  works,
} from './source-edits.ts'

/** The constants that a module exports late, by the module's specifier in an import of this one. */
export type LateExports = (specifier: string) => Promise<ReadonlySet<string>>

const runsLater = new Set(['ArrowFunctionExpression', 'FunctionExpression'])

/** Whether evaluating it compiles a regular expression. */
const compiles = (node: ESTree.Node): boolean =>
  (node.type === 'Literal' && 'regex' in node) ||
  (!runsLater.has(node.type) && partsOf(node).some(compiles))

/** Whether a constant of the module alone is a part of a late one. */
const isPartOfLate = ({ init, isExported }: Constant, late: ReadonlySet<string>): boolean => {
  const root = isExported ? undefined : rootOf(init)
  return root !== undefined && late.has(root)
}

/**
 * The one constant of a statement, if it is to be computed late.
 * @param late names that are known to be late before it
 */
const lateIn = (
  statement: ESTree.Node,
  source: string,
  late: ReadonlySet<string> = new Set(),
): Constant | undefined => {
  const [constant, ...more] = constantsOf(statement)
  if (constant === undefined || more.length > 0 || awaits(constant.init, source)) return undefined
  const { init } = constant
  return works(init) || compiles(init) || isPartOfLate(constant, late) ? constant : undefined
}

const declarationEdits = (statement: ESTree.Node, { name, init, isExported }: Constant): Edit[] => {
  const prefix = isExported ? 'export ' : ''
  const begin = `let ${name}$value;${prefix}const ${name}$ = () => ${name}$value ??= (`
  // For a namespace, or a module that is not ours; left out where none reads it.
  const atOnce = isExported ? `;export const ${name} = ${name}$()` : ''
  return [{ from: statement.start, to: init.start, text: begin }, insertion(init.end, `)${atOnce}`)]
}

/** What a request is read with: most routes of a function are not the one that is called. */
const readWith = new Set(['params', 'query', 'body', 'form'])

const routeEdits = (node: ESTree.Node): Edit[] => {
  const nested = partsOf(node).flatMap(routeEdits)
  if (!isRoute(node)) return nested
  const own = node.properties.flatMap((property) => {
    const name = nameOf(property)
    if (property.type !== 'Property' || name === undefined || !readWith.has(name)) return []
    const { key, value, shorthand } = property
    if (shorthand) return []
    return [
      { from: key.start, to: value.start, text: `get ${name}() { const value = (` },
      insertion(
        value.end,
        `); Object.defineProperty(this, '${name}', { value, enumerable: true }); return value }`,
      ),
    ]
  })
  return [...own, ...nested]
}

/** The module of routes with schemas for requests that are made at the first of them. */
export const withLateRequests = (source: string): string =>
  withEdits(source, statementsOf(source).flatMap(routeEdits))

const valueNames = (specifiers: readonly ESTree.Node[]) =>
  specifiers.flatMap((specifier) => {
    if (specifier.type === 'ImportSpecifier' && specifier.importKind !== 'type') {
      const { imported, local, end } = specifier
      return imported.type === 'Identifier' ? [{ from: imported.name, to: local.name, end }] : []
    }
    if (specifier.type === 'ExportSpecifier' && specifier.exportKind !== 'type') {
      const { local, exported, end } = specifier
      return local.type === 'Identifier' && exported.type === 'Identifier'
        ? [{ from: local.name, to: exported.name, end }]
        : []
    }
    return []
  })

const isOfTypes = (statement: ESTree.ImportDeclaration | ESTree.ExportNamedDeclaration): boolean =>
  statement.type === 'ImportDeclaration'
    ? statement.importKind === 'type'
    : statement.exportKind === 'type'

type Listed = ReturnType<typeof valueNames>

/** What a statement imports or passes on from another module, if it is late there. */
const lateFrom = async (statement: ESTree.Node, lateExports: LateExports): Promise<Listed> => {
  const isListing =
    statement.type === 'ImportDeclaration' || statement.type === 'ExportNamedDeclaration'
  if (!isListing || !statement.source?.value.startsWith('.') || isOfTypes(statement)) return []
  const names = valueNames(statement.specifiers)
  if (names.length === 0) return []
  const late = await lateExports(statement.source.value)
  return names.filter(({ from }) => late.has(from))
}

/** The names of late constants among those that a module exports. */
export const lateExportsOf = async (
  source: string,
  lateExports: LateExports,
): Promise<ReadonlySet<string>> => {
  const found = new Set<string>()
  for (const statement of statementsOf(source)) {
    if (statement.type !== 'ExportNamedDeclaration') continue
    const constant = lateIn(statement, source)
    if (constant) found.add(constant.name)
    for (const { to } of await lateFrom(statement, lateExports)) found.add(to)
  }
  return found
}

const listEdits = (listed: Listed): Edit[] =>
  listed.map(({ from, to, end }) => insertion(end, `, ${from}$ as ${to}$`))

/**
 * The TypeScript module with its constants computed when they are first read: those that call something or
 * hold a regular expression, and what a module takes out of such a one for itself. `X` is then read as `X$()`, here
 * and in what imports it.
 * @param declares false for a module whose own constants stay as they are
 */
export const withLateConstants = async (
  given: string,
  lateExports: LateExports,
  { declares = true } = {},
): Promise<string> => {
  const source = declares ? withSingleConstants(given) : given
  const statements = statementsOf(source)
  const late = new Set<string>()
  const edits: Edit[] = []
  for (const statement of statements) {
    const constant = declares ? lateIn(statement, source, late) : undefined
    if (constant) {
      late.add(constant.name)
      edits.push(...declarationEdits(statement, constant))
    }
    const listed = await lateFrom(statement, lateExports)
    edits.push(...listEdits(listed))
    if (statement.type !== 'ImportDeclaration') continue
    for (const { to } of listed) late.add(to)
  }
  const exported = statements.flatMap((statement) =>
    statement.type === 'ExportNamedDeclaration' && !statement.source
      ? valueNames(statement.specifiers).filter(({ from }) => late.has(from))
      : [],
  )
  if (exported.length > 0) throw new Error('A late constant is exported where it is declared.')
  const references = statements.flatMap((statement) => lateReferences(statement, late))
  return withEdits(source, [...edits, ...references])
}
