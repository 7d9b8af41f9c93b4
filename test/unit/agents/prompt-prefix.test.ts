import { afterEach, expect, test, vi } from 'vitest'
import { create } from '../../../shared/agents/creative-agent.ts'
import { lookAt } from '../../../shared/agents/picture-agent.ts'
import { plan } from '../../../shared/agents/planner-agent.ts'
import { research } from '../../../shared/agents/research-agent.ts'
import type { Revision } from '../../../shared/agents/revision.ts'
import { strategize } from '../../../shared/agents/strategy-agent.ts'
import { script } from '../../../shared/agents/voice-agent.ts'
import type { ModelRequest } from '../../../shared/clients/openai/model-client.ts'
import { shapedRequest } from '../../../shared/clients/openai/request-shape.ts'
import { withSchema } from '../../../shared/clients/openai/schema-prompt.ts'
import type { SearchRoute } from '../../../shared/clients/search/select-search.ts'
import type { Brief } from '../../../shared/contracts/brief.ts'
import { StudioError } from '../../../shared/contracts/errors.ts'
import { type Locale, locales } from '../../../shared/contracts/session.ts'
import { evaluateGate } from '../../../shared/rules/gate.ts'
import {
  elementListener,
  plannerInput,
  plannerListener,
} from '../../support/model-server/agents.ts'
import { rulesFor } from '../../support/model-server/copy-filter.ts'
import { providerOf, readerOf } from '../../support/model-server/research.ts'
import {
  sampleBrief,
  sampleCreative,
  sampleResearched,
  sampleStrategy,
} from '../../support/model-server/samples.ts'

afterEach(() => vi.useRealTimers())

/** What differs from call to call: nothing of it may stand in a prefix. */
interface Circumstances {
  locale: Locale
  at: string
  name: string
  turn: number
}
type Call = (circumstances: Circumstances, agents: ReturnType<typeof recording>) => Promise<unknown>

/** What agents work with on a model that remembers what it is asked for, and refuses. */
const recording = ({ locale }: Pick<Circumstances, 'locale'>, routes: SearchRoute[] = []) => {
  const requests: ModelRequest[] = []
  return {
    requests,
    clock: { now: () => Date.now() },
    copyFilter: rulesFor(['cosmetics'], locale),
    model: {
      async stream(request: ModelRequest): Promise<never> {
        requests.push(request)
        throw new StudioError('MODEL_REFUSED', 'No.', { retryable: false })
      },
    },
    searchRoutes: async () => routes,
    pages: readerOf({}),
    memory: { recall: async (): Promise<unknown> => undefined, keep: async () => {} },
  }
}

const briefOf = ({ name }: Circumstances): Brief => ({ ...sampleBrief, 'product.name': name })
const strategyOf = ({ name }: Circumstances) => ({
  ...sampleStrategy,
  positioning_options: sampleStrategy.positioning_options.map((each) => ({
    ...each,
    message: `${name}: ${each.message}`,
  })),
})
const revisionOf = ({ name }: Circumstances): Revision => ({
  chosen_positioning: null,
  note: name,
  previous: { name },
})
const stageInput = (circumstances: Circumstances) => ({
  locale: circumstances.locale,
  brief: briefOf(circumstances),
  research: sampleResearched,
  strategy: strategyOf(circumstances),
  film: { ...sampleCreative.video_prompt_package, prompt: circumstances.name },
  videoSeconds: 8,
  size: '720x1280',
})

const researchBy =
  (route: SearchRoute): Call =>
  (circumstances, agents) =>
    research(
      { ...agents, searchRoutes: async () => [route] },
      { locale: circumstances.locale, brief: briefOf(circumstances) },
      elementListener(),
    )

