import { openModel } from '../../../shared/clients/openai/model.ts'
import { StudioError } from '../../../shared/contracts/errors.ts'
import type { RawAnswer, RawServer } from './raw-server.ts'

/** Which no failure may repeat. */
export const secret = 'sk-test-secret-0123456789'

const request = {
  model: 'm',
  instructions: 'You plan launches and nothing else at all.',
  messages: [
    { role: 'user' as const, content: '동백 핸드크림을 팔고 있어요, my brand is Camellia House' },
  ],
  format: { name: 'planner_v1', schema: { type: 'object' } },
}

/** The failure of a call that a server answers so. */
export const failureOf = async (server: RawServer, answer: RawAnswer): Promise<StudioError> => {
  server.respond(() => answer)
  const model = openModel({ apiKey: async () => secret, baseUrl: server.url })
  try {
    const events = await model.stream(request, new AbortController().signal)
    for await (const event of events) void event
  } catch (error) {
    if (error instanceof StudioError) return error
    throw error
  }
  throw new Error('Nothing failed.')
}
