import { plan, replyText } from '../../../shared/agents/planner-agent.ts'
import { openModel } from '../../../shared/clients/openai/model.ts'
import { StudioError } from '../../../shared/contracts/errors.ts'
import type { ErrorCode } from '../../../shared/contracts/problems.ts'
import { systemClock as clock } from '../../../shared/platform/clock.ts'
import { plannerInput, plannerListener } from '../model-server/agents.ts'
import { samplePlanner } from '../model-server/samples.ts'
import type { Fields, ModelText } from './answer.ts'
import type { DeviationCase } from './cases.ts'
import { type ServerBehaviour, type StubRequest, startStubServer } from './stub-server.ts'

/** What came of one turn of the planner. */
export type Outcome = {
  /** Which API the turn's last request went to. */
  api: StubRequest['api'] | undefined
  /** Requests of the turn itself, without the probe. */
  calls: number
  /** What the reader of the turn saw of its last try, piece by piece. */
  streamed: string
} & (
  | { kind: 'answered'; reply: string }
  | { kind: 'failed'; code: ErrorCode; retryable: boolean; vendor: unknown }
)

export const expectedReply = replyText(samplePlanner)

const history = [
  { role: 'assistant' as const, text: '안녕하세요. 무엇을 파시나요?' },
  { role: 'user' as const, text: '화장품이요.' },
  { role: 'assistant' as const, text: '어떤 화장품인가요?' },
]

const isTurn = ({ format }: StubRequest): boolean => format?.name.startsWith('planner') ?? false

/** A value of a small schema, as a server makes one that enforces it. */
const satisfying = (schema: Fields): unknown => {
  if (Array.isArray(schema.enum)) return schema.enum[0]
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, part]) => [name, satisfying(part)]),
      )
    case 'array':
      return []
    case 'integer':
    case 'number':
      return 1
    case 'boolean':
      return true
    default:
      return 'x'
  }
}

const answerOf =
  ({ keepsSchema }: ServerBehaviour, says: Partial<ModelText>) =>
  (request: StubRequest): ModelText => {
    if (isTurn(request)) return { text: JSON.stringify(samplePlanner), ...says }
    const { api, format } = request
    const text = format && keepsSchema?.[api] ? JSON.stringify(satisfying(format.schema)) : '{}'
    return { text }
  }

/** Has the planner take one turn on a server that behaves as the case says. */
export const tryCase = async ({ behaviour, says = {} }: DeviationCase): Promise<Outcome> => {
  const server = await startStubServer(behaviour, answerOf(behaviour, says))
  const listener = plannerListener()
  const model = openModel({
    apiKey: async () => 'sk-test-secret',
    baseUrl: server.url,
    api: 'auto',
  })
  const seen = () => {
    const turns = server.requests.filter(isTurn)
    const last = listener.texts[2].length > 0 ? listener.texts[2] : listener.texts[1]
    return { api: turns.at(-1)?.api, calls: turns.length, streamed: last.join('') }
  }
  try {
    const reply = await plan({ model, clock }, plannerInput({ history }), listener)
    return { kind: 'answered', ...seen(), reply: replyText(reply.value) }
  } catch (error) {
    if (!(error instanceof StudioError)) throw error
    const { code, retryable, vendor } = error
    return { kind: 'failed', ...seen(), code, retryable, vendor }
  } finally {
    await server.stop()
  }
}
