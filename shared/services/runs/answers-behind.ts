import type { ModelClient } from '../../clients/openai/model-client.ts'

/** A model that is asked at once, and whose answers, failures too, are held back until `begun` resolves. */
export const answersBehind = (begun: Promise<void>, model: ModelClient): ModelClient => ({
  ...model,
  async stream(request, signal) {
    const answer = model.stream(request, signal)
    // It is awaited below; until then its failure must not go unhandled.
    answer.catch(() => {})
    await begun
    return answer
  },
})
