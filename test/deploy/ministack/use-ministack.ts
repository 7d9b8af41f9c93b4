import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { createStudio } from '../../../shared/client/index.ts'
import { rehearse } from '../../rehearsal/model.ts'
import { type ModelServer, startModelServer } from '../../support/model-server/model-server.ts'
import type { OnMinistack } from '../deployed.ts'
import type { Part, Target } from '../target.ts'
import { adaptFunctions } from './adapt.ts'
import { createAwsApi } from './aws-api.ts'
import { type DifferenceName, type Finding, findDifferences } from './differences.ts'
import { startFrontDoor } from './front-door.ts'
import { allowExtra, type ExtraGrants, extraGrants } from './grants.ts'
import { marksOf } from './process.ts'

/** The difference for which a part of the suite is left out. */
const leftOut: Partial<Record<Part, DifferenceName>> = {
  streaming: 'streamifyResponse',
}

interface Around {
  origin: string
  model: ModelServer
  findings: Finding[]
  stop(): Promise<void>
}

/** Looks for the differences, and gives the deployment what it needs because of them. */
const surround = async (deployed: OnMinistack): Promise<Around> => {
  const aws = createAwsApi(deployed.endpoint)
  const written = await Promise.all([
    readFile(deployed.log, 'utf8'),
    readFile(marksOf(deployed.log), 'utf8').catch(() => ''),
  ])
  const lines = written.join('\n').split('\n')
  const findings = await findDifferences({ aws, deployed, lines })
  await writeFile(deployed.findings, JSON.stringify(findings))
  const isThere = (name: DifferenceName): boolean =>
    findings.find((finding) => finding.name === name)?.isThere !== false
  const model = await startModelServer()
  const door = await startFrontDoor(deployed, !isThere('distribution and API'))
  await adaptFunctions(aws, deployed, model.url)
  for (const grants of Object.keys(extraGrants) as ExtraGrants[]) {
    if (isThere(grants)) await allowExtra(aws, grants)
  }
  return {
    origin: door.origin,
    model,
    findings,
    async stop() {
      await Promise.all([model, door].map((server) => server.stop()))
    },
  }
}

/** The emulator that `npm run test:deploy` has deployed to, with the rehearsal as its model. */
export const useMinistack = (deployed: OnMinistack): Target => {
  let around: Around
  beforeAll(async () => {
    around = await surround(deployed)
  })
  afterAll(() => around.stop())
  beforeEach(async () => {
    around.model.reset()
    return rehearse(around.model, 'fast')
  })
  return {
    name: 'ministack',
    origin: () => around.origin,
    caller: () => createStudio({ origin: around.origin }),
    model: () => around.model,
    without(part) {
      const name = leftOut[part]
      const finding = around.findings.find((each) => each.name === name)
      return finding && finding.isThere !== false ? `see “${finding.name}”` : undefined
    },
  }
}
