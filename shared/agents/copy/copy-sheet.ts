import type * as z from 'zod'
import type { JsonPath } from '../answer-reader.ts'

/** The texts of one element of an answer. */
export interface ElementTexts {
  /** Each is judged by itself; the first is all that a reader sees together, and what moderation gets. */
  texts: readonly [string, ...string[]]
  /** Names and places, which are no copy but could be abused for it: only what is blocked counts. */
  labels?: readonly string[]
}

/** An element of an answer that goes out. */
export interface CopyField {
  schema: z.ZodType
  textsOf(item: unknown): ElementTexts
  /** An answer can do without it: it is null then. */
  optional?: boolean
  /** Keys of its texts that are also judged alone: as soon as each is there. */
  alone?: readonly string[]
}

export const copyField = <Item>(
  schema: z.ZodType<Item>,
  textsOf: (item: Item) => ElementTexts,
  rest: Pick<CopyField, 'optional' | 'alone'> = {},
): CopyField => ({ schema, textsOf: (item) => textsOf(schema.parse(item)), ...rest })

/** A part of an answer that a verdict is about. */
export interface CopyPart {
  /** `ad_copies.c1`. Holds nothing that the model wrote but the id of an entry, and that only when it is plain. */
  where: string
  texts: ElementTexts[]
}

/** What stands or falls, and is written again, as a whole. */
export interface CopyPiece {
  where: string
  /** A key of the sheet's `schemas`. */
  kind: string
  item: unknown
  parts: CopyPart[]
}

export interface CopySheetFields {
  /** Lists of entries, each a piece. */
  lists?: Readonly<Record<string, CopyField>>
  /** Fields that are one piece. */
  wholes?: Readonly<Record<string, CopyField>>
  /** Fields that say the same words, so that none can change alone; its lists are read as one text. */
  joined?: {
    name: string
    schema: z.ZodType
    wholes: Readonly<Record<string, CopyField>>
    lists: Readonly<Record<string, CopyField>>
  }
}

type Answer = Readonly<Record<string, unknown>>

/** Which parts of a stage's answer are copy. */
export interface CopySheet {
  /** What the model has to write for a piece of each kind. */
  schemas: Readonly<Record<string, z.ZodType>>
  /** Fields whose entries a reader gets one after the other, as one text. */
  running: ReadonlySet<string>
  pieces(answer: Answer): CopyPiece[]
  /** The texts of an entry or a field as it is streamed; undefined for what is no copy. */
  elementTexts(kind: string, item: unknown): ElementTexts | undefined
  /** Whether a text of a field is judged by itself, beside what it stands in. */
  isJudgedAlone(path: JsonPath): boolean
  /** The answer with other items in the place of some pieces, by `where`. */
  replaced(answer: Answer, items: ReadonlyMap<string, unknown>): Answer
  /** The answer without some pieces; undefined when one of them is no entry of a list. */
  without(answer: Answer, dropped: ReadonlySet<string>): Answer | undefined
}

const entriesOf = (answer: Answer, kind: string): unknown[] => {
  const entries = answer[kind]
  return Array.isArray(entries) ? entries : []
}

/** What ids usually look like. Anything else could be a text, and `where` goes into the log. */
const plainId = /^[a-z]{1,2}[0-9]{1,3}$/i

const entryName = (entry: unknown, index: number): string => {
  const id = typeof entry === 'object' && entry !== null && 'id' in entry ? entry.id : undefined
  return typeof id === 'string' && plainId.test(id) ? id : `${index}`
}

const entryPieces = (answer: Answer, kind: string, { textsOf }: CopyField): CopyPiece[] =>
  entriesOf(answer, kind).map((item, index) => {
    const where = `${kind}.${entryName(item, index)}`
    return { where, kind, item, parts: [{ where, texts: [textsOf(item)] }] }
  })

const wholePieces = (answer: Answer, kind: string, { textsOf }: CopyField): CopyPiece[] => {
  const item = answer[kind] ?? null
  if (item === null) return []
  return [{ where: kind, kind, item, parts: [{ where: kind, texts: [textsOf(item)] }] }]
}

/** Entries that follow each other as one text, and each by itself. */
const runningPart = (answer: Answer, where: string, { textsOf }: CopyField): CopyPart => {
  const each = entriesOf(answer, where).map(textsOf)
  const all = each.map(({ texts: [first] }) => first).join(' ')
  return { where, texts: [{ texts: [all] }, ...each] }
}

const joinedPieces = (
  answer: Answer,
  { name, wholes, lists }: NonNullable<CopySheetFields['joined']>,
): CopyPiece[] => {
  const parts = [
    ...Object.entries(wholes).map(([where, { textsOf }]) => ({
      where,
      texts: [textsOf(answer[where])],
    })),
    ...Object.entries(lists).map(([where, field]) => runningPart(answer, where, field)),
  ]
  const item = Object.fromEntries(parts.map(({ where }) => [where, answer[where]]))
  return [{ where: name, kind: name, item, parts }]
}

const withoutEntries = (answer: Answer, kind: string, dropped: ReadonlySet<string>): unknown[] =>
  entriesOf(answer, kind).filter((item, index) => !dropped.has(`${kind}.${entryName(item, index)}`))

const fieldsOf = ({
  lists = {},
  wholes = {},
  joined,
}: CopySheetFields): Record<string, CopyField> => ({
  ...lists,
  ...wholes,
  ...joined?.wholes,
  ...joined?.lists,
})

export const copySheet = (fields: CopySheetFields): CopySheet => {
  const { lists = {}, wholes = {}, joined } = fields
  const all = fieldsOf(fields)
  return {
    schemas: {
      ...Object.fromEntries(
        [...Object.entries(lists), ...Object.entries(wholes)].map(([kind, { schema }]) => [
          kind,
          schema,
        ]),
      ),
      ...(joined && { [joined.name]: joined.schema }),
    },
    running: new Set(Object.keys(joined?.lists ?? {})),
    pieces: (answer) => [
      ...Object.entries(lists).flatMap(([kind, field]) => entryPieces(answer, kind, field)),
      ...Object.entries(wholes).flatMap(([kind, field]) => wholePieces(answer, kind, field)),
      ...(joined ? joinedPieces(answer, joined) : []),
    ],
    isJudgedAlone: ([kind, key]) => all[String(kind)]?.alone?.includes(String(key)) ?? false,
    elementTexts: (kind, item) => (item === null ? undefined : all[kind]?.textsOf(item)),
    replaced(answer, items) {
      const entries = Object.keys(lists).map((kind) => [
        kind,
        entriesOf(answer, kind).map(
          (item, index) => items.get(`${kind}.${entryName(item, index)}`) ?? item,
        ),
      ])
      const single = Object.keys(wholes).map((kind) => [kind, items.get(kind) ?? answer[kind]])
      const together = joined && items.get(joined.name)
      return { ...answer, ...Object.fromEntries([...entries, ...single]), ...(together ?? {}) }
    },
    without(answer, dropped) {
      if (joined && dropped.has(joined.name)) return undefined
      const gone = Object.entries(wholes).filter(([kind]) => dropped.has(kind))
      if (gone.some(([, { optional }]) => !optional)) return undefined
      return {
        ...answer,
        ...Object.fromEntries(
          Object.keys(lists).map((kind) => [kind, withoutEntries(answer, kind, dropped)]),
        ),
        ...Object.fromEntries(gone.map(([kind]) => [kind, null])),
      }
    },
  }
}
