import type { ModelClient, ModelEvent } from '../../../shared/clients/openai/model-client.ts'
import type { StageName, StageOutputs } from '../../../shared/contracts/agents.ts'
import type { SlotUpdate } from '../../../shared/contracts/brief.ts'
import { StudioError } from '../../../shared/contracts/errors.ts'
import { authored } from '../../../shared/platform/authored.ts'
import type { RunOutputRepository } from '../../../shared/repositories/run-output-repository.ts'
import type {
  StageAgents,
  StageHooks,
  StageWork,
} from '../../../shared/services/runs/stage-agents.ts'
import {
  sampleBrief,
  sampleCreative,
  samplePlanner,
  sampleResearch,
  sampleStrategy,
  sampleVoice,
} from '../model-server/samples.ts'

/** What the model makes of one call. */
export type ModelOutcome = 'answers' | 'refuses' | 'breaks off' | 'is silent' | 'is not understood'

type Turn = (what: string) => Promise<void>

/** What a person may say; the scripted planner takes it at its word. */
export const sayings = {
  fill: '전부 알려 드릴게요',
  unsure: '사실 잘 모르겠어요',
  chat: '안녕하세요',
}

const updatesOf = (confidence: number): SlotUpdate[] =>
  Object.entries(sampleBrief).map(
    ([path, value]) => ({ path, value, confidence, source: 'user' }) as SlotUpdate,
  )

/** What the planner makes of a saying: updates only while no run goes on, and always a question. */
const updatesFor = (input: string): SlotUpdate[] => {
  if (/"run_in_progress":\s*true/.test(input)) return []
  const [, said = ''] = input.split('user_message')
  if (said.includes(sayings.fill)) return updatesOf(0.9)
  return said.includes(sayings.unsure) ? updatesOf(0.3) : []
}

async function* answer(
  turn: Turn,
  input: string,
  outcome: ModelOutcome,
): AsyncGenerator<ModelEvent> {
  const text = JSON.stringify({ ...samplePlanner, slot_updates: updatesFor(input) })
  const half = text.length - 20
  for (const delta of [text.slice(0, half), text.slice(half)]) {
    await turn('model')
    if (outcome === 'breaks off' && delta.length === 20) return
    const type = outcome === 'refuses' ? 'response.refusal.delta' : 'response.output_text.delta'
    yield { type, delta: outcome === 'is not understood' ? '?' : delta } as ModelEvent
  }
  const usage = { input_tokens: 1, output_tokens: 1, total_tokens: 2 }
  const response = { id: 'resp_1', model: 'scripted', status: 'completed', output: [], usage }
  yield { type: 'response.completed', response } as unknown as ModelEvent
}

/** The planner's model in this process; each call takes the next outcome, and counts. */
export const createSimulatedModel = (
  turn: Turn,
  next: () => ModelOutcome,
  onCall: () => void = () => {},
): ModelClient => ({
  async stream(request) {
    onCall()
    await turn('model begins')
    const outcome = next()
    if (outcome === 'is silent') await new Promise(() => {})
    const last = Array.isArray(request.input) ? request.input.at(-1) : undefined
    const said =
      JSON.stringify(request.input) && last && 'content' in last ? String(last.content) : ''
    return answer(turn, said, outcome)
  },
})

const samples: StageOutputs = {
  research: sampleResearch,
  strategy: sampleStrategy,
  creative: sampleCreative,
  voice: sampleVoice,
}
const provenance = {
  provider: 'scripted',
  model: 'scripted',
  response_id: 'resp_1',
  prompt_version: 'test',
  usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
  created_at: '2026-11-22T00:00:00.000Z',
}

/** Milliseconds that a call may stay silent. */
const deadline = 60_000

/** Agents that stream two elements and keep to the rules of the real ones: count, call, once more. */
export const createSimulatedAgents = (
  turn: Turn,
  runs: RunOutputRepository,
  next: () => ModelOutcome,
  onCall: (stage: StageName, attempt: number) => void = () => {},
  before: (stage: StageName) => Promise<void> = async () => {},
): StageAgents => {
  const call = async (stage: StageName, hooks: StageHooks, attempt: number, modelTry: number) => {
    const { promise: ended, reject } = Promise.withResolvers<never>()
    ended.catch(() => {})
    hooks.signal.addEventListener('abort', () => reject(hooks.signal.reason))
    const timer = setTimeout(
      () => reject(new StudioError('STAGE_TIMEOUT', 'The agent was silent.')),
      deadline,
    )
    const work = async (): Promise<void> => {
      await hooks.countCall(stage === 'research' ? 3 : 2)
      hooks.signal.throwIfAborted()
      onCall(stage, attempt)
      await before(stage)
      const outcome = next()
      if (outcome === 'is silent') await new Promise(() => {})
      for (const item of [1, 2]) {
        await turn(`${stage} element`)
        hooks.signal.throwIfAborted()
        if (outcome === 'refuses') throw new StudioError('MODEL_REFUSED', 'No.')
        if (outcome === 'is not understood') throw new Error('Nobody planned for this.')
        if (outcome === 'breaks off' && item === 2) throw new StudioError('UPSTREAM_ERROR', 'Cut.')
        hooks.onElement('element', item, modelTry)
      }
    }
    try {
      await Promise.race([work(), ended])
    } finally {
      clearTimeout(timer)
    }
  }
  const agent =
    <S extends StageName>(stage: S): StageAgents[S] =>
    async ({ run }, hooks): Promise<StageWork> => {
      try {
        await call(stage, hooks, run.attempt, 1)
      } catch (error) {
        if (!(error instanceof StudioError) || !error.retryable || hooks.signal.aborted) throw error
        await call(stage, hooks, run.attempt, 2)
      }
      return {
        // The output names the worker whose it is, so that a rule can tell who committed it.
        commit(leaseId) {
          const output = authored(samples[stage], { ...provenance, response_id: leaseId })
          return runs.commitStage(run.run_id, stage, leaseId, output, 0)
        },
      }
    }
  return {
    research: agent('research'),
    strategy: agent('strategy'),
    creative: agent('creative'),
    voice: agent('voice'),
  }
}
