/** `npm run doctor`: what a studio on this machine, or a deployment, depends on, and what to do about it. */
import { parseArgs } from 'node:util'
import { withDefaults } from '../local/boot.ts'
import { type DescribedFinding, describeFinding } from '../shared/rules/checkup/findings.ts'
import { type DeployedStack, deployedStack } from './checkup/deployed-stack.ts'
import { deploymentCheckup } from './checkup/deployment-checkup.ts'
import { localCheckup } from './checkup/local-checkup.ts'
import { countOf, reportOf } from './checkup/report.ts'

const usage = `npm run doctor                                   this machine, by its environment
npm run doctor -- --outputs cdk-outputs.json     a deployment, by its outputs (--stack names one of several)
npm run doctor -- --stack LaunchStudio-dev       a deployment, by CloudFormation in the region that is set
  --json    findings as JSON
Exits with 1 when something has to be mended, with 2 when it cannot begin; warnings leave 0.`

const options = {
  outputs: { type: 'string' },
  stack: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

const say = (line: string): void => {
  // Standard output is the report alone, for what reads it.
  if (process.stderr.isTTY) process.stderr.write(`${line}\n`)
}

const findingsOf = async (stack: DeployedStack | undefined): Promise<DescribedFinding[]> => {
  if (stack !== undefined) {
    say(`Asking ${stack.name} in ${stack.region} …\n`)
    return deploymentCheckup(stack)
  }
  say('Asking the configured servers …\n')
  Object.assign(process.env, withDefaults(process.env))
  return (await localCheckup()).map(describeFinding)
}

const run = async (): Promise<void> => {
  const { values } = parseArgs({ options })
  if (values.help) {
    console.log(usage)
    return
  }
  // Lines of the checks are for a function's log.
  process.env.LOG_LEVEL ??= 'SILENT'
  const stack = await deployedStack({ file: values.outputs, stack: values.stack })
  const findings = await findingsOf(stack)
  const failures = countOf(findings, 'failure')
  if (values.json) {
    const warnings = countOf(findings, 'warning')
    const report = { deployment: stack?.name ?? null, failures, warnings, findings }
    console.log(JSON.stringify(report, null, 2))
  } else {
    const { isTTY, columns } = process.stdout
    const hasColours = isTTY === true && !process.env.NO_COLOR
    console.log(reportOf(findings, { width: Math.min(columns ?? 100, 120), colours: hasColours }))
  }
  process.exitCode = failures > 0 ? 1 : 0
}

try {
  await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  console.error(`\n${usage}`)
  process.exitCode = 2
}
