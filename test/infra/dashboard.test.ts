import { expect, test } from 'vitest'
import {
  type MetricDefinition,
  type MetricName,
  metricNamespace,
  metrics,
} from '../../shared/rules/metrics.ts'
import { type Row, rowsOf, widgetsOf } from '../support/dashboard/dashboard-body.ts'
import { bandColour } from '../support/dashboard/draw.ts'
import { evaluate } from '../support/metric-math/evaluate.ts'
import { template } from './synthesized.ts'

const widgets = widgetsOf(template)
const metricWidgets = widgets.filter((widget) => widget.type === 'metric')
const rows = metricWidgets.flatMap(rowsOf)

const ofProduct = (row: Row): boolean => row.namespace === metricNamespace

test('every metric of the product on the dashboard is one that is measured, with these dimensions', () => {
  const used = rows.filter(ofProduct)
  expect(used.length).toBeGreaterThan(40)
  for (const { name, dimensions } of used) {
    const definition: MetricDefinition | undefined = metrics[name as MetricName]
    expect(definition, name).toBeDefined()
    const { deployment, ...own } = dimensions
    expect(deployment).toBe('dev')
    const keys = Object.keys(own).sort()
    expect(
      definition?.sets.map((set) => [...set].sort()),
      name,
    ).toContainEqual(keys)
    for (const [dimension, value] of Object.entries(own)) {
      const values = definition?.values?.[dimension]
      if (values) expect(values, `${name} ${dimension}`).toContain(value)
    }
  }
})

/** What the dashboard leaves out, and what tells of it instead. */
const elsewhere: Partial<Record<MetricName, string>> = {
  ResearchEnd: 'the alarms on research; its stage is in StageEnd',
  VoiceTurn: 'the alarm on voice turns; its turn is in TurnEnd',
  TranscriptionLatency: 'lines of kind event, once VoiceTurn says that transcriptions fail',
  SpeechLatency: 'lines of HttpSpeech; a turn whose voice fails is answered in writing',
  DroppedEvidence: 'a measure of quality, looked at when prompts change',
  AssetLatency: 'lines of the media worker, once AssetEnd says that assets fail',
  PurchaseEnd: 'the description of the alarm on assets names it; its price is in SpendUsd',
  CopyRejected: 'the alarm on rejected copy',
}

test('no metric is forgotten: each is on the dashboard, or is named with what tells of it instead', () => {
  const shown = new Set(rows.filter(ofProduct).map(({ name }) => name))
  const missing = Object.keys(metrics).filter((name) => !shown.has(name))
  expect(missing.sort()).toEqual(Object.keys(elsewhere).sort())
})

test.each([
  { title: 'Turns answered', red: 79.9, amber: 80, green: 95 },
  { title: 'Stages committed', red: 79.9, amber: 80, green: 95 },
  { title: 'Runs done', red: 69.9, amber: 70, green: 95 },
  { title: 'Assets completed', red: 69.9, amber: 70, green: 90 },
  { title: 'Readers interrupted', red: 50.1, amber: 50, green: 10 },
  { title: 'Until a model is shut down', red: 14, amber: 60, green: 61 },
])('the number of “$title” has the colour of its value', ({ title, ...values }) => {
  const gauge = metricWidgets.find(({ properties }) => properties.title === title)
  expect(gauge?.properties.view).toBe('gauge')
  const named = gauge?.properties.annotations?.horizontal ?? []
  for (const [label, value] of Object.entries(values)) {
    const { color } = named.find((band) => band.label === label) ?? {}
    expect(gauge && bandColour(gauge, value), `${value}`).toBe(color)
  }
})

test('every expression can be computed, and says nothing where nothing happened', () => {
  for (const widget of metricWidgets) {
    const inside = rowsOf(widget)
    for (const { expression } of inside.filter((row) => row.expression !== undefined)) {
      const valueFor = (count: number | undefined) =>
        evaluate(expression ?? '', (id) => {
          expect(inside.map((row) => row.id)).toContain(id)
          return count
        })
      expect(valueFor(4)).toBeGreaterThan(0)
      expect(valueFor(undefined) ?? 0).toBe(0)
    }
  }
})

test('shows the state of every alarm, and places nothing above another thing', () => {
  const declared = Object.entries(template.Resources)
    .filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm')
    .map(([id]) => id)
  const shown = widgets.flatMap((widget) =>
    widget.type === 'alarm' ? widget.properties.alarms : [],
  )
  expect([...shown].sort()).toEqual(declared.sort())
  // A dashboard's alarm widget takes 100.
  expect(shown.length).toBeLessThanOrEqual(100)
  const cells = widgets.flatMap(({ x, y, width, height }) =>
    Array.from(
      { length: width * height },
      (_, at) => `${x + (at % width)} ${y + Math.floor(at / width)}`,
    ),
  )
  expect(new Set(cells).size).toBe(cells.length)
  expect(Math.max(...widgets.map(({ x, width }) => x + width))).toBe(24)
})
