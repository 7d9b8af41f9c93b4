import { join } from 'node:path'
import { measureAnswerReading } from './answer-reading.ts'
import type { BenchContext } from './bench-context.ts'
import { measureBundles } from './bundles.ts'
import { measureCaptions } from './captions.ts'
import { measureCoalescing } from './coalescing.ts'
import { measureColdStarts } from './cold.ts'
import { measureEngine } from './engine.ts'
import { measureExport } from './export.ts'
import { measureFilms } from './films.ts'
import { measureFirstText, measureInstantTurns } from './first-text.ts'
import { measureGoodput } from './goodput.ts'
import { measureLogReading } from './log-reading.ts'
import { measurePage } from './page.ts'
import { measurePosters } from './posters.ts'
import { measureResearch, startResearchWeb } from './research.ts'
import { shorter } from './rounds.ts'
import { measureStages } from './stages.ts'
import { below, headline, type Row, rowOf } from './statistics.ts'
import { measureTableCost } from './table-cost.ts'
import { startTableMeter } from './table-meter.ts'

export type Part = (at: BenchContext) => Promise<Row[]> | Row[]

const measureTable: Part = async ({ withEngine }) => {
  const meter = await startTableMeter()
  try {
    return await withEngine(
      { AWS_ENDPOINT_URL_DYNAMODB: meter.origin },
      async ({ engine, model }) => {
        meter.connect(engine.dynamodb)
        return measureTableCost(engine.origin, model, meter)
      },
    )
  } finally {
    await meter.close()
  }
}

const measureResearchAt: Part = async ({ withEngine }) => {
  const web = await startResearchWeb()
  try {
    return await withEngine(web.environment, ({ engine, model }) =>
      measureResearch(engine.origin, model, web, 4),
    )
  } finally {
    await web.close()
  }
}

const measureConsole: Part = async ({ running, synthesis }) => {
  const { engine, model } = await running()
  return measurePage(engine.origin, model, synthesis.console.directory)
}

const measureReadiness: Part = async ({ running, readyAfter }) => {
  await running()
  return [
    headline(
      'engine ready after synthesis',
      rowOf('engine ready after synthesis', readyAfter, 's', below(15, 's')),
    ),
  ]
}

/** The agents in this process would write their metrics between the lines of the report. */
const withoutMetrics =
  (measure: Part): Part =>
  async (at) => {
    process.env.METRICS_DISABLED = 'true'
    try {
      return await measure(at)
    } finally {
      delete process.env.METRICS_DISABLED
    }
  }

/** In the order in which they are measured. A part that needs an engine of its own stops the shared one. */
export const parts: Readonly<Record<string, Part>> = {
  bundles: ({ synthesis }) => measureBundles(synthesis.bundle),
  cold: ({ synthesis, folder }) => measureColdStarts(synthesis, join(folder, 'cold')),
  answers: withoutMetrics(measureAnswerReading),
  posters: measurePosters,
  export: measureExport,
  captions: measureCaptions,
  engine: async ({ folder, stopRunning }) => {
    await stopRunning()
    return measureEngine(folder)
  },
  'first-text': async ({ running, plan }) => measureFirstText(await running(), plan),
  turns: async ({ running, plan }) => measureInstantTurns(await running(), plan),
  coalescing: async ({ running, plan }) => measureCoalescing(await running(), shorter(plan, 5)),
  stages: async ({ running, plan }) => measureStages(await running(), shorter(plan, 8)),
  goodput: async ({ running, plan }) => measureGoodput(await running(), shorter(plan, 25)),
  log: async ({ running }) => measureLogReading((await running()).engine),
  page: measureConsole,
  table: measureTable,
  research: measureResearchAt,
  films: measureFilms,
  ready: measureReadiness,
}
