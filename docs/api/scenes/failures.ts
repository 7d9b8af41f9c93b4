import { bodyBytesLimit } from '../../../shared/contracts/http/route.ts'
import { answers } from '../../../test/support/model-server/answers.ts'
import { createClient, readLog } from '../../../test/support/studio/client.ts'
import { readySession } from './run.ts'
import { type Scene, until } from './scene.ts'

/** A well-formed id that does not exist. */
const unknownId = (prefix: string): string => `${prefix}_${'0'.repeat(26)}`

/** Every kind of refusal that a caller can cause. */
export const recordFailures = async (scene: Scene): Promise<void> => {
  const { recorder, model, origin } = scene
  const { ask, refused } = recorder
  const sessionId = await readySession(scene)
  const params = { session_id: sessionId }
  const message = { params, body: { message: '안녕하세요' } }

  await refused('UNAUTHORIZED', 'getSession', { params, token: null })
  await refused('SESSION_NOT_FOUND', 'getSession', { params: { session_id: unknownId('sess') } })
  await refused('RUN_NOT_FOUND', 'getRun', { params: { run_id: unknownId('run') } })
  await refused('JOB_NOT_FOUND', 'getJob', { params: { job_id: unknownId('job') } })
  await refused('INVALID_INPUT', 'sendMessage', { params, body: { message: '', mood: 'merry' } })
  await refused('MALFORMED_JSON', 'sendMessage', { params, rawBody: '{"message": "안녕' })
  const large = JSON.stringify({ message: 'a'.repeat(bodyBytesLimit) })
  await refused('PAYLOAD_TOO_LARGE', 'sendMessage', { params, rawBody: large })

  const headers = { 'idempotency-key': 'one-key' }
  await ask('createSession', { headers, body: { locale: 'ko-KR' } })
  await refused('IDEMPOTENCY_CONFLICT', 'createSession', { headers, body: { locale: 'en-US' } })

  model.script('planner', answers.silence())
  const stopped = refused('STOPPED', 'sendMessage', {
    ...message,
    headers: { 'idempotency-key': 'slow-turn' },
  })
  const client = createClient(origin, recorder.token())
  await until(
    () => readLog(client, sessionId),
    (log) => log.at(-1)?.type === 'turn.started',
  )
  await refused('TURN_IN_PROGRESS', 'sendMessage', message)
  await refused('REQUEST_IN_FLIGHT', 'sendMessage', {
    ...message,
    headers: { 'idempotency-key': 'slow-turn' },
  })
  await recorder.record('stopTurn', 'The turn is stopped', { params })
  await stopped

  model.script('planner', answers.refusal(), answers.refusal())
  await refused('MODEL_REFUSED', 'sendMessage', {
    ...message,
    params: { session_id: await readySession(scene) },
  })
  model.script('planner', answers.status(500), answers.status(500))
  await refused('UPSTREAM_ERROR', 'sendMessage', {
    ...message,
    params: { session_id: await readySession(scene) },
  })
  model.script('planner', answers.rateLimited('1'), answers.rateLimited('7'))
  await refused('RATE_LIMITED', 'sendMessage', {
    ...message,
    params: { session_id: await readySession(scene) },
  })
  model.script('planner', answers.json({}), answers.json({}))
  await refused('SCHEMA_VALIDATION_FAILED', 'sendMessage', {
    ...message,
    params: { session_id: await readySession(scene) },
  })
}
