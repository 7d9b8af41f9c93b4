import type { Try } from '../../../shared/agents/call-budget.ts'
import type { CopyAgentDependencies } from '../../../shared/agents/copy/copy-filter.ts'
import { type PlannerInput, plan } from '../../../shared/agents/planner-agent.ts'
import { openModel } from '../../../shared/clients/openai/model.ts'
import type { ElementVerdict } from '../../../shared/contracts/copy-safety.ts'
import { StudioError } from '../../../shared/contracts/errors.ts'
import { systemClock } from '../../../shared/platform/clock.ts'
import { evaluateGate, fillSlots } from '../../../shared/rules/gate.ts'
import { rulesFor } from './copy-filter.ts'
import type { ModelServer } from './model-server.ts'

/** What an agent works with, on a scripted model; counts the calls it is permitted. */
export const agentsOn = (
  server: ModelServer,
  more: Partial<CopyAgentDependencies> = {},
): CopyAgentDependencies & { counted: string[] } => {
  const counted: string[] = []
  return {
    model: openModel({ apiKey: async () => 'sk-test-secret', baseUrl: server.url }),
    clock: systemClock,
    copyFilter: rulesFor(),
    countCall: async ({ agent }) => {
      counted.push(agent)
      return undefined
    },
    counted,
    ...more,
  }
}

/** The first turn of a Korean session with an empty brief. */
export const plannerInput = (more: Partial<PlannerInput> = {}): PlannerInput => ({
  locale: 'ko-KR',
  mode: 'standard',
  state: 'CHAT_COLLECTING',
  turn: 1,
  slots: {},
  gate: evaluateGate({}),
  gateAfter: (updates) => evaluateGate(fillSlots({}, updates, 1)),
  history: [],
  message: '동백 핸드크림을 팔고 있어요. 핸드크림이에요.',
  ...more,
})

/** Remembers what a planner streams, by try. */
export const plannerListener = () => {
  const texts = { 1: [] as string[], 2: [] as string[] }
  const order: string[] = []
  return {
    texts,
    order,
    onSlotUpdates: (updates: unknown[], attempt: Try) => {
      order.push(`updates:${attempt}:${updates.length}`)
    },
    onText: (text: string, attempt: Try) => {
      order.push(`text:${attempt}`)
      texts[attempt].push(text)
    },
  }
}

/** Remembers the elements an agent streams. */
export const elementListener = () => {
  const elements: {
    kind: string
    item: unknown
    attempt: number
    verdict?: ElementVerdict | undefined
  }[] = []
  return {
    elements,
    onElement: (kind: string, item: unknown, attempt: number, verdict?: ElementVerdict) => {
      elements.push({ kind, item, attempt, verdict })
    },
  }
}

/** One turn of the planner on a scripted model. */
export const askPlanner = (
  server: ModelServer,
  more: Partial<CopyAgentDependencies> = {},
  input: Partial<PlannerInput> = {},
) => {
  const listener = plannerListener()
  const agents = agentsOn(server, more)
  return { listener, agents, reply: plan(agents, plannerInput(input), listener) }
}

/** The error that some work ends in. @throws Error when it does not end in one of the product's */
export const failureOf = async (work: Promise<unknown>): Promise<StudioError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof StudioError)) throw new Error(`No StudioError: ${String(error)}`)
  return error
}
