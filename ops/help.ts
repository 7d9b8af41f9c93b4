import type { Command } from './command.ts'
import { commands } from './commands.ts'

const whichStudio = `Which studio:
  (none)             the one that npm start runs on this machine, in LAUNCH_STUDIO_DATA or .launch-studio
  --data DIR         the one that runs on this data folder
  --outputs FILE     a deployment, by the file that cdk deploy --outputs-file wrote; --stack picks one of several
  --stack NAME       a deployment, by its stack in the account and region of the usual AWS settings
`

const exitCodes = `Exit codes: 0; 1 when something was found that wants an operator, or failed; 2 for wrong usage.
`

export const generalHelp = (): string => {
  const usages = Object.entries(commands).map(
    ([name, { takes, summary }]) => [`${name} ${takes}`, summary] as const,
  )
  const width = Math.max(...usages.map(([usage]) => usage.length))
  const lines = usages.map(([usage, summary]) => `  ${usage.padEnd(width)}  ${summary}`)
  return `npm run ops -- COMMAND [options]

${lines.join('\n')}

  COMMAND --help     what a command does, with examples
  --json             the answer as JSON

${whichStudio}
${exitCodes}`
}

export const helpOf = (name: string, { takes, summary, help }: Command): string =>
  `npm run ops -- ${name} ${takes}\n\n${summary}\n\n${help}\n\n${whichStudio}\n${exitCodes}`
