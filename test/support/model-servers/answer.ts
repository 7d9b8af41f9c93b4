import { randomUUID } from 'node:crypto'

/** What the model behind a stub server answers, before its server puts it into a dialect. */
export interface ModelText {
  text: string
  /** What it thinks before it answers, where the server shows that. */
  thought?: string
  /** Cited pages, with the words after which each citation stands. */
  citations?: { url: string; title: string; after: string }[]
  usage?: { input: number; output: number }
}

export type Fields = Record<string, unknown>

export const idOf = (prefix: string): string => `${prefix}${randomUUID().replaceAll('-', '')}`

/** Pieces of `size` characters, none of which splits a surrogate pair. */
export const pieces = (text: string, size = 12): string[] => {
  const characters = [...text]
  return Array.from({ length: Math.ceil(characters.length / size) }, (_, index) =>
    characters.slice(index * size, (index + 1) * size).join(''),
  )
}

export const tokensOf = ({ text, usage }: ModelText): { input: number; output: number } =>
  usage ?? { input: 120, output: Math.ceil(text.length / 3) }
