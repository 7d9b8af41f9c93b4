import { openBudget, type PlannedCall, tryTwice } from '../../../shared/agents/call-budget.ts'
import { invalidAnswer } from '../../../shared/agents/model-call.ts'
import { RuleBroken } from '../../../shared/agents/rule-broken.ts'
import type { ModelClient, ModelEvent } from '../../../shared/clients/openai/model-client.ts'
import type { Positioning, StageName, StageOutputs } from '../../../shared/contracts/agents.ts'
import type { SlotUpdate } from '../../../shared/contracts/brief.ts'
import { StudioError } from '../../../shared/contracts/errors.ts'
import { authored } from '../../../shared/platform/authored.ts'
import type { Clock } from '../../../shared/platform/clock.ts'
import type { RunOutputRepository } from '../../../shared/repositories/run-output-repository.ts'
import { modelLimits } from '../../../shared/rules/model-limits.ts'
import type {
  StageAgents,
  StageHooks,
  StageWork,
} from '../../../shared/services/runs/stage-hooks.ts'
import {
  sampleBrief,
  sampleCreative,
  samplePlanner,
  sampleResearched,
  sampleStrategy,
  sampleVoice,
} from '../model-server/samples.ts'

/** What the model makes of one call. */
export type ModelOutcome =
  | 'answers'
  | 'refuses'
  | 'breaks off'
  | 'is silent'
  | 'is not understood'
  /** A stage alone: more elements than an item of the table holds, and then an invalid answer. */
  | 'overflows'
  /** A stage alone: an element that no event holds. */
  | 'writes too much at once'

type Turn = (what: string) => Promise<void>

/** What a client may say; the scripted planner takes it literally. */
export const messages = {
  fill: '전부 알려 드릴게요',
  unsure: '사실 잘 모르겠어요',
  chat: '안녕하세요',
}

const updatesOf = (confidence: number): SlotUpdate[] =>
  Object.entries(sampleBrief).map(
    ([path, value]) => ({ path, value, confidence, source: 'user' }) as SlotUpdate,
  )

/** What the planner makes of a message: updates only while no run goes on, and always a question. */
const updatesFor = (input: string): SlotUpdate[] => {
  if (/"run_in_progress":\s*true/.test(input)) return []
  const [, message = ''] = input.split('user_message')
  if (message.includes(messages.fill)) return updatesOf(0.9)
  return message.includes(messages.unsure) ? updatesOf(0.3) : []
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
    if (outcome === 'refuses') yield { type: 'refusal', reason: null }
    yield { type: 'text', text: outcome === 'is not understood' ? '?' : delta }
  }
  const usage = { input_tokens: 1, output_tokens: 1, total_tokens: 2 }
  yield { type: 'usage', usage }
  yield { type: 'end', id: 'resp_1', model: 'scripted', reason: 'complete' }
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
    return answer(turn, request.messages.at(-1)?.content ?? '', outcome)
  },
})

const samples: StageOutputs = {
  research: sampleResearched,
  strategy: sampleStrategy,
  creative: sampleCreative,
  voice: sampleVoice,
}
const provenance = {
  provider: 'scripted',
  model: 'scripted',
  response_id: 'resp_1',
  prompt_version: 'test',
  usage: {
    input_tokens: 1,
    output_tokens: 1,
    total_tokens: 2,
    calls: 1,
    calls_without_usage: 0,
  },
  created_at: '2026-11-22T00:00:00.000Z',
}

export interface AgentOptions {
  turn: Turn
  clock: Clock
  runs: RunOutputRepository
  /** What the model makes of its next call. */
  outcome: () => ModelOutcome
  onCall?: ((stage: StageName, attempt: number) => void) | undefined
  /** Called when a call's answer may be taken: its stage has begun. */
  onBegun?: ((stage: StageName, attempt: number) => void) | undefined
  /** Whether creative begins voice ahead; never when not given. */
  beginsVoice?: (() => boolean) | undefined
  /** The positioning of which strategy tells before its answer is complete; none when not given. */
  positioning?: (() => Positioning | undefined) | undefined
  /** Awaited before the model answers. */
  before?: ((stage: StageName) => Promise<void>) | undefined
}

