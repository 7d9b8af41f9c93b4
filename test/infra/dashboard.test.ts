import { expect, test } from 'vitest'
import {
  type MetricDefinition,
  type MetricName,
  metricNamespace,
  metrics,
} from '../../shared/rules/metrics.ts'
import { type Row, rowsOf, widgetsOf } from '../support/dashboard/dashboard-body.ts'
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
