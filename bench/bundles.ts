import {
  type Bundle,
  type FunctionName,
  functionEntries,
  loadedBy,
  startLimits,
} from '../lib/bundle.ts'
import { below, type Row, rowOf } from './statistics.ts'

/** Whether a function loads the model's client, which it does at the first call. */
const callsModel = (sources: readonly string[]): boolean =>
  sources.some((path) => path.includes('node_modules/openai/'))

/** The code that each function loads at its start, minified, against its limit; a row for each kind. */
export const measureBundles = (bundle: Bundle): Row[] => {
  const sizes = (Object.keys(functionEntries) as FunctionName[]).map((name) => {
    const { atStart, inAll } = loadedBy(bundle, name)
    return { name, kilobytes: atStart.bytes / 1000, model: callsModel(inAll.sources) }
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
    row('bundle that calls the model', true, startLimits.model / 1000),
    row('bundle that calls no model', false, startLimits.noModel / 1000),
  ]
}
