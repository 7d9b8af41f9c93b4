import { expect, test } from 'vitest'
import { type EventDraft, eventBytesLimit } from '../../../shared/contracts/events.ts'
import { graphemeCount } from '../../../shared/contracts/graphemes.ts'
import { createReplyDeltas } from '../../../shared/services/turns/reply-deltas.ts'

const setUp = () => {
  const emitted: EventDraft[] = []
  const emit = async (drafts: EventDraft[]) => {
    emitted.push(...drafts)
    return []
  }
  const { signal } = new AbortController()
  return { emitted, deltas: createReplyDeltas({ emit }, 1, Promise.resolve(), signal) }
}
const textsOf = (drafts: readonly EventDraft[]): string[] =>
  drafts.flatMap((draft) => (draft.type === 'planner.delta' ? [draft.data.text] : []))

test('a reply of ordinary size is one event for each window', async () => {
  const { emitted, deltas } = setUp()
  deltas.push('안', 1)
  await new Promise(setImmediate)
  deltas.push('녕하세요', 1)
  expect(textsOf(await deltas.rest())).toEqual(['녕하세요'])
  expect(textsOf(emitted)).toEqual(['안'])
})

test.each([
  ['joined emoji', '👨‍👩‍👧‍👦', 1_200],
  ['quotation marks', '"', 30_000],
  ['Hangul', '가', 10_000],
])('what no event can hold is cut between characters: %s', async (_, character, count) => {
  const { emitted, deltas } = setUp()
  const text = character.repeat(count)
  deltas.push(text, 1)
  await new Promise(setImmediate)
  deltas.push(text, 1)
  const rest = await deltas.rest()
  for (const drafts of [emitted, rest]) {
    const texts = textsOf(drafts)
    expect(texts.length).toBeGreaterThan(1)
    expect(texts.join('')).toBe(text)
    const counted = texts.reduce((sum, each) => sum + graphemeCount(each), 0)
    expect(counted).toBe(count)
    const bytes = drafts.map((draft) => Buffer.byteLength(JSON.stringify(draft)))
    expect(Math.max(...bytes)).toBeLessThan(eventBytesLimit - 1_000)
  }
})
