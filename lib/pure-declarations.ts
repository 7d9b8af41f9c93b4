import type { ESTree } from 'vite'
import {
  awaits,
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

const begin = '/* @__PURE__ */ (() => ('
const end = '))()'

const aroundConstants = (statement: ESTree.Node, source: string): Edit[] =>
  constantsOf(statement).flatMap(({ init }) =>
    works(init) && !awaits(init, source)
      ? [insertion(init.start, begin), insertion(init.end, end)]
      : [],
  )

/** What a route answers is read by documents, clients and types, and by nothing at run time. */
const described = new Set(['answer', 'late'])

const answersIn = (node: ESTree.Node): Edit[] => {
  if (!isRoute(node)) return partsOf(node).flatMap(answersIn)
  return node.properties.flatMap((property) =>
    property.type === 'Property' && described.has(nameOf(property) ?? '')
      ? [{ from: property.value.start, to: property.value.end, text: 'undefined' }]
      : answersIn(property),
  )
}

/** The module of routes without the schemas of their answers, so that what is used for these alone is left out. */
export const withoutAnswers = (source: string): string =>
  withEdits(source, statementsOf(source).flatMap(answersIn))

/**
 * The TypeScript module with what it computes at its start marked as free of side effects: esbuild keeps
 * calls otherwise, also where nothing that is bundled uses what they return.
 */
export const withPureDeclarations = (source: string): string =>
  withEdits(
    source,
    statementsOf(source).flatMap((statement) => aroundConstants(statement, source)),
  )
