import { StudioError } from '../../contracts/errors.ts'
import { streamLimits } from '../../rules/model-limits.ts'
import { type Fields, textOf, wholeNumberOf } from './loose-json.ts'

/** One item of an answer: a message, or what the model thought or did before it. */
export interface AnswerItem {
  /** As the server names it, or a name of ours. */
  id: string
  /** False for commentary, reasoning and tool calls: their text is no part of the answer. */
  answers: boolean
  index: number | undefined
  /** The text as it came. */
  pieces: string[]
  length: number
  /** How much of the text belongs to parts that are complete. */
  closedTo: number
  /** Where the last complete part begins, and its number. */
  partFrom: number
  partIndex: number | undefined
  complete: boolean
  /** Whether an event named it by its own id, so that another id means another item. */
  namedById: boolean
}

/** Whether an item is the answer, or part of it. */
export const answering = (item: Fields): boolean =>
  (item.type === undefined || item.type === 'message') &&
  (item.phase == null || item.phase === 'final_answer' || item.phase === 'final') &&
  (item.channel == null || item.channel === 'final')

export const itemText = (item: AnswerItem): string => item.pieces.join('')

const tooManyItems = (): StudioError =>
  new StudioError('UPSTREAM_ERROR', "The model's answer has more items than any answer needs.")

/** Whether one account of a text may continue the other. */
const compatible = (item: AnswerItem, text: string | undefined): boolean =>
  text === undefined || text === '' || text.startsWith(itemText(item))

/**
 * The items of one answer. Servers repeat an `output_index`, leave it out, give every event an id of its
 * own, or none: the id counts first, then the index, then what is open.
 */
export const createItems = () => {
  const items: AnswerItem[] = []

  const add = (item: Fields, index: number | undefined): AnswerItem => {
    if (items.length >= streamLimits.items) throw tooManyItems()
    const id = textOf(item.id) ?? `item_${items.length}`
    const added: AnswerItem = {
      id,
      answers: answering(item),
      index,
      pieces: [],
      length: 0,
      closedTo: 0,
      partFrom: 0,
      partIndex: undefined,
      complete: false,
      namedById: false,
    }
    items.push(added)
    return added
  }
  const byId = (id: string | undefined): AnswerItem | undefined =>
    id === undefined ? undefined : items.findLast((item) => item.id === id)
  /** The item that takes an event which names none. */
  const open = (index: number | undefined): AnswerItem | undefined => {
    const fits = (item: AnswerItem): boolean => index === undefined || item.index === index
    return items.findLast((item) => fits(item) && !item.complete) ?? items.findLast(fits)
  }
  /** An unknown id belongs to the open item when no event has named that one so far, or the text fits. */
  const mayBe = (item: AnswerItem | undefined, text?: string): item is AnswerItem =>
    item !== undefined &&
    !item.complete &&
    (!item.namedById || (text !== undefined && compatible(item, text)))

  return {
    all: items,
    /** `output_item.added`. */
    announce: (item: Fields, index: number | undefined): AnswerItem =>
      byId(textOf(item.id)) ?? add(item, index),
    /** The item of an event about text; `text` is the whole text of its part, where the event says it. */
    of(event: Fields, text?: string): AnswerItem {
      const id = textOf(event.item_id)
      const index = wholeNumberOf(event.output_index)
      const named = byId(id)
      if (named) {
        named.namedById = true
        return named
      }
      const candidate = open(index)
      if (id === undefined) return candidate ?? add({}, index)
      return candidate?.answers && mayBe(candidate, text) ? candidate : add({ id }, index)
    },
    /** The item of `output_item.done`, which may never have been announced. */
    finished(item: Fields, index: number | undefined, text: string): AnswerItem {
      const id = textOf(item.id)
      const named = byId(id)
      if (named) return named
      const candidate = open(index)
      if (candidate?.answers !== answering(item)) return add(item, index)
      if (id === undefined && !candidate.complete) return candidate
      return mayBe(candidate, text) ? candidate : add(item, index)
    },
  }
}
