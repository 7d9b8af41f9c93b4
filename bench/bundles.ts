import { type Bundle, type FunctionName, functionEntries, loadedBy } from '../lib/bundle.ts'
import { below, headline, largestRowOf, type Row } from './statistics.ts'

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
    return largestRowOf(
      `${what}, largest: ${ofKind[0]?.name}`,
      ofKind.map(({ kilobytes }) => kilobytes),
      'KB',
      below(limit, 'KB'),
    )
  }
  return [
    headline(
      'loaded at the start, at most, by a function that calls the model',
      row('bundle that calls the model', true, 700),
    ),
    headline('by one that does not', row('bundle that calls no model', false, 350)),
  ]
}
