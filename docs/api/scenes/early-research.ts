import { answers } from '../../../test/support/model-server/answers.ts'
import { sampleFindings, sampleResearch } from '../../../test/support/model-server/samples.ts'
import { completeUpdates, plannerAnswer } from '../../../test/support/studio/studio.ts'
import { type Scene, until } from './scene.ts'

/** A session in fast mode, whose research is there before its run. */
export const recordEarlyResearch = async ({ recorder, model }: Scene): Promise<void> => {
  const { text, citations, sources } = sampleFindings
  model.script('search', answers.search(text, { citations, sources }))
  model.script('research', answers.json(sampleResearch))
  const { body } = await recorder.ask('createSession', { body: { mode: 'fast' } })
  const params = { session_id: String(body.session_id) }
  model.script('planner', plannerAnswer(completeUpdates, '브리프가 완성됐어요.', null))
  await recorder.ask('sendMessage', { params, body: { message: '전부 말씀드릴게요.' } })
  await until(
    () => recorder.ask('getSession', { params }),
    ({ body: session }) => session.early_research?.status === 'found',
  )
  await recorder.record('getSession', 'In fast mode: research was begun while one talked', {
    params,
  })
}
