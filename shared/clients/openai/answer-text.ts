import { StudioError } from '../../contracts/errors.ts'
import { streamLimits } from '../../rules/model-limits.ts'
import { type AnswerItem, answering, createItems, itemText } from './answer-items.ts'
import { createOutlet } from './answer-outlet.ts'
import { withoutWrapping } from './answer-wrapping.ts'
import type { Fields } from './loose-json.ts'

/** One item as a server repeats it at the end. */
export interface FinalItem {
  item: Fields
  text: string
}

const contradicted = (): StudioError =>
  new StudioError('UPSTREAM_ERROR', "The model's server told one answer in two ways.")

const tooLong = (): StudioError =>
  new StudioError(
    'SCHEMA_VALIDATION_FAILED',
    `The answer is longer than ${streamLimits.characters} characters.`,
    { errors: [{ path: 'answer', message: 'The answer was far too long; answer more briefly.' }] },
  )

/** Whether a delta begins with all that came before: a server that repeats the text instead of continuing it. */
const restates = (before: AnswerItem, delta: string, asked: 'object' | 'prose'): boolean => {
  if (before.length === 0 || delta.length < before.length) return false
  const text = itemText(before)
  if (!delta.startsWith(text)) return false
  return text.length >= 16 || (asked === 'object' && text.startsWith('{') && !text.endsWith(':'))
}

/** Whether what is said to be complete is the part that was said to be before. */
const closedBefore = (item: AnswerItem, text: string, index: number | undefined): boolean => {
  if (item.closedTo === 0 || item.length > item.closedTo) return false
  if (index !== undefined && index === item.partIndex) return true
  return itemText(item).slice(item.partFrom) === text
}

/** Texts of finished items in the order of the answer. */
const joined = (texts: string[]): string => texts.join('')

/**
 * The text of one answer, from deltas, from finished parts and items, or from both: every character goes
 * out once.
 */
export const createAnswerText = (asked: 'object' | 'prose') => {
  const items = createItems()
  const outlet = createOutlet(items, asked)
  const account = createAccount(asked, (item, text) => {
    if (text === '') return
    item.pieces.push(text)
    item.length += text.length
    if (item.answers) outlet.flush()
    else outlet.aside(text)
  })
  /** All of an item so far. */
  const whole = (item: AnswerItem, text: string): void => {
    if (!account.complete(item, text, 0)) throw contradicted()
  }
  return {
    items,
    starts: outlet.starts,
    take: outlet.take,
    isWhole: outlet.isWhole,
    end: outlet.end,
    whole,
    delta(item: AnswerItem, text: string): void {
      account.append(item, restates(item, text, asked) ? text.slice(item.length) : text)
    },
    aside(text: string): void {
      account.count(text)
      outlet.aside(text)
    },
    /** A part of the item is complete; servers say so once, twice or not at all. */
    part(item: AnswerItem, text: string, index?: number): void {
      const from = closedBefore(item, text, index) ? item.partFrom : item.closedTo
      if (!account.complete(item, text, from) && !account.complete(item, text, 0)) {
        throw contradicted()
      }
      item.partFrom = from
      item.partIndex = index
      item.closedTo = item.length
    },
    /** The whole item is complete, and says itself what it is. */
    finish(item: AnswerItem, { item: fields, text }: FinalItem): void {
      if (item.answers && !answering(fields)) {
        if (item.length > 0) throw contradicted()
        item.answers = false
      }
      if (item.answers) whole(item, text)
      item.complete = true
      outlet.flush()
    },
    /** The items of the last event, which may be the only ones that come. */
    final(finals: FinalItem[]): void {
      const told = finals.filter(({ item, text }) => text !== '' && answering(item))
      const known = items.all.filter(({ answers, length }) => answers && length > 0)
      if (told.length === 0 || account.completeAll(told, known)) return
      const have = joined(known.map(itemText))
      const all = joined(told.map(({ text }) => text))
      const last = known.at(-1)
      if (last === undefined) {
        for (const { item, text } of told) {
          const added = items.announce(item, undefined)
          account.append(added, text)
          added.complete = true
        }
        outlet.flush()
      } else if (all.startsWith(have)) account.append(last, all.slice(have.length))
      else if (withoutWrapping(all, asked) !== withoutWrapping(have, asked)) throw contradicted()
    },
  }
}

/** Adds to items what they lack, and compares what they have with what a server says that they are. */
const createAccount = (
  asked: 'object' | 'prose',
  add: (item: AnswerItem, text: string) => void,
) => {
  let received = 0
  const count = (text: string): void => {
    received += text.length
    if (received > streamLimits.characters) throw tooLong()
  }
  const append = (item: AnswerItem, text: string): void => {
    count(text)
    add(item, text)
  }
  /** How a complete text of an item, from an index, relates to what came: what is missing, or undefined. */
  const missing = (item: AnswerItem, text: string, from: number): string | undefined => {
    const have = itemText(item).slice(from)
    if (text === '' || text === have) return ''
    if (text.startsWith(have)) return text.slice(have.length)
    return withoutWrapping(text, asked) === withoutWrapping(have, asked) ? '' : undefined
  }
  return {
    count,
    append,
    /** Takes a complete account of what follows `from` in an item. False when it contradicts what came. */
    complete(item: AnswerItem, text: string, from: number): boolean {
      const more = missing(item, text, from)
      if (more !== undefined) append(item, more)
      return more !== undefined
    },
    /** The same for all items at once, by id or else by order; nothing is taken when one contradicts. */
    completeAll(told: FinalItem[], known: AnswerItem[]): boolean {
      const named = told.flatMap(({ item }) => known.filter(({ id }) => id === item.id))
      const paired = named.length === told.length ? named : known
      if (paired.length !== told.length || known.length !== told.length) return false
      const texts = told.map(({ text }, index) => {
        const item = paired[index]
        return item && missing(item, text, 0)
      })
      if (texts.includes(undefined)) return false
      for (const [index, text] of texts.entries()) {
        const item = paired[index]
        if (item && text !== undefined) append(item, text)
      }
      return true
    },
  }
}

export type AnswerText = ReturnType<typeof createAnswerText>
