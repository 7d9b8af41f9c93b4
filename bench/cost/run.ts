/**
 * `npm run cost`: plays one whole session on the local engine with the scripted model, meters every operation at the
 * functions' boundary, and prices a turn, a run, a media package and a month by dated tables. About two minutes.
 * `--sessions 10000` and the parts of the mix (`--turns`, `--voice`, `--spoken`, `--runs`, `--media`, `--minutes`)
 * say what a month is like; `--json` prints the figures instead; `--save FILE` keeps them; `--from FILE` prices kept
 * ones again without a run.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bytesOfAll, consoleScripts } from '../../test/support/console-scripts.ts'
import { billsOf, type Figures, figuresOf } from './figures.ts'
import { billOfMonth, type Mix, mixNames, usualMix } from './month.ts'
import { totalOf } from './pricing.ts'
import { reportText } from './report.ts'

const usualSessions = 10_000

const { values } = parseArgs({
  options: {
    sessions: { type: 'string', default: String(usualSessions) },
    json: { type: 'boolean', default: false },
    save: { type: 'string' },
    from: { type: 'string' },
    ...Object.fromEntries(mixNames.map((name) => [name, { type: 'string' as const }])),
  },
})

/** A number of the command line, or the end of the command with what is wrong. */
const numberOf = (name: string, text: string): number => {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    process.stderr.write(`--${name} takes a number of at least 0, not ${JSON.stringify(text)}.\n`)
    process.exit(2)
  }
  return value
}

const given = values as Record<string, string | boolean | undefined>
const sessions = numberOf('sessions', values.sessions)
const mix: Mix = { ...usualMix }
for (const name of mixNames) {
  const text = given[name]
  if (typeof text === 'string') mix[name] = numberOf(name, text)
}

const startedAt = performance.now()
const step = (what: string): void => {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0).padStart(3)
  process.stderr.write(`${seconds} s  ${what}\n`)
}

const meter = async (): Promise<Figures> => {
  // The CDK is large, and kept figures need neither it nor an engine.
  const [{ synthesize }, { measure }] = await Promise.all([
    import('../../lib/synthesize.ts'),
    import('./measure.ts'),
  ])
  const folder = await mkdtemp(join(tmpdir(), 'launch-studio-cost-'))
  try {
    step('synthesis')
    const synthesis = await synthesize({
      environment: {},
      bundleDirectory: join(folder, 'functions'),
      consoleDirectory: join(folder, 'console'),
      outdir: join(folder, 'assembly'),
      checks: false,
    })
    const { atStart, later } = consoleScripts(synthesis.console.directory)
    const measurement = await measure(synthesis, step)
    return figuresOf(measurement, synthesis.template, {
      date: new Date().toISOString(),
      page: {
        // The page itself, its style and its scripts.
        front_requests: 2 + atStart.size + later.size,
        front_bytes: (bytesOfAll(atStart) + bytesOfAll(later)) / 1024 ** 3,
      },
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const figures: Figures =
  values.from === undefined ? await meter() : JSON.parse(await readFile(values.from, 'utf8'))
if (values.save !== undefined) {
  await writeFile(values.save, `${JSON.stringify(figures, null, 2)}\n`)
}
const bill = billOfMonth(billsOf(figures), { sessions, mix, background: figures.background })
if (values.json) {
  const month = { sessions, mix, total: totalOf(bill), bill }
  process.stdout.write(`${JSON.stringify({ ...figures, month }, null, 2)}\n`)
} else process.stdout.write(`\n${reportText(figures, { sessions, mix, bill })}\n`)
