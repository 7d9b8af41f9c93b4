import type { Scene } from './scene.ts'

/** A second caller becomes a reader of the session, tries to write, and is removed. */
export const recordReaders = async ({ recorder }: Scene, sessionId: string): Promise<void> => {
  const { ask, record, refused } = recorder
  const other = await ask('createSession', { token: null, body: { locale: 'ko-KR' } })
  const token = String(other.body.token)
  const { body } = await record('me', 'The principal of another caller', { token })
  const params = { session_id: sessionId, principal: String(body.principal) }
  await record('addReader', 'The owner lets it read', { params })
  await record('listReaders', 'One reader', { params: { session_id: sessionId } })
  await refused('FORBIDDEN', 'stopTurn', { params: { session_id: sessionId }, token })
  await record('removeReader', 'The owner has it read no more', { params })
  const mine = { session_id: String(other.body.session_id) }
  await record('editBrief', 'Two slots by hand', {
    params: mine,
    body: { slots: { 'product.name': '동백 핸드크림', 'product.price_band': '1만 원대' } },
    token,
  })
  await record('listSessions', 'By the name of the product', { query: { q: '동백' }, token })
  const handoff = await record('createHandoff', 'To go on in the phone', { params: mine, token })
  await record('redeemHandoff', 'The phone takes it over', {
    body: { code: handoff.body.code },
    token: null,
  })
  await refused('HANDOFF_NOT_FOUND', 'redeemHandoff', {
    body: { code: handoff.body.code },
    token: null,
  })
  await record('signOut', 'The browser forgets its cookie', { token: null })
  await record('exportSession', 'Everything that is stored of a session that has just begun', {
    params: { session_id: String(other.body.session_id) },
    token,
  })
}
