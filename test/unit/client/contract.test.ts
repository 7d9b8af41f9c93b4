import { expect, it } from 'vitest'
import { emptySession, stageNames } from '../../../shared/client/reduce/state.ts'
import { lines, routeCall } from '../../../shared/client/routes.ts'
import { inlineBytesLimit } from '../../../shared/client/uploads.ts'
import { stageNames as stagesOfContract } from '../../../shared/contracts/agents.ts'
import { routes } from '../../../shared/contracts/http.ts'
import { inlinePictureBytesLimit } from '../../../shared/contracts/pictures.ts'
import { inlineAudioBytesLimit } from '../../../shared/contracts/voice.ts'
import { evaluateGate } from '../../../shared/rules/gate.ts'

it('says of each route what the contract says', () => {
  for (const [name, line] of Object.entries(lines)) {
    const { method, path, idempotent } = routes[name as keyof typeof lines]
    expect(line, name).toBe(`${method}${idempotent ? '!' : ''} ${path}`)
  }
})

it('holds the contract’s own limits, stages and empty gate, without its schemas', () => {
  expect([inlineBytesLimit, inlineBytesLimit]).toEqual([
    inlineAudioBytesLimit,
    inlinePictureBytesLimit,
  ])
  expect(stageNames).toEqual(stagesOfContract)
  expect(emptySession.gate).toEqual(evaluateGate({}))
})

it('puts parameters in their places, encoded, and leaves out what is undefined', () => {
  const params = { session_id: 'sess_1', principal: 'a/b ?' }
  expect(routeCall('addReader', params).url).toBe('/api/chat/session/sess_1/readers/a%2Fb%20%3F')
  const query = { after: 0, wait: undefined, limit: 5 }
  expect(routeCall('listEvents', params, query).url).toBe(
    '/api/chat/session/sess_1/events?after=0&limit=5',
  )
})
