/**
 * `npm run lint:template`: the template of several deployments before cfn-lint, which knows the schemas of
 * CloudFormation's resources in every region. Prints what it finds and exits with 1. Installs cfn-lint from PyPI into
 * the project's git-ignored data folder, once; needs Python 3.10 or later with pip.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { regionsWithout } from '../../lib/regions.ts'
import { synthesizeTemplate } from './synthesize-template.ts'

const version = '1.58.0'

/** Rules that are wrong here, by their ids. */
const ignored = {
  // The CDK lets a function wait for its role together with the policies on it. CloudFormation would wait for the
  // role anyhow, but not for the policies, without which the function's first calls are refused.
  W3005: 'DependsOn names what a GetAtt names already',
  // Compared with the table of `lib/regions.ts` instead.
  E3006: 'a type is not in every region',
}

const variants = {
  dev: { environment: {} },
  prod: { stage: 'prod', environment: { ALLOWED_ORIGINS: 'https://studio.example' } },
  issuer: {
    environment: { OIDC_ISSUER: 'https://login.team.example', OIDC_AUDIENCE: 'studio' },
  },
  servers: {
    environment: {
      STT_PROVIDER: 'openai',
      TTS_PROVIDER: 'openai',
      VIDEO_PROVIDER: 'bedrock',
      CONTENT_CREDENTIALS: 'on',
      LAMBDA_CONCURRENCY: '1000',
    },
  },
} satisfies Record<string, Parameters<typeof synthesizeTemplate>[0]>

const installed = (): string => {
  const parent = join(import.meta.dirname, '..', '..', '.launch-studio', 'cfn-lint')
  const folder = join(parent, version)
  if (existsSync(folder)) return folder
  const unfinished = join(parent, `unfinished-${process.pid}`)
  mkdirSync(unfinished, { recursive: true })
  try {
    const options = [
      '--quiet',
      '--root-user-action=ignore',
      '--only-binary=:all:',
      '--target',
      unfinished,
    ]
    execFileSync('python3', ['-m', 'pip', 'install', ...options, `cfn-lint==${version}`], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    renameSync(unfinished, folder)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
  return folder
}

const findingsSchema = z.array(
  z.looseObject({
    Filename: z.string(),
    Level: z.string(),
    Message: z.string(),
    Rule: z.looseObject({ Id: z.string() }),
    Location: z.looseObject({
      Path: z.array(z.union([z.string(), z.number()])).nullish(),
      Start: z.looseObject({ LineNumber: z.number() }),
    }),
  }),
)
type Finding = z.infer<typeof findingsSchema>[number]

/** What cfn-lint finds; it says so in its exit code, too, whose other values are failures of its own. */
const lint = (
  packages: string,
  files: readonly string[],
  options: readonly string[],
): Finding[] => {
  const { stdout, stderr, error } = spawnSync(
    'python3',
    [join(packages, 'bin', 'cfn-lint'), '--format', 'json', ...options, '--', ...files],
    {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      env: { PATH: process.env.PATH, PYTHONPATH: packages },
    },
  )
  if (error) throw error
  try {
    return findingsSchema.parse(JSON.parse(stdout))
  } catch (cause) {
    throw new Error(`cfn-lint did not answer:\n${stderr}${stdout}`, { cause })
  }
}

const lineOf = ({ Filename, Level, Message, Rule, Location }: Finding): string =>
  `${Filename}:${Location.Start.LineNumber} ${Level} ${Rule.Id} at ${(Location.Path ?? []).join('/')}: ${Message}`

/** `<type> in <region>` for each type that a region lacks. */
const missingTypes = (findings: readonly Finding[]): string[] => {
  const missing = findings.flatMap(({ Rule, Message }) => {
    const [, type, region] = /'(\S+)' does not exist in '(\S+)'/.exec(Message) ?? []
    return Rule.Id === 'E3006' ? [`${type} in ${region}`] : []
  })
  return [...new Set(missing)].sort()
}

const difference = (found: readonly string[], written: readonly string[]): string[] => [
  ...found
    .filter((each) => !written.includes(each))
    .map((each) => `lib/regions.ts does not name what cfn-lint does: no ${each}`),
  ...written
    .filter((each) => !found.includes(each))
    .map((each) => `lib/regions.ts names what cfn-lint does not: no ${each}`),
]

const folder = mkdtempSync(join(tmpdir(), 'launch-studio-lint-'))
try {
  const files: string[] = []
  for (const [name, options] of Object.entries(variants)) {
    const file = join(folder, `${name}.template.json`)
    const template = await synthesizeTemplate({ ...options, checks: false })
    writeFileSync(file, JSON.stringify(template, null, 1))
    files.push(file)
  }
  const packages = installed()
  const findings = lint(packages, files, ['--ignore-checks', ...Object.keys(ignored)])
  const inRegions = lint(packages, files.slice(0, 1), ['--regions', 'ALL_REGIONS'])
  const written = Object.entries(regionsWithout)
    .flatMap(([type, regions]) => regions.map((region) => `${type} in ${region}`))
    .sort()
  const lines = [
    ...findings.map((finding) => lineOf(finding).replace(`${folder}/`, '')),
    ...difference(missingTypes(inRegions), written),
  ]
  if (lines.length > 0) {
    process.stderr.write(`${lines.join('\n')}\n`)
    process.exitCode = 1
  } else {
    process.stdout.write(
      `cfn-lint ${version} has nothing to say about ${files.length} templates.\n`,
    )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
