/**
 * `npm run drill` lists the drills, `npm run drill NAME …` runs some, `npm run drill -- --all` every one: each
 * makes a condition on the local engine and shows the alarm that goes off. Ends 1 when one does not.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { synthesizeOnce } from '../../local/synthesis/synthesize-once.ts'
import { complaintsOf } from './complaints.ts'
import type { Drill, DrillResult } from './drill.ts'
import { drills } from './drills.ts'
import { askAsOperator } from './operator-commands.ts'
import { describeDrill } from './print.ts'
import { runDrills } from './run-drills.ts'

const repository = join(import.meta.dirname, '..', '..')

const list = (): void => {
  const width = Math.max(...drills.map(({ name }) => name.length))
  for (const { name, condition, alarms } of drills) {
    console.log(`${name.padEnd(width)}  ${condition}`)
    console.log(`${''.padEnd(width)}  sets off ${alarms.join(', ')}`)
  }
  console.log('\nnpm run drill NAME, or npm run drill -- --all')
}

const wantedOf = (names: readonly string[], all: boolean): Drill[] => {
  const unknown = names.filter((name) => !drills.some((drill) => drill.name === name))
  if (unknown.length > 0) throw new Error(`There is no drill ${unknown.join(', ')}.`)
  return drills.filter(({ name }) => all || names.includes(name))
}

const run = async (wanted: readonly Drill[]): Promise<void> => {
  const synthesis = await synthesizeOnce({
    settings: {},
    directory: join(repository, '.launch-studio', 'synthesis'),
    onMissing: () => console.log('Bundling the functions, which changed or are new …'),
  })
  const results: DrillResult[] = []
  const show = (result: DrillResult): void => {
    results.push(result)
    console.log(describeDrill(result))
    for (const complaint of complaintsOf(result)) console.log(`  Wrong: ${complaint}.\n`)
  }
  await runDrills(synthesis, wanted, show, askAsOperator)
  const good = results.filter((result) => complaintsOf(result).length === 0)
  const alarms = good.reduce((sum, result) => sum + result.alarms.length, 0)
  console.log(`${good.length} of ${wanted.length} drills, ${alarms} alarms went off and back.`)
  if (good.length < wanted.length) process.exitCode = 1
}

const { values, positionals } = parseArgs({
  options: { all: { type: 'boolean', default: false } },
  allowPositionals: true,
})
try {
  const wanted = wantedOf(positionals, values.all)
  if (wanted.length === 0) list()
  else await run(wanted)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
