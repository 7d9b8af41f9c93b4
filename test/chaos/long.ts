/**
 * `npm run test:chaos [-- --sessions 500 --minutes 25 --parallel 32 --assets 0.2 --seed …]`: the long form of the
 * chaos run. Writes its table to the terminal and to docs/chaos-report.md. Ends 1 when a promise was
 * broken, when too few runs came to DONE, or when it was too short to say.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { synthesize } from '../../lib/synthesize.ts'
import { runChaos } from '../support/chaos/chaos.ts'
import { allFaults, noFaults } from '../support/chaos/fault-rates.ts'
import { summarize, writeReport } from '../support/chaos/report.ts'

const report = join(import.meta.dirname, '..', '..', 'docs', 'chaos-report.md')
/** What the long form has to reach. */
const least = { runs: 500, faults: 1000, doneCalm: 0.95, doneWithFaults: 0.5 }
/** Minutes in which something must happen to a run: the sweeper comes within two, and may die itself. */
const minutesOfSilence = 5

const { values } = parseArgs({
  options: {
    sessions: { type: 'string', default: '520' },
    minutes: { type: 'string', default: '25' },
    parallel: { type: 'string', default: '32' },
    assets: { type: 'string', default: '0.2' },
    seed: { type: 'string', default: new Date().toISOString().slice(0, 10) },
  },
})
const sessions = Number(values.sessions)
const minutes = Number(values.minutes)
const parallel = Number(values.parallel)
const { seed } = values

const folder = await mkdtemp(join(tmpdir(), 'launch-studio-chaos-synth-'))
const { template, outdir } = await synthesize({
  environment: {},
  bundleDirectory: join(folder, 'functions'),
  consoleDirectory: join(folder, 'console'),
  outdir: join(folder, 'assembly'),
})
const common = {
  synthesis: { template: JSON.parse(JSON.stringify(template)), outdir },
  seed,
  parallel,
  assetRate: Number(values.assets),
  speed: 1,
  boundMs: minutesOfSilence * 60_000,
  // Longer than the state machine waits for a sign of life: another worker has the stage by then.
  freezeMs: 36_000,
  deadlineMs: 15_000,
  log: (line: string) => console.log(line),
}
try {
  const calmSessions = Math.max(20, Math.ceil(sessions / 20))
  const calmResult = await runChaos({ ...common, rates: noFaults, sessions: calmSessions })
  const faultyResult = await runChaos({
    ...common,
    rates: allFaults,
    sessions: sessions - calmSessions,
    noneAfterMs: Math.max(1, minutes - calmResult.seconds / 60) * 60_000,
  })
  const [calm, faulty] = [summarize(calmResult), summarize(faultyResult)]
  const violations = [...calmResult.violations, ...faultyResult.violations]
  const broken = [
    ...violations.map(({ label, kind, what }) => `${kind}: ${label}: ${what}`),
    ...(calm.doneShare < least.doneCalm ? ['Too few runs came to DONE without faults.'] : []),
    ...(faulty.doneShare < least.doneWithFaults ? ['Too few runs came to DONE with faults.'] : []),
  ]
  const runs = calm.runs + faulty.runs
  const long = runs >= least.runs && faulty.faultsInAll >= least.faults
  const about = [
    '# Chaos report',
    `Written by \`npm run test:chaos\` on ${new Date().toISOString().slice(0, 10)}, seed \`${seed}\`, ${parallel} sessions at a time, all timers of the engine as deployed, calls of the model within 15 s. The seed fixes what is drawn, not how threads interleave.`,
    long
      ? `${runs} runs and ${faulty.faultsInAll} faults.`
      : `**Not the long form**: ${runs} runs of ${least.runs} and ${faulty.faultsInAll} faults of ${least.faults} in the time it had.`,
    broken.length === 0 ? 'No promise was broken.' : `Broken:\n\n- ${broken.join('\n- ')}`,
  ]
  const text = `${about.join('\n\n')}\n\n${writeReport(calm, faulty)}`
  console.log(text)
  await writeFile(report, text)
  process.exitCode = broken.length > 0 || !long ? 1 : 0
} finally {
  await rm(folder, { recursive: true, force: true })
}
