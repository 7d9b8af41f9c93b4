import type { Command } from './command.ts'
import { Failure } from './failure.ts'
import { onlyOne } from './named.ts'
import { repositories } from './repositories.ts'

export const explain: Command = {
  summary:
    'A run from its beginning to its end: stages, attempts, calls, cost, why it ended, what to do.',
  takes: 'RUN',
  options: {},
  help: `  npm run ops -- explain run_01kb2…
  npm run ops -- explain run_01kb2… --json`,
  async run({ positionals, answer }) {
    const runId = onlyOne(positionals, 'a run')
    const found = await repositories().runs.get(runId)
    if (!found) throw new Failure(`There is no run ${runId}.`)
    const { state, stage, attempt } = found.run
    answer(
      { run_id: runId, state, stage, attempt },
      `${runId} ${state} ${stage}, attempt ${attempt}`,
    )
    return 0
  },
}
