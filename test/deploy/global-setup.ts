import type { TestProject } from 'vitest/node'
import { publishSlowness } from '../support/limits/machine-speed.ts'
import { Deployed, deployedName } from './deployed.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** What `npm run test:deploy` deployed, or was given; nothing in an ordinary run of the tests. */
    deployed?: Deployed
  }
}

export default (project: TestProject): void => {
  publishSlowness()
  project.provide('deployed', Deployed.parse(JSON.parse(process.env[deployedName] ?? 'null')))
}
