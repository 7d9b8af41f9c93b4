/**
 * `npm run bench`: measures what the README promises, on the local engine with a scripted model, each in a process
 * of its own. Prints one table, keeps it as JSON in `.launch-studio/bench`, and exits with 1 when a target is missed;
 * of one that is out of reach as yet, when the figure is beyond what it is held to meanwhile (decision 88).
 * `node bench/run.ts stages log` measures these parts only; `--quick` takes few rounds, for development, and
 * `--save docs/bench-figures.json` keeps the figures from which `npm run docs` makes the README's table and picture.
 * All parts take some twenty minutes and need an idle machine: other load adds to every time.
 */
import { loadavg } from 'node:os'
import { openContext } from './bench-context.ts'
import { now } from './clock.ts'
import { exitWith, readBenchArguments, Usage } from './command-line.ts'
import { parts } from './parts.ts'
import { beginResults, keepResults } from './results.ts'
import { fullRounds, quickRounds } from './rounds.ts'
import { hasFailed, table } from './statistics.ts'

const asked = readBenchArguments(process.argv.slice(2), Object.keys(parts))
if (asked instanceof Usage) exitWith(asked)

const startedAt = now()
const step = (what: string): void => {
  process.stderr.write(`${((now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${what}\n`)
}

const plan = asked.quick ? quickRounds : fullRounds
const results = beginResults(asked.quick, plan)
const context = await openContext(plan, step)
try {
  for (const [part, measure] of Object.entries(parts)) {
    if (!asked.names.includes(part)) continue
    step(part)
    try {
      results.rows.push(...(await measure(context)).map((row) => ({ part, ...row })))
    } catch (error) {
      // The other parts are worth their time all the same.
      results.failures.push({ part, error: String(error) })
    }
  }
} finally {
  await context.close()
}
results.seconds = Math.round((now() - startedAt) / 1000)
results.load.after = loadavg()[0] ?? 0

step('done')
const { failures, machine, load, rows, node } = results
const kept = keepResults(results, 'bench', asked.save)
const restless = rows.some((row) => (row.restless ?? 0) > 0)
const busy = load.before > machine.cores / 2 || restless
process.stdout.write(
  `\nNode ${node}, ${machine.processor}, ${machine.cores} cores, load average ${load.before.toFixed(1)} in the minute before` +
    `${busy ? '; what else is at work adds to every time' : ''}\n\n${table(rows)}\n\n${kept}\n`,
)
for (const { part, error } of failures) {
  process.stdout.write(`The part ${part} was not measured: ${error}\n`)
}
if (failures.length > 0 || rows.some(hasFailed)) process.exitCode = 1
