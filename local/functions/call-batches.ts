/**
 * How calls and answers of one turn of the event loop travel between a function's thread and the engine: as JSON, which
 * takes half the time of a structured clone. What several calls share, such as a frame for a thousand sockets, stands in
 * it once, and what was done without a word is its number alone.
 */
import type { ControlAnswer, ControlCall } from './messages.ts'

export interface NumberedCall {
  id: number
  call: ControlCall
}

export interface NumberedAnswer {
  id: number
  answer: ControlAnswer
}

/** Headers that a service of the engine looks at. */
export const readHeaders = ['authorization', 'content-type', 'x-amz-target'] as const

/** Numbers in a call: its own, and the places of its texts among the shared ones, a header that is missing at none. */
const width = 4 + readHeaders.length
const none = -1

interface Calls {
  texts: string[]
  /** `width` for each call, in one list: a list for each would be most of the work. */
  numbers: number[]
}

/** Gathers calls. */
export class CallBatch {
  readonly #texts: string[] = []
  readonly #places = new Map<string, number>()
  readonly #numbers: number[] = []

  add(id: number, { path, method, body, headers }: ControlCall): void {
    // No other call has its path.
    this.#numbers.push(id, this.#texts.push(path) - 1, this.#placeOf(method), this.#placeOf(body))
    for (const name of readHeaders) {
      const value = headers[name]
      this.#numbers.push(value === undefined ? none : this.#placeOf(value))
    }
  }

  pack(): string {
    return JSON.stringify({ texts: this.#texts, numbers: this.#numbers } satisfies Calls)
  }

  #placeOf(text: string): number {
    const known = this.#places.get(text)
    if (known !== undefined) return known
    const place = this.#texts.push(text) - 1
    this.#places.set(text, place)
    return place
  }
}

export const unpackCalls = (packed: string): NumberedCall[] => {
  const { texts, numbers }: Calls = JSON.parse(packed)
  const textAt = (place: number): string => texts[numbers[place] ?? none] ?? ''
  const calls: NumberedCall[] = []
  for (let at = 0; at < numbers.length; at += width) {
    const headers: Record<string, string> = {}
    for (const [index, name] of readHeaders.entries()) {
      if (numbers[at + 4 + index] !== none) headers[name] = textAt(at + 4 + index)
    }
    const call = { path: textAt(at + 1), method: textAt(at + 2), body: textAt(at + 3), headers }
    calls.push({ id: numbers[at] ?? none, call })
  }
  return calls
}

/** What a service answers that has nothing to say. */
export const done: ControlAnswer = { status: 200, headers: {}, body: '' }

interface Answers {
  done: number[]
  others: NumberedAnswer[]
}

export const packAnswers = (answers: readonly NumberedAnswer[]): string =>
  JSON.stringify({
    done: answers.filter(({ answer }) => answer === done).map(({ id }) => id),
    others: answers.filter(({ answer }) => answer !== done),
  } satisfies Answers)

export const unpackAnswers = (packed: string): NumberedAnswer[] => {
  const answers: Answers = JSON.parse(packed)
  return [...answers.done.map((id) => ({ id, answer: done })), ...answers.others]
}
