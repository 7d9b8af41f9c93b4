/**
 * `npm run test:deploy`: the suite of `journey.test.ts` against a deployment. Without arguments the real
 * stack goes to an emulator on this machine; `--target aws --outputs cdk-outputs.json` runs it against
 * an account, as `cdk deploy --outputs-file` has described it, and deploys and destroys nothing.
 */
import { parseArgs } from 'node:util'
import { type Deployed, deployedName, outputsIn } from './deployed.ts'
import type { Finding } from './ministack/differences.ts'
import { onMinistack } from './ministack/on-ministack.ts'
import { writeTable } from './ministack/table.ts'
import { createPhases } from './phases.ts'
import { bareEnvironment, root, tools } from './project.ts'
import { runProgram } from './run-program.ts'

const usage = `npm run test:deploy                                               # on MiniStack, from PyPI
npm run test:deploy -- --target aws --outputs cdk-outputs.json   # on an account, which calls your model`

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const stop = new AbortController()
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(name, () => stop.abort(new Error(`Ended by ${name}.`)))
}

const suite = (deployed: Deployed): Promise<void> =>
  runProgram(tools.vitest, ['run', '--mode', 'deploy', '--reporter', 'verbose'], {
    ...{ cwd: root, shown: true, signal: stop.signal },
    env: { ...bareEnvironment(), [deployedName]: JSON.stringify(deployed) },
  })

const ministack = async (): Promise<void> => {
  const phases = createPhases(say)
  let findings: Finding[] = []
  try {
    const onFindings = (found: Finding[]): void => {
      findings = found
    }
    await onMinistack({ phases, say, signal: stop.signal, suite, onFindings })
  } finally {
    say(await writeTable(findings))
    say(phases.summary())
  }
}

const read = () =>
  parseArgs({
    options: {
      target: { type: 'string', default: 'ministack' },
      outputs: { type: 'string' },
    },
  }).values

try {
  const { target, outputs } = read()
  if (target === 'ministack' && outputs === undefined) await ministack()
  else if (target === 'aws' && outputs !== undefined) {
    await suite({ target, outputs: outputsIn(outputs) })
  } else {
    process.stderr.write(`${usage}\n`)
    process.exitCode = 2
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
