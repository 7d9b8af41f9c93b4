import { beforeEach, describe, expect, test } from 'vitest'
import type { Session } from '../../../shared/client/index.ts'
import {
  answers,
  expectMessage,
  forgetMessages,
  readMissed,
  takeMessage,
  wantMessages,
} from '../../../web/src/session/messages.ts'

const said = (turn: number) => ({ turn, role: 'assistant', text: `${turn}`, next_question: null })

/** A session that notes from where it is read; its first readings fail. */
const sessionWith = (stored: number[], failures = 0) => {
  const reads: number[] = []
  const messages = async ({ after_turn = -1 }: { after_turn?: number } = {}) => {
    reads.push(after_turn)
    if (reads.length <= failures) throw new Error('No answer.')
    return { messages: stored.filter((turn) => turn > after_turn).map(said), next_after_turn: null }
  }
  return { reads, session: { id: 'sess_a', messages } as unknown as Session }
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
const known = (): number[] => [...answers.value.keys()].toSorted((one, other) => one - other)

beforeEach(forgetMessages)

describe('the stored messages', () => {
  test('are read once for a log that is opened', async () => {
    const { session, reads } = sessionWith([0, 1, 2])
    wantMessages(session, [0, 1, 2])
    await settled()
    expect(known()).toEqual([0, 1, 2])
    expect(reads).toEqual([-1])
  })

  test.each(['before', 'after'])(
    'are not read for a turn whose answer brings it, %s its event',
    async (order) => {
      const { session, reads } = sessionWith([1])
      const hasEnded = expectMessage(session, () => true)
      if (order === 'after') wantMessages(session, [1])
      takeMessage(1, { author: 'planner', text: '1', next_question: null })
      hasEnded()
      if (order === 'before') wantMessages(session, [1])
      await settled()
      expect(known()).toEqual([1])
      expect(reads).toEqual([])
    },
  )

  test('are read when the call is over and brought none', async () => {
    const { session, reads } = sessionWith([3])
    const hasEnded = expectMessage(session, () => true)
    wantMessages(session, [3])
    await settled()
    expect(reads).toEqual([])
    hasEnded()
    await settled()
    expect(known()).toEqual([3])
    expect(reads).toEqual([2])
  })

  test('that could not be read are read with the next, from the first that is missing on', async () => {
    const { session, reads } = sessionWith([1, 2, 3], 1)
    wantMessages(session, [1])
    await settled()
    takeMessage(2, { author: 'planner', text: '2', next_question: null })
    wantMessages(session, [3])
    await settled()
    expect(known()).toEqual([1, 2, 3])
    expect(reads).toEqual([0, 0])
  })

  test('that could not be read are read when there is a way again, and only then', async () => {
    const { session, reads } = sessionWith([1, 2], 1)
    wantMessages(session, [1, 2])
    await settled()
    expect(known()).toEqual([])
    readMissed(session)
    await settled()
    expect(known()).toEqual([1, 2])
    readMissed(session)
    expect(reads).toEqual([0, 0])
  })
})
