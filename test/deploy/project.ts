import { dirname, join } from 'node:path'

/** The project's folder. */
export const root = join(import.meta.dirname, '..', '..')

/** Entry files of the tools, which run on the project's own Node. */
export const tools = {
  cdk: join(root, 'node_modules', 'aws-cdk', 'bin', 'cdk'),
  vitest: join(root, 'node_modules', 'vitest', 'vitest.mjs'),
} as const

/** What tools need of the caller's environment, and nothing that could lead to an account of AWS. */
export const bareEnvironment = (): Record<string, string | undefined> => ({
  // The CDK starts the app with the first Node of the path.
  PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}`,
  HOME: process.env.HOME,
  TMPDIR: process.env.TMPDIR,
  CI: process.env.CI,
})
