import { answers } from '../../../test/support/model-server/answers.ts'
import { sampleVoice } from '../../../test/support/model-server/samples.ts'
import { completeUpdates, plannerAnswer, scriptRun } from '../../../test/support/studio/studio.ts'
import type { Recorder } from '../recorder.ts'
import { type Scene, until } from './scene.ts'

/** The id of a new session whose gate is open. */
export const readySession = async ({ recorder, model }: Scene): Promise<string> => {
  const { body } = await recorder.ask('createSession', {})
  model.script('planner', plannerAnswer(completeUpdates, '브리프가 완성됐어요.', null))
  await recorder.ask('sendMessage', {
    params: { session_id: body.session_id },
    body: { message: '전부 말씀드릴게요.' },
  })
  return body.session_id
}

const runIn = ({ ask }: Recorder, runId: string, states: readonly string[]) =>
  until(
    () => ask('getRun', { params: { run_id: runId } }),
    ({ body }) => states.includes(body.state),
  )

/** A run and its job, followed to the end; one that fails, is resumed and then cancelled. The first one's id. */
export const recordRun = async (scene: Scene, sessionId: string): Promise<string> => {
  const { recorder, model } = scene
  const { record, refused } = recorder

  scriptRun(model)
  const begun = await record('generateAsync', 'A run with a job', {
    params: { session_id: sessionId },
    headers: { 'idempotency-key': 'spring-launch-1' },
  })
  const params = { job_id: begun.body.job_id }
  await record('streamJob', 'A job, up to its end', {
    params,
    headers: { accept: 'text/event-stream' },
  })
  await runIn(recorder, begun.body.run_id, ['DONE'])
  await record('getJob', 'The job is done', { params })
  await record('listJobs', 'The jobs of one run', { query: { run_id: begun.body.run_id } })
  const done = { run_id: begun.body.run_id }
  await record('getRun', 'The package', { params: done })
  model.script('voice', answers.json(sampleVoice))
  const again = await record('reviseRun', 'The voice-over again, slower', {
    params: done,
    headers: { 'idempotency-key': 'slower-voice-1' },
    body: { from: 'voice', note: '조금 더 천천히, 차분하게' },
  })
  await runIn(recorder, again.body.run_id, ['DONE'])

  const broken = await readySession(scene)
  model.script('search', answers.status(500), answers.status(500))
  const failing = await record('generate', 'A run', {
    params: { session_id: broken },
    headers: { 'idempotency-key': 'spring-launch-2' },
  })
  const failed = { run_id: failing.body.run_id }
  await runIn(recorder, failed.run_id, ['FAILED'])
  await record('getRun', 'A run that failed, with the stage to resume from', { params: failed })
  model.script('search', answers.silence())
  await record('resumeRun', 'On with the stage that failed', { params: failed })
  await refused('RUN_IN_PROGRESS', 'generate', { params: { session_id: broken } })
  await record('cancelRun', 'Enough', { params: failed })
  await refused('RUN_NOT_RESUMABLE', 'resumeRun', { params: { run_id: begun.body.run_id } })
  model.hangUp()
  await record('listRuns', 'The newest first', { query: { limit: '2' } })
  await record('checkCopy', 'A claim that no cosmetic may make', {
    body: { text: '바르는 순간 여드름 완치! 국내 판매 1위 크림', product_category: '화장품' },
  })
  await record('checkCopy', 'A copy that may go out', {
    body: {
      text: 'Sinks in before your next keystroke.',
      product_category: 'hand cream',
      locale: 'en-US',
    },
  })
  await record('usage', 'What the caller used, of a server whose prices are not known', {})
  return begun.body.run_id
}
