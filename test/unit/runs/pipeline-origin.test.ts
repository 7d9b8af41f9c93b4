import { describe, expect, it } from 'vitest'
import { ExecutionEnded, originOf, StageTask } from '../../../shared/contracts/pipeline.ts'

const old = {
  run_id: 'run_01234567890123456789012345',
  attempt: 1,
  stage: 'voice',
  retry: 0,
  task_token: 'token',
}

describe('a stage’s message', () => {
  it('names the request behind its run', () => {
    const execution = { run_id: old.run_id, attempt: 1, resume_from: 'voice', request_id: 'req-1' }
    expect(StageTask.parse({ ...old, execution }).execution?.request_id).toBe('req-1')
  })

  it.each([undefined, {}, null, 'text', { request_id: 7 }, { run_id: old.run_id }])(
    'is taken all the same without it: %j',
    (execution) => {
      const task = StageTask.parse(execution === undefined ? old : { ...old, execution })
      expect(task).toMatchObject(old)
      expect(task.execution?.request_id).toBeUndefined()
    },
  )
})

it.each([
  ['{"run_id":"x","request_id":"req-1"}', 'req-1'],
  ['{"run_id":"x"}', undefined],
  ['no JSON', undefined],
  [null, undefined],
  [undefined, undefined],
])('an ended execution tells its request from its input, if it can: %s', (input, request) => {
  const detail = { name: 'run_x-1', status: 'FAILED', ...(input === undefined ? {} : { input }) }
  expect(originOf(ExecutionEnded.parse({ detail }).detail.input)).toBe(request)
})
