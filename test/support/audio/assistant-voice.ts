import { expect } from 'vitest'
import { routes } from '../../../shared/contracts/http.ts'
import type { Locale } from '../../../shared/contracts/session.ts'
import { type Answer, startSession } from '../studio/client.ts'
import { plannerAnswer, type Studio } from '../studio/studio.ts'

export const reply = '네, 동백 핸드크림이군요. 값은 <12,900원> & 배송비예요.'
export const question = '누구에게 팔고 싶으세요?'
export const contentTypes = { mp3: 'audio/mpeg', wav: 'audio/wav' } as const

/** A session in which the assistant has said something. */
export const talk = async (studio: Studio, locale: Locale = 'ko-KR') => {
  const { client, sessionId, answer } = await startSession(studio.origin, { locale })
  studio.model.script('planner', plannerAnswer([], reply, question))
  await client.post(`/api/chat/session/${sessionId}/message`, { message: '핸드크림을 팔아요' })
  const greeting: string = answer.body.assistant_message.text
  const voice = (body: object): Promise<Answer> =>
    client.post(`/api/chat/session/${sessionId}/assistant-voice`, {
      text: reply,
      voice_preset: 'friendly_ko',
      format: 'mp3',
      ...body,
    })
  return { client, sessionId, greeting, voice }
}

export const spoken = (answer: Answer) => {
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return routes.assistantVoice.answer.parse(answer.body)
}

/** What a plain client gets from a link, without any token. */
export const download = async (url: string): Promise<Buffer> => {
  const response = await fetch(url)
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}

export const refusedField = (answer: Answer, path: string): void => {
  expect(answer).toMatchObject({ status: 422, body: { error: { code: 'INVALID_INPUT' } } })
  expect(answer.body.errors).toMatchObject([{ path }])
}
