/** Vercel Workflow: each call of the model is a step; what it streams goes to the run's durable stream. */
import { getWritable } from 'workflow'

// As `requests.mjs` has them, which a workflow cannot read: it reads a file.
const askers = [
  'search',
  'research',
  'strategy',
  'creative_copies',
  'creative_posters',
  'creative_film',
  'voice',
]

const askStep = async (asker) => {
  'use step'
  const { ask } = await import('../../../openai-stream.mjs')
  const writer = getWritable().getWriter()
  const answer = await ask(asker, (text) => writer.write(text))
  writer.releaseLock()
  return answer
}

const closeStream = async () => {
  'use step'
  await getWritable().close()
}

export const turn = async () => {
  'use workflow'
  const answer = await askStep('planner')
  await closeStream()
  return answer
}

export const run = async () => {
  'use workflow'
  const answers = {}
  for (const asker of askers) {
    answers[asker] = await askStep(asker)
  }
  await closeStream()
  return answers
}
