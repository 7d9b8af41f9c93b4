import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SlotUpdate } from '../../shared/contracts/brief.ts'
import { readLog, startSession } from '../support/client.ts'
import { deed } from '../support/deeds.ts'
import { answers } from '../support/model-server-answers.ts'
import {
  completeUpdates,
  plannerAnswer,
  type Studio,
  scriptRun,
  startStudio,
} from '../support/studio.ts'
import { beginning, type Deed, follow } from '../support/studio-model.ts'

let studio: Studio
beforeAll(async () => {
  studio = await startStudio()
})
afterAll(() => studio.stop())

/** What the real engine does in seconds: no stage waits, no turn is stopped while it thinks. */
const isQuick = (each: Deed): boolean =>
  'until' in each ? each.until === 'end' || each.ending === 'fails' : each.does !== 'say and stop'
const quick = deed.filter(isQuick)
/** A way through the states, and then anything. */
const deeds = fc
  .array(quick, { minLength: 2, maxLength: 5 })
  .map((more): Deed[] => [{ does: 'say', what: 'fill', input: 'text' }, ...more])

const updatesOf = (what: 'fill' | 'unsure' | 'chat'): SlotUpdate[] => {
  if (what === 'chat') return []
  return completeUpdates.map((update) => ({ ...update, confidence: what === 'fill' ? 0.9 : 0.3 }))
}

it('is over HTTP in the state that the pure rules say, on the real engine', async () => {
  await fc.assert(
    fc.asyncProperty(deeds, async (all) => {
      const { client, sessionId } = await startSession(studio.origin)
      const path = `/api/chat/session/${sessionId}`
      let expected = beginning
      for (const each of all) {
        studio.model.reset()
        const { next, refusal } = follow(expected, each)
        const runId = (await client.get(path)).body.run_id ?? `run_${'0'.repeat(26)}`
        const act = () => {
          switch (each.does) {
            case 'say':
              studio.model.script('planner', plannerAnswer(updatesOf(each.what)))
              return client.post(`${path}/message`, { message: each.what })
            case 'say in vain':
              studio.model.script('planner', answers.refusal())
              return client.post(`${path}/message`, { message: 'no' })
            case 'generate':
            case 'resume': {
              if (each.until !== 'end') {
                studio.model.script(
                  each.until === 'research' ? 'search' : each.until,
                  answers.refusal(),
                )
              }
              scriptRun(studio.model)
              const at = each.does === 'generate' ? `${sessionId}/generate` : `${runId}/resume`
              return client.post(`/api/runs/${at}`)
            }
            case 'cancel':
              return client.post(`/api/runs/${runId}/cancel`)
            case 'stop':
              return client.post(`${path}/stop`)
            default:
              return client.get(path)
          }
        }
        const { body } = await act()
        expect(body?.error?.code, JSON.stringify(each)).toBe(refusal)
        expected = next
        await expect
          .poll(async () => (await client.get(path)).body.state, { timeout: 10_000 })
          .toBe(expected.state)
        const { body: view } = await client.get(path)
        expect(view.turn).toBe(expected.turn)
        expect(view.gate.ready).toBe(expected.slots === 'fill')
        if (expected.run) {
          const { body: run } = await client.get(`/api/runs/${view.run_id}`)
          expect({ state: run.state, attempt: run.attempt }).toEqual({
            state: expected.run.state,
            attempt: expected.run.attempt,
          })
        }
      }
      const log = await readLog(client, sessionId)
      expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1))
    }),
    { numRuns: 5, endOnFailure: true },
  )
}, 60_000)
