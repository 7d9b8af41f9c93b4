import { expect, it } from 'vitest'
import { consoleHeader, createHttp } from '../../../shared/client/http.ts'
import { emptySession, stageNames } from '../../../shared/client/reduce/state.ts'
import { routeCall } from '../../../shared/client/routes.ts'
import { inlineBytesLimit } from '../../../shared/client/uploads.ts'
import { stageNames as stagesOfContract } from '../../../shared/contracts/agents.ts'
import { consoleHeader as header } from '../../../shared/contracts/http/headers.ts'
import { inlinePictureBytesLimit } from '../../../shared/contracts/pictures.ts'
import { inlineAudioBytesLimit } from '../../../shared/contracts/voice.ts'
import { evaluateGate } from '../../../shared/rules/gate.ts'

it('holds the contract’s own limits, stages and empty gate, without its schemas', () => {
  expect([inlineBytesLimit, inlineBytesLimit]).toEqual([
    inlineAudioBytesLimit,
    inlinePictureBytesLimit,
  ])
  expect(stageNames).toEqual(stagesOfContract)
  expect(consoleHeader).toEqual({ [header.name]: header.value })
  expect(emptySession.gate).toEqual(evaluateGate({}))
})

it('puts parameters in their places, encoded, and leaves out what is undefined', () => {
  const params = { session_id: 'sess_1', principal: 'a/b ?' }
  expect(routeCall('PUT /api/chat/session/{session_id}/readers/{principal}', params).url).toBe(
    '/api/chat/session/sess_1/readers/a%2Fb%20%3F',
  )
  const query = { after: 0, wait: undefined, limit: 5 }
  expect(routeCall('GET /api/chat/session/{session_id}/events', params, query).url).toBe(
    '/api/chat/session/sess_1/events?after=0&limit=5',
  )
})

it('knows which calls may follow an answer that was lost', () => {
  const { keyed, repeatable } = routeCall('POST! /api/chat/session')
  expect([keyed, repeatable]).toEqual([true, true])
  expect(routeCall('GET /api/usage').repeatable).toBe(true)
  expect(routeCall('POST /api/jobs/{job_id}/cancel').repeatable).toBe(true)
  expect(routeCall('POST /api/chat/session/{session_id}/voice-upload').repeatable).toBe(true)
  expect(routeCall('POST /api/chat/session/{session_id}/stop').repeatable).toBe(false)
  expect(routeCall('POST /api/safety/check').repeatable).toBe(false)
})

it('takes no path, method or body that the contract does not have', () => {
  // @ts-expect-error there is no such route
  routeCall('GET /api/run/{run_id}')
  // @ts-expect-error it takes a key
  routeCall('POST /api/chat/session')
  const { call } = createHttp({ fetch: () => new Promise(() => {}) })
  const params = { session_id: 'sess_1' }
  // @ts-expect-error the message is a text
  void call('POST! /api/chat/session/{session_id}/message', { params, body: { message: 1 } })
  // @ts-expect-error it needs to know of which run
  void call('GET /api/runs/{run_id}', {})
})
