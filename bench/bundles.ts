import { join } from 'node:path'
import type { Bundle } from '../lib/bundle.ts'
import { functionEntries } from '../lib/bundle.ts'
import { below, type Row, rowOf } from './statistics.ts'

/** Whether a bundle holds the model's client. */
const callsModel = (inputs: Record<string, { bytesInOutput: number }>): boolean =>
  Object.entries(inputs).some(
    ([path, { bytesInOutput }]) => path.includes('node_modules/openai/') && bytesInOutput > 0,
  )

/** The minified bundles, each against its own limit; a row for the largest of each kind. */
export const measureBundles = ({ metafile }: Bundle): Row[] => {
  const outputs = Object.entries(metafile.outputs)
  const sizes = Object.keys(functionEntries).map((name) => {
    const found = outputs.find(([path]) => path.endsWith(join(name, 'index.mjs')))?.[1]
    if (!found) throw new Error(`There is no bundle of ${name}.`)
    return { name, kilobytes: found.bytes / 1000, model: callsModel(found.inputs) }
  })
  const row = (what: string, model: boolean, limit: number): Row => {
    const ofKind = sizes
      .filter((each) => each.model === model)
      .toSorted((a, b) => b.kilobytes - a.kilobytes)
    const largest = ofKind[0]?.kilobytes ?? 0
    const limited = below(limit, 'KB')
    return {
      ...rowOf(
        `${what}, largest: ${ofKind[0]?.name}`,
        ofKind.map(({ kilobytes }) => kilobytes),
        'KB',
        limited,
      ),
      p95: `${largest.toFixed(0)} KB`,
      passed: limited.holds(largest),
    }
  }
  return [
    row('bundle that calls the model', true, 1000),
    row('bundle that calls no model', false, 600),
  ]
}
