import { expect } from 'vitest'
import { type Client, readLog, startSession, waitForEvent } from '../studio/client.ts'
import type { SharedStudio } from '../studio/shared-studio.ts'
import { plannerAnswer } from '../studio/studio.ts'

/** What is said in all tests of Amazon Transcribe. */
export const transcript = '동백 핸드크림을 팔아요.'

/** A new session whose next turn the planner answers. */
export const sessionWithAnswer = (studio: SharedStudio): ReturnType<typeof startSession> => {
  studio.model.script('planner', plannerAnswer([]))
  return startSession(studio.origin)
}

/** The turn was taken once: one transcript, one message, one call of the planner, one end. */
export const expectOneTurn = async (
  { model }: SharedStudio,
  client: Client,
  sessionId: string,
): Promise<void> => {
  const log = await readLog(client, sessionId)
  const of = (type: string) => log.filter((event) => event.type === type)
  expect(of('voice.delta')).toMatchObject([{ data: { transcript, turn: 1 } }])
  expect(of('turn.started')).toMatchObject([{ data: { message: transcript, input: 'voice' } }])
  expect(of('turn.completed')).toHaveLength(1)
  expect(of('error')).toEqual([])
  expect(model.calls.filter(({ asker }) => asker === 'planner')).toHaveLength(1)
  const { body } = await client.get(`/api/chat/session/${sessionId}/messages`)
  expect(body.messages).toMatchObject([
    { turn: 0 },
    { turn: 1, role: 'user', text: transcript, input: 'voice' },
    { turn: 1, role: 'assistant', author: 'planner' },
  ])
}

/** The event that ends the session's turn. */
export const endOfTurn = (client: Client, sessionId: string) =>
  waitForEvent(client, sessionId, ({ type }) => type === 'turn.completed' || type === 'error')
