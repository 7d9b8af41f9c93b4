import { expect, inject, test } from 'vitest'
import { assetDirectories, parseTemplate } from '../../local/engine.ts'
import { limit } from '../support/limits/machine-speed.ts'
import { isFullLength } from '../support/limits/run-length.ts'
import { complaintsOf } from './complaints.ts'
import { drills } from './drills.ts'
import { describeDrill } from './print.ts'
import { runDrills } from './run-drills.ts'

/** What a short run makes do with: metrics of the product, and what stands for AWS's own. */
const short = new Set(['failing-model', 'unhandled-dead-letters'])
const wanted = drills.filter(({ name }) => isFullLength || short.has(name))

test('every drill sets its alarms off and back, and the runbook’s first look shows why', {
  timeout: limit(wanted.length * 60_000),
}, async () => {
  const { template, outdir } = inject('synthesis')
  const found: Record<string, string[]> = {}
  const synthesis = {
    template: parseTemplate(template),
    codeDirectory: assetDirectories(outdir),
  }
  await runDrills(synthesis, wanted, (result) => {
    const wrong = complaintsOf(result)
    if (wrong.length > 0) found[result.drill.name] = [...wrong, describeDrill(result)]
  })
  expect(found).toEqual({})
})