const calls: Record<string, Call> = {
  planner: ({ locale, name, turn }, agents) =>
    plan(
      agents,
      plannerInput({ locale, turn, message: name, history: [{ role: 'user', text: name }] }),
      plannerListener(),
    ),
  picture: ({ locale, name, turn }, agents) =>
    lookAt(
      agents,
      {
        ...{ locale, mode: 'standard', history: [], slots: {}, gate: evaluateGate({}) },
        gateAfter: () => evaluateGate({}),
        note: name,
        image: { contentType: 'image/png', bytes: new Uint8Array([turn]) },
        checkNumber: `${4_000 + turn}`,
      },
      () => {},
    ),
  'hosted search': researchBy({ kind: 'hosted' }),
  queries: researchBy({ kind: 'queries', providers: [providerOf(() => [])] }),
  strategy: (circumstances, agents) =>
    strategize(agents, stageInput(circumstances), elementListener()),
  'revised strategy': (circumstances, agents) =>
    strategize(
      agents,
      { ...stageInput(circumstances), revision: revisionOf(circumstances) },
      elementListener(),
    ),
  creatives: (circumstances, agents) =>
    create(agents, stageInput(circumstances), elementListener()),
  voice: (circumstances, agents) => script(agents, stageInput(circumstances), elementListener()),
}

const requestsOf = async (call: Call, circumstances: Circumstances): Promise<ModelRequest[]> => {
  vi.useFakeTimers({ now: Date.parse(circumstances.at), toFake: ['Date'] })
  const agents = recording(circumstances)
  await expect(call(circumstances, agents)).rejects.toMatchObject({ code: 'MODEL_REFUSED' })
  expect(agents.requests.length).toBeGreaterThan(0)
  return agents.requests
}

/** A request as it is sent, but for its messages. */
const prefixOf = (
  request: ModelRequest,
  api: 'responses' | 'chat',
  showsSchema: boolean,
): string => {
  const messages = [{ role: 'user' as const, content: '' }]
  const asked = { ...request, messages }
  const { body } = shapedRequest(showsSchema ? withSchema(asked) : asked, {
    api,
    refused: new Set(),
  })
  return JSON.stringify(body)
}

test.each(locales.flatMap((locale) => Object.keys(calls).map((name) => [name, locale] as const)))(
  'what %s asks for in %s begins with the same bytes, whatever the day and the brief',
  async (name, locale) => {
    const call = calls[name] as Call
    const one = { locale, at: '2026-11-27T03:00:00.000Z', name: '동백 핸드크림', turn: 1 }
    const other = { locale, at: '2027-03-01T21:30:00.000Z', name: '모란 비누', turn: 19 }
    const [before, after] = [await requestsOf(call, one), await requestsOf(call, other)]
    expect(after.length).toBe(before.length)
    for (const api of ['responses', 'chat'] as const) {
      for (const showsSchema of [false, true]) {
        expect(after.map((request) => prefixOf(request, api, showsSchema))).toEqual(
          before.map((request) => prefixOf(request, api, showsSchema)),
        )
      }
    }
    // What differs does stand in the messages, or the comparison would say nothing.
    for (const [index, { messages }] of before.entries()) {
      expect(JSON.stringify(messages)).toContain(one.name)
      expect(JSON.stringify(after[index]?.messages)).toContain(other.name)
    }
  },
)

test('a conversation that goes on begins with what was said before', async () => {
  const said = [
    { role: 'user' as const, text: '동백 핸드크림이에요.' },
    { role: 'assistant' as const, text: '네, 특징은요?' },
  ]
  const messagesAt = async (turn: number, history: typeof said) => {
    const agents = recording({ locale: 'ko-KR' })
    const reply = plan(agents, plannerInput({ turn, history }), plannerListener())
    await expect(reply).rejects.toMatchObject({ code: 'MODEL_REFUSED' })
    return agents.requests[0]?.messages ?? []
  }
  const before = await messagesAt(2, said)
  const after = await messagesAt(3, [...said, ...said])
  expect(JSON.stringify(after.slice(0, 2))).toBe(JSON.stringify(before.slice(0, 2)))
})
