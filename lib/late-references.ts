import type { ESTree } from 'vite'
import { type Edit, insertion, partsOf } from './source-edits.ts'

type Node = ESTree.Node
type Names = ReadonlySet<string>

/** The names that a pattern binds. */
const boundBy = (pattern: Node | null | undefined): string[] => {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name]
    case 'AssignmentPattern':
      return boundBy(pattern.left)
    case 'RestElement':
      return boundBy(pattern.argument)
    case 'ArrayPattern':
      return pattern.elements.flatMap(boundBy)
    case 'ObjectPattern':
      return pattern.properties.flatMap((each) =>
        boundBy(each.type === 'Property' ? each.value : each),
      )
    default:
      return []
  }
}

const declaredBy = (statement: Node | null | undefined): string[] => {
  switch (statement?.type) {
    case 'VariableDeclaration':
      return statement.declarations.flatMap(({ id }) => boundBy(id))
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return boundBy(statement.id)
    default:
      return []
  }
}

const isFunction = (node: Node): node is ESTree.Function | ESTree.ArrowFunctionExpression =>
  node.type === 'FunctionDeclaration' ||
  node.type === 'FunctionExpression' ||
  node.type === 'ArrowFunctionExpression'

/** The names that a node binds for what it holds. */
const scopeOf = (node: Node): string[] => {
  if (isFunction(node)) return [...boundBy(node.id), ...node.params.flatMap(boundBy)]
  switch (node.type) {
    case 'ClassDeclaration':
    case 'ClassExpression':
      return boundBy(node.id)
    case 'BlockStatement':
    case 'StaticBlock':
      return node.body.flatMap(declaredBy)
    case 'ForStatement':
      return declaredBy(node.init)
    case 'ForInStatement':
    case 'ForOfStatement':
      return declaredBy(node.left)
    case 'SwitchStatement':
      return node.cases.flatMap(({ consequent }) => consequent.flatMap(declaredBy))
    case 'CatchClause':
      return boundBy(node.param)
    default:
      return []
  }
}

const without = (names: Names, bound: readonly string[]): Names =>
  bound.some((name) => names.has(name))
    ? new Set([...names].filter((name) => !bound.includes(name)))
    : names

/** What a pattern reads: defaults and computed keys, and not the names that it binds. */
const inPattern = (pattern: Node | null, late: Names): Edit[] => {
  switch (pattern?.type) {
    case 'Identifier':
      return []
    case 'AssignmentPattern':
      return [...inPattern(pattern.left, late), ...referencesIn(pattern.right, late)]
    case 'RestElement':
      return inPattern(pattern.argument, late)
    case 'ArrayPattern':
      return pattern.elements.flatMap((each) => inPattern(each, late))
    case 'ObjectPattern':
      return pattern.properties.flatMap((each) =>
        each.type === 'Property'
          ? [...inKey(each, late), ...inPattern(each.value, late)]
          : inPattern(each, late),
      )
    default:
      return pattern ? referencesIn(pattern, late) : []
  }
}

const inKey = ({ computed, key }: { computed: boolean; key: Node }, late: Names): Edit[] =>
  computed ? referencesIn(key, late) : []

const isLate = (node: Node, late: Names): node is ESTree.IdentifierReference =>
  node.type === 'Identifier' && late.has(node.name)

const reading = (name: string): string => `${name}$()`

const inEach = (nodes: readonly (Node | null)[], late: Names): Edit[] =>
  nodes.flatMap((node) => (node ? referencesIn(node, late) : []))

/** What nodes read of which not every part is an expression; undefined for any other node. */
const inNamed = (node: Node, late: Names): Edit[] | undefined => {
  switch (node.type) {
    case 'ImportDeclaration':
      return []
    case 'ExportNamedDeclaration':
      return inEach([node.declaration], late)
    case 'VariableDeclarator':
      return [...inPattern(node.id, late), ...inEach([node.init], late)]
    case 'MemberExpression':
      return [
        ...referencesIn(node.object, late),
        ...inKey({ computed: node.computed, key: node.property }, late),
      ]
    case 'Property': {
      const { shorthand, value, start, end } = node
      if (shorthand && isLate(value, late)) {
        return [{ from: start, to: end, text: `${value.name}: ${reading(value.name)}` }]
      }
      return [...inKey(node, late), ...referencesIn(value, late)]
    }
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'AccessorProperty':
      return [...inKey(node, late), ...inEach([node.value], late)]
    case 'NewExpression': {
      const { callee, arguments: given } = node
      const made = referencesIn(callee, late)
      // `new X$()` would make a new one of what reads it.
      const around =
        made.length > 0 ? [insertion(callee.start, '('), insertion(callee.end, ')')] : []
      return [...around, ...made, ...inEach(given, late)]
    }
    case 'AssignmentExpression':
      return [...inPattern(node.left, late), ...referencesIn(node.right, late)]
    case 'CatchClause':
      return [...inPattern(node.param, late), ...referencesIn(node.body, late)]
    case 'LabeledStatement':
      return referencesIn(node.body, late)
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'MetaProperty':
      return []
    default:
      return undefined
  }
}

/** Of types nothing remains; of what says the type of an expression, the expression. */
const inType = (node: Node, late: Names): Edit[] => {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSInstantiationExpression':
      return referencesIn(node.expression, late)
    default:
      return []
  }
}

const referencesIn = (node: Node, outer: Names): Edit[] => {
  if (outer.size === 0) return []
  if (isLate(node, outer)) {
    return [{ from: node.start, to: node.end, text: reading(node.name) }]
  }
  if (node.type.startsWith('TS')) return inType(node, outer)
  const late = without(outer, scopeOf(node))
  const named = inNamed(node, late)
  if (named) return named
  if (isFunction(node)) {
    return [...node.params.flatMap((each) => inPattern(each, late)), ...inEach([node.body], late)]
  }
  return partsOf(node).flatMap((part) => referencesIn(part, late))
}

/** Replaces each reading of a late constant, as far as nothing of the same name stands before it. */
export const lateReferences = referencesIn
