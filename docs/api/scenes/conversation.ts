import { completeUpdates, plannerAnswer } from '../../../test/support/studio/studio.ts'
import type { Scene } from './scene.ts'

/** A session, two turns, reading them back, and a stop. Returns the id of a session with an open gate. */
export const recordConversation = async ({ recorder, model }: Scene): Promise<string> => {
  const { record, refused } = recorder
  await record('health', 'It answers')

  const session = await record('createSession', 'A first call', {
    body: { locale: 'ko-KR', mode: 'standard' },
  })
  recorder.useToken(session.body.token)
  const params = { session_id: String(session.body.session_id) }
  await refused('GATE_NOT_READY', 'generate', { params })

  model.script(
    'planner',
    plannerAnswer(
      completeUpdates.slice(0, 2),
      '동백 핸드크림이군요. 이름과 종류를 적어 두었어요.',
      '이 제품만의 특징을 세 가지쯤 말씀해 주시겠어요?',
    ),
  )
  await record('sendMessage', 'The first turn', {
    params,
    body: { message: '동백 핸드크림을 팔고 있어요.', client_message_id: 'm-1' },
  })

  model.script(
    'planner',
    plannerAnswer(completeUpdates, '브리프가 완성됐어요. 이제 출시 패키지를 만들 수 있어요.', null),
  )
  await record('streamMessage', 'A turn that opens the gate', {
    params,
    headers: { accept: 'text/event-stream' },
    body: {
      message:
        '동백 오일이 12% 들었고 끈적임이 없어요. 30ml에 1만 9천 원이고, 사무실에서 손을 자주 씻는 분들께 인스타그램으로 팔고 싶어요. 이번 주 목표는 구매예요.',
    },
  })
  const { headers } = await record('getSession', 'The brief is complete', { params })
  await record('getSession', 'Nothing has changed', {
    params,
    headers: { 'if-none-match': headers.etag ?? '' },
  })
  await record('listMessages', 'The whole conversation', { params })
  await record('listEvents', 'The log from its beginning', { params, query: { limit: '4' } })
  await record('listEvents', 'The log as a stream', {
    params,
    query: { after: '2' },
    headers: { accept: 'text/event-stream' },
    events: 2,
  })
  await record('createTicket', 'A ticket for one socket', { params })
  await record('stopTurn', 'No turn was in progress', { params })
  return params.session_id
}
