import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { parseTemplate } from '../../local/engine.ts'
import { metricNamespace } from '../../shared/rules/metrics.ts'
import { widgetsOf } from '../support/dashboard/dashboard-body.ts'
import { dashboardPage } from '../support/dashboard/draw.ts'
import { liveALittle, withPrices } from '../support/dashboard/local-run.ts'
import { RecordedMetrics, seriesOf } from '../support/dashboard/recorded-metrics.ts'
import { startStudioOn } from '../support/studio/studio.ts'

/** What a local studio shows nothing of: AWS measures it, or nothing of the kind happens in this run. */
const withoutData = [
  'Runs done',
  'Stuck runs, and repairs by the sweeper',
  'Messages that wait, also dead letters',
  'Refused: limits and caps',
  'Errors and throttles of all functions',
  'Concurrent executions, against the quota',
  'The table’s units',
]

test('every widget shows something after a local run, but for those that are named', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'launch-studio-dashboard-'))
  try {
    const { template, outdir } = inject('synthesis')
    const studio = await startStudioOn({ template, outdir }, withPrices, directory)
    await liveALittle(studio, 2).finally(() => studio.stop())
    const metrics = await RecordedMetrics.read(join(directory, 'functions.log'))
    const widgets = widgetsOf(parseTemplate(template))
    const silent = widgets.flatMap((widget) =>
      widget.type === 'metric' &&
      seriesOf(widget, metrics, 1).every(({ points }) => points[0] === undefined)
        ? [widget.properties.title]
        : [],
    )
    // A sweep may or may not have come meanwhile: it alone measures stuck runs.
    expect(withoutData).toEqual(expect.arrayContaining(silent))
    const ofAws = widgets.flatMap((widget) =>
      widget.type === 'metric' &&
      widget.properties.metrics.every(
        ([name]) => typeof name !== 'string' || name !== metricNamespace,
      )
        ? [widget.properties.title]
        : [],
    )
    expect(withoutData).toEqual(expect.arrayContaining(ofAws))
    const { html } = dashboardPage(widgets, metrics)
    expect(html).not.toMatch(/NaN|undefined|Infinity/)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
})
