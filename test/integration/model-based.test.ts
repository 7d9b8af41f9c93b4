import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SlotUpdate } from '../../shared/contracts/brief.ts'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import { isRunning } from '../../shared/rules/session-state.ts'
import { createEars, recordingForm, voicePath } from '../support/audio/speaking.ts'
import { createAssembly } from '../support/chaos/follower.ts'
import { type Answer, answers } from '../support/model-server/answers.ts'
import type { ModelCallSeen } from '../support/model-server/model-server.ts'
import {
  sampleCreative,
  sampleFindings,
  sampleResearch,
  sampleStrategy,
  sampleVoice,
} from '../support/model-server/samples.ts'
import { deed } from '../support/simulation/deeds.ts'
import { openSocket, readLog, startSession, waitForEvent } from '../support/studio/client.ts'
import {
  completeUpdates,
  plannerAnswer,
  type Studio,
  startStudio,
} from '../support/studio/studio.ts'
import { beginning, type Deed, follow } from '../support/studio/studio-model.ts'

const spoken = { fill: '전부 알려 드릴게요.', unsure: '사실 잘 모르겠어요.', chat: '안녕하세요.' }

let studio: Studio
let recordings: Record<keyof typeof spoken, Buffer>
beforeAll(async () => {
  studio = await startStudio({ STT_PROVIDER: 'openai' })
  const ears = createEars(studio.model)
  const [fill, unsure, chat] = await Promise.all([
    ears.say(spoken.fill),
    ears.say(spoken.unsure),
    ears.say(spoken.chat),
  ])
  recordings = { fill, unsure, chat }
})
afterAll(() => studio.stop())

/** A way through the states, and then anything. */
const deeds = fc
  .array(deed, { minLength: 3, maxLength: 7 })
  .map((more): Deed[] => [{ does: 'say', what: 'fill', input: 'text' }, ...more])

const updatesOf = (what: keyof typeof spoken): SlotUpdate[] => {
  if (what === 'chat') return []
  return completeUpdates.map((update) => ({ ...update, confidence: what === 'fill' ? 0.9 : 0.3 }))
}

/** What the model makes of the next turn, and of a run's stages. */
interface Mind {
  turn: Answer
  run: Pick<Extract<Deed, { until: unknown }>, 'until' | 'ending'>
}

const answerOf = ({ turn, run }: Mind, { asker }: ModelCallSeen): Answer => {
  if (asker === 'planner') return turn
  if ((asker === 'search' ? 'research' : asker) === run.until) {
    return run.ending === 'waits' ? answers.silence() : answers.refusal()
  }
  const { text, citations, sources } = sampleFindings
  return {
    search: answers.search(text, { citations, sources }),
    research: answers.json(sampleResearch),
    strategy: answers.json(sampleStrategy),
    creative: answers.json(sampleCreative),
    voice: answers.json(sampleVoice),
  }[asker]
}

it('is over HTTP in the state that the pure rules say, on the real engine', async () => {
  await fc.assert(
    fc.asyncProperty(deeds, async (all) => {
      const mind: Mind = { turn: answers.silence(), run: { until: 'end', ending: 'waits' } }
      studio.model.respond((call) => answerOf(mind, call))
      const { client, sessionId } = await startSession(studio.origin)
      const path = `/api/chat/session/${sessionId}`
      const assembly = createAssembly()
      let socket = await openSocket(client, sessionId)
      /** Takes what the socket brought, and asks for what it did not. */
      const assembled = async (events: readonly StudioEvent[]): Promise<void> => {
        socket.send({ action: 'resume', after_seq: assembly.last() })
        await socket.until(() => {
          assembly.take(socket.events())
          return assembly.last() >= events.length
        })
      }

      let expected = beginning
      for (const each of all) {
        const { next, refusal } = follow(expected, each)
        const runId = (await client.get(path)).body.run_id ?? `run_${'0'.repeat(26)}`
        const act = async () => {
          switch (each.does) {
            case 'say':
              // While a run goes on the brief is closed.
              mind.turn = plannerAnswer(isRunning(expected.state) ? [] : updatesOf(each.what))
              return each.input === 'text'
                ? client.post(`${path}/message`, { message: each.what })
                : client.post(voicePath(sessionId), recordingForm(recordings[each.what]))
            case 'say in vain':
              mind.turn = answers.refusal()
              return client.post(`${path}/message`, { message: 'no' })
            case 'say and stop': {
              mind.turn = answers.silence()
              const said = client.post(`${path}/message`, { message: 'wait' })
              const after = (await readLog(client, sessionId)).length - 1
              await waitForEvent(
                client,
                sessionId,
                ({ type, data }) =>
                  type === 'turn.started' && 'turn' in data && data.turn === expected.turn + 1,
                Math.max(0, after),
              )
              await client.post(`${path}/stop`)
              return said
            }
            case 'generate':
            case 'resume': {
              if (refusal === undefined) mind.run = each
              const at = each.does === 'generate' ? `${sessionId}/generate` : `${runId}/resume`
              return client.post(`/api/runs/${at}`)
            }
            case 'cancel':
              return client.post(`/api/runs/${runId}/cancel`)
            case 'stop':
              return client.post(`${path}/stop`)
            case 'go on':
              // Whom the model does not answer is hung up on, and asks once more.
              mind.run = { until: 'end', ending: 'waits' }
              studio.model.hangUp()
              return client.get(path)
            case 'reconnect':
              await socket.close()
              assembly.take(socket.events())
              socket = await openSocket(client, sessionId)
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
      if (expected.run) {
        const { body } = await client.get(path)
        await client.post(`/api/runs/${body.run_id}/cancel`)
      }
      const log = await readLog(client, sessionId)
      expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1))
      await assembled(log)
      expect(assembly.texts()).toEqual(log.map((event) => JSON.stringify(event)))
      expect(assembly.contradicted).toEqual([])
      await socket.close()
    }),
    { numRuns: 12, endOnFailure: true },
  )
}, 120_000)
