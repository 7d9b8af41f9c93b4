import * as fc from 'fast-check'
import { beforeEach, expect, it } from 'vitest'
import type { EventStream } from '../../shared/client/index.ts'
import type { SlotUpdate } from '../../shared/contracts/brief.ts'
import { isRunning } from '../../shared/rules/session-state.ts'
import { createRecognizer, recordingForm, voicePath } from '../support/audio/voice-turns.ts'
import { createAssembly } from '../support/chaos/follower.ts'
import { eventually } from '../support/limits/eventually.ts'
import { holds, propertyLimit } from '../support/limits/properties.ts'
import { type Answer, answers } from '../support/model-server/answers.ts'
import type { ModelCallSeen } from '../support/model-server/model-server.ts'
import {
  sampleCreative,
  sampleFindings,
  sampleQueries,
  sampleResearch,
  sampleStrategy,
  sampleVoice,
} from '../support/model-server/samples.ts'
import { action } from '../support/simulation/client-actions.ts'
import {
  type Client,
  readLog,
  type Answer as StudioAnswer,
  startSession,
  studioOf,
  waitForEvent,
} from '../support/studio/client.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { completeUpdates, plannerAnswer } from '../support/studio/studio.ts'
import { type Action, beginning, type Expected, follow } from '../support/studio/studio-model.ts'

const sentences = {
  fill: '전부 알려 드릴게요.',
  unsure: '사실 잘 모르겠어요.',
  chat: '안녕하세요.',
}
type Sentence = keyof typeof sentences

const studio = useStudio()
let recordings: Record<Sentence, Buffer>
beforeEach(async () => {
  const { say } = createRecognizer(studio.model)
  const [fill, unsure, chat] = await Promise.all([
    say(sentences.fill),
    say(sentences.unsure),
    say(sentences.chat),
  ])
  recordings = { fill, unsure, chat }
})

/** A way through the states, and then anything. */
const allActions = fc
  .array(action, { minLength: 3, maxLength: 7 })
  .map((more): Action[] => [{ does: 'say', what: 'fill', input: 'text' }, ...more])

const updatesOf = (what: Sentence): SlotUpdate[] => {
  if (what === 'chat') return []
  return completeUpdates.map((update) => ({ ...update, confidence: what === 'fill' ? 0.9 : 0.3 }))
}

/** What the model makes of the next turn, and of a run's stages. */
interface Script {
  turn: Answer
  run: Pick<Extract<Action, { until: unknown }>, 'until' | 'ending'>
}

const answerOf = ({ turn, run }: Script, { asker }: ModelCallSeen): Answer => {
  if (asker === 'planner') return turn
  if ((/^(search|research_queries)$/.test(asker) ? 'research' : asker) === run.until) {
    return run.ending === 'waits' ? answers.silence() : answers.refusal()
  }
  const { text, citations, sources } = sampleFindings
  return {
    picture: answers.refusal(),
    search: answers.search(text, { citations, sources }),
    research_queries: answers.json(sampleQueries),
    research: answers.json(sampleResearch),
    strategy: answers.json(sampleStrategy),
    strategy_repair: answers.json(sampleStrategy),
    creative: answers.json(sampleCreative),
    creative_repair: answers.json(sampleCreative),
    voice: answers.json(sampleVoice),
    voice_repair: answers.json(sampleVoice),
  }[asker]
}

/** One client with its session, its stream and what it has of the log. */
interface Scene {
  client: Client
  sessionId: string
  path: string
  script: Script
  assembly: ReturnType<typeof createAssembly>
  stream: EventStream
  /** Ends the client's connection. */
  leave: () => void
}

const prepare = async (): Promise<Scene> => {
  const script: Script = { turn: answers.silence(), run: { until: 'end', ending: 'waits' } }
  studio.model.respond((call) => answerOf(script, call))
  const { client, sessionId } = await startSession(studio.origin)
  const path = `/api/chat/session/${sessionId}`
  const stream = studioOf(client).session(sessionId).events()
  const assembly = createAssembly()
  const leave = stream.on(assembly.take)
  return { client, sessionId, path, script, assembly, stream, leave }
}