/** What an answer of hostile size comes to, as the agent's runtime makes it. */
const overflow = async (
  { onElement }: StageHooks,
  elements: number,
  bytes: number,
  modelTry: number,
): Promise<never> => {
  try {
    for (let item = 0; item < elements; item += 1) onElement('element', 'x'.repeat(bytes), modelTry)
  } catch (error) {
    if (error instanceof RuleBroken) throw invalidAnswer('research', error.reasons)
    throw error
  }
  throw invalidAnswer('research', ['The answer is too large.'])
}

/** Streams the elements of one call of the model, or fails as the outcome says. */
const streamElements = async (
  { turn, outcome }: AgentOptions,
  stage: StageName,
  hooks: StageHooks,
  modelTry: number,
): Promise<void> => {
  const { signal, onElement } = hooks
  const how = outcome()
  if (how === 'overflows') return overflow(hooks, 160, 2_700, modelTry)
  if (how === 'writes too much at once') return overflow(hooks, 1, 30_000, modelTry)
  if (how === 'is silent') await new Promise(() => {})
  for (const item of [1, 2]) {
    await turn(`${stage} element`)
    signal.throwIfAborted()
    if (how === 'refuses') throw new StudioError('MODEL_REFUSED', 'No.')
    if (how === 'is not understood') throw new Error('This was not foreseen.')
    if (how === 'breaks off' && item === 2) throw new StudioError('UPSTREAM_ERROR', 'Cut.')
    onElement('element', item, modelTry)
  }
}

interface StageCall {
  stage: StageName
  attempt: number
  modelTry: number
  /** Milliseconds. */
  deadline: number
}

/** One permitted call of the model: within its deadline, and while the stage is held. */
const callModel = async (
  options: AgentOptions,
  { stage, attempt, modelTry, deadline }: StageCall,
  hooks: StageHooks,
): Promise<void> => {
  const { promise: ended, reject } = Promise.withResolvers<never>()
  // The call may be over when nothing waits for its end any more.
  ended.catch(() => {})
  hooks.signal.addEventListener('abort', () => reject(hooks.signal.reason))
  const timer = setTimeout(
    () => reject(new StudioError('STAGE_TIMEOUT', 'The agent was silent.')),
    deadline,
  )
  const work = async (): Promise<void> => {
    options.onCall?.(stage, attempt)
    const positioning = stage === 'strategy' ? options.positioning?.() : undefined
    if (positioning) {
      await hooks.begun
      hooks.onPositioning?.(positioning)
    }
    await options.before?.(stage)
    await hooks.begun
    options.onBegun?.(stage, attempt)
    await streamElements(options, stage, hooks, modelTry)
  }
  try {
    await Promise.race([work(), ended])
  } finally {
    clearTimeout(timer)
  }
}

const noModel: ModelClient = {
  stream: () => Promise.reject(new Error('A simulated agent calls no model.')),
}

/** Agents that stream two elements, with the calls and the time that the product grants its own. */
export const createSimulatedAgents = (options: AgentOptions): StageAgents => {
  const { clock, runs } = options
  const agent =
    <S extends StageName>(stage: S): StageAgents[S] =>
    async (found, hooks): Promise<StageWork> => {
      const { run } = found
      const part = stage === 'creative' ? 'film' : undefined
      if (stage === 'creative' && options.beginsVoice?.()) void hooks.ahead?.('voice', found)
      const dependencies = {
        model: noModel,
        clock,
        signal: hooks.signal,
        countCall: (call: PlannedCall) => hooks.countCall(modelLimits[stage].maxCalls, call, part),
      }
      const { attempt } = run
      const budget = openBudget(stage, { clock })
      await tryTwice(stage, dependencies, budget, {
        request: () => ({ model: 'simulated', instructions: '', messages: [] }),
        ask: (_, { try: modelTry, deadline }) =>
          callModel(options, { stage, attempt, modelTry, deadline }, hooks),
      })
      return {
        // The output names its worker, so that a rule can see which one committed it.
        commit(leaseId) {
          const output = authored(samples[stage], { ...provenance, response_id: leaseId })
          return runs.commitStage(run.run_id, stage, leaseId, output, {})
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
