import type { Command } from './command.ts'
import { explainRun } from './explain/explanation.ts'
import { factsOfRun } from './explain/facts.ts'
import { pageOf } from './explain/page.ts'
import { onlyOne } from './named.ts'
import { repositories } from './repositories.ts'

export const explain: Command = {
  summary: 'A run from beginning to end: stages, attempts, calls, cost, why it ended, what to do.',
  takes: 'RUN',
  options: {},
  help: `Puts together what table, log and state machine know of a run, with the vendor's own reason for a failure, and says
what to do. Nothing of what people or models wrote. Exit code 1 when the run stands still.

  npm run ops -- explain run_01kb2…
  npm run ops -- explain run_01kb2… --json`,
  async run({ positionals, answer }) {
    const runId = onlyOne(positionals, 'a run')
    const explanation = explainRun(await factsOfRun(repositories(), runId))
    answer(explanation, pageOf(explanation))
    return explanation.outcome === 'stuck' ? 1 : 0
  },
}
