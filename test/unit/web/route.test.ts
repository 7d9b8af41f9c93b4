import { expect, test } from 'vitest'
import { parseRoute, routeAddress } from '../../../web/src/app/route.ts'

const sessionId = `sess_${'0'.repeat(26)}`

test.each([
  ['#/', { place: 'talk', sessionId: null }],
  ['#/library', { place: 'library', sessionId: null }],
  [`#/${sessionId}/talk`, { place: 'talk', sessionId }],
  [`#/${sessionId}/run?run=run_1`, { place: 'run', sessionId, runId: 'run_1' }],
] as const)('a place and its address are the same: %s', (address, route) => {
  expect(parseRoute(address)).toEqual(route)
  expect(routeAddress(route)).toBe(address)
})

test.each(['', '#', '#/nowhere', '#/sess_short/brief', '#/%E0%A4%A', '#//', '#/<script>'])(
  'an address that is none begins a conversation: %s',
  (address) => expect(parseRoute(address)).toEqual({ place: 'talk', sessionId: null }),
)

test('a place of a session that is none is its conversation', () => {
  expect(parseRoute(`#/${sessionId}/nowhere`)).toEqual({ place: 'talk', sessionId })
})