/** A message that is stopped while the planner is silent. */
const sayAndStop = async ({ client, sessionId, path, script }: Scene, turn: number) => {
  script.turn = answers.silence()
  const said = client.post(`${path}/message`, { message: 'wait' })
  const after = (await readLog(client, sessionId)).length - 1
  await waitForEvent(
    client,
    sessionId,
    ({ type, data }) => type === 'turn.started' && 'turn' in data && data.turn === turn,
    Math.max(0, after),
  )
  await client.post(`${path}/stop`)
  return said
}

const reconnect = async (scene: Scene): Promise<StudioAnswer> => {
  const { client, path, assembly, stream } = scene
  scene.leave()
  scene.leave = stream.on(assembly.take)
  return client.get(path)
}

const act = async (scene: Scene, action: Action, expected: Expected): Promise<StudioAnswer> => {
  const { client, sessionId, path, script } = scene
  const runId = (await client.get(path)).body.run_id ?? `run_${'0'.repeat(26)}`
  switch (action.does) {
    case 'say':
      // While a run goes on the brief is closed.
      script.turn = plannerAnswer(isRunning(expected.state) ? [] : updatesOf(action.what))
      return action.input === 'text'
        ? client.post(`${path}/message`, { message: action.what })
        : client.post(voicePath(sessionId), recordingForm(recordings[action.what]))
    case 'say in vain':
      script.turn = answers.refusal()
      return client.post(`${path}/message`, { message: 'no' })
    case 'say and stop':
      return sayAndStop(scene, expected.turn + 1)
    case 'generate':
      return client.post(`/api/runs/${sessionId}/generate`)
    case 'resume':
      return client.post(`/api/runs/${runId}/resume`)
    case 'cancel':
      return client.post(`/api/runs/${runId}/cancel`)
    case 'stop':
      return client.post(`${path}/stop`)
    case 'go on':
      // A stage whose call is hung up on asks once more.
      script.run = { until: 'end', ending: 'waits' }
      studio.model.hangUp()
      return client.get(path)
    case 'reconnect':
      return reconnect(scene)
  }
}

const expectState = async ({ client, path }: Scene, expected: Expected): Promise<void> => {
  await eventually(async () => expect((await client.get(path)).body.state).toBe(expected.state))
  const { body: view } = await client.get(path)
  expect(view.turn).toBe(expected.turn)
  expect(view.gate.ready).toBe(expected.slots === 'fill')
  if (!expected.run) return
  const { body: run } = await client.get(`/api/runs/${view.run_id}`)
  expect({ state: run.state, attempt: run.attempt }).toEqual({
    state: expected.run.state,
    attempt: expected.run.attempt,
  })
}

/** Ends what goes on, and compares the client's log with the stored one. */
const conclude = async (scene: Scene): Promise<void> => {
  const { client, sessionId, path, assembly } = scene
  const { body } = await client.get(path)
  if (body.run_id) await client.post(`/api/runs/${body.run_id}/cancel`)
  const log = await readLog(client, sessionId)
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1))
  await eventually(async () => expect(assembly.last()).toBe(log.length))
  expect(assembly.texts()).toEqual(log.map((event) => JSON.stringify(event)))
  expect(assembly.misplaced).toEqual([])
  scene.stream.close()
}

const play = async (actions: Action[]): Promise<void> => {
  const scene = await prepare()
  let expected = beginning
  for (const each of actions) {
    const { next, refusal } = follow(expected, each)
    if (refusal === undefined && 'until' in each) scene.script.run = each
    const { body } = await act(scene, each, expected)
    expect(body?.error?.code, JSON.stringify(each)).toBe(refusal)
    expected = next
    await expectState(scene, expected)
  }
  await conclude(scene)
}

it('over HTTP, a session is in the state that the pure rules say', {
  timeout: propertyLimit(),
}, async () => {
  await holds(fc.asyncProperty(allActions, play), { short: 4, full: 12 })
})
