/** Restate: each call of the model is a journaled step of a durable handler. */
import * as restate from '@restatedev/restate-sdk'
import { ask } from '../openai-stream.mjs'
import { askers } from '../requests.mjs'

const studio = restate.service({
  name: 'studio',
  handlers: {
    turn: (context) => context.run('planner', () => ask('planner')),
    run: async (context) => {
      const answers = {}
      for (const asker of askers) answers[asker] = await context.run(asker, () => ask(asker))
      return answers
    },
  },
})

restate.serve({ services: [studio], port: Number(process.env.PORT) })
