import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const contracts = join(import.meta.dirname, '..', '..', 'shared', 'contracts')

/** A doc comment, and the declaration or property that follows it. */
const documented =
  /^( *)\/\*\*((?:[^*]|\*(?!\/))+)\*\/\n\1(?:(?:export )?const (\w+)|'?([\w.]+)'?(?=:))/gm
const opening = /^( *)(?:(?:export )?const (\w+)|'?([\w.]+)'?:)/

const textOf = (comment: string): string =>
  comment
    .split('\n')
    .map((line) => line.replace(/^\s*\*?\s?/, '').trim())
    .join(' ')
    .trim()

/** Names that enclose a position, outermost first, by indentation, which Biome keeps exact. */
const enclosing = (before: string, indentation: number): string[] => {
  const names: string[] = []
  let inner = indentation
  for (const line of before.split('\n').reverse()) {
    if (inner === 0) break
    const [, indent = '', constant, key] = opening.exec(line) ?? []
    const name = constant ?? key
    if (name === undefined || indent.length >= inner) continue
    names.unshift(name)
    inner = indent.length
  }
  return names
}

export interface Comment {
  /** The declaration's name and the keys below it: `['Gate', 'completeness']`. */
  path: readonly string[]
  text: string
}

/**
 * The contracts' doc comments with the names they document, so that the documents say what the source
 * says.
 */
export const readComments = (): Comment[] => {
  const files = readdirSync(contracts, { recursive: true, encoding: 'utf8' })
  return files
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .flatMap((file) => {
      const source = readFileSync(join(contracts, file), 'utf8')
      return [...source.matchAll(documented)].map((match) => {
        const [, indent = '', comment = '', constant, key = ''] = match
        const outer = enclosing(source.slice(0, match.index), indent.length)
        return { path: [...outer, constant ?? key], text: textOf(comment) }
      })
    })
}
