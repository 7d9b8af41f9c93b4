import * as z from 'zod'
import type { Template } from '../../../local/engine.ts'

const annotation = z.object({ value: z.number(), label: z.string() })

const metricWidget = z.object({
  type: z.literal('metric'),
  properties: z.object({
    title: z.string(),
    view: z.enum(['singleValue', 'timeSeries']),
    stacked: z.boolean().default(false),
    metrics: z.array(z.array(z.unknown()).min(1)),
    annotations: z.object({ horizontal: z.array(annotation).default([]) }).optional(),
    yAxis: z.object({ left: z.object({ label: z.string().optional() }) }).optional(),
  }),
})
const place = { x: z.number(), y: z.number(), width: z.number(), height: z.number() }

const widgetSchema = z.discriminatedUnion('type', [
  metricWidget.extend(place),
  z.object({
    ...place,
    type: z.literal('text'),
    properties: z.object({ markdown: z.string() }),
  }),
  z.object({
    ...place,
    type: z.literal('alarm'),
    properties: z.object({ title: z.string(), alarms: z.array(z.string()) }),
  }),
])
export type Widget = z.infer<typeof widgetSchema>
export type MetricWidget = Extract<Widget, { type: 'metric' }>

/** A string of the template, with logical ids for what it refers to. */
const joined = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return ''
  const { Ref, ...intrinsics } = value as Record<string, unknown>
  if (typeof Ref === 'string') return Ref
  const join = intrinsics['Fn::Join']
  if (Array.isArray(join)) return (join[1] as unknown[]).map(joined).join(String(join[0]))
  const attribute = intrinsics['Fn::GetAtt']
  return Array.isArray(attribute) ? String(attribute[0]) : ''
}

/** The widgets of the dashboard that a template declares. */
export const widgetsOf = (template: Pick<Template, 'Resources'>): Widget[] => {
  const found = Object.values(template.Resources).find(
    ({ Type }) => Type === 'AWS::CloudWatch::Dashboard',
  )
  const body: unknown = JSON.parse(joined(found?.Properties?.DashboardBody))
  return z.object({ widgets: z.array(widgetSchema) }).parse(body).widgets
}

const rowOptions = z.object({
  id: z.string().optional(),
  label: z.string().optional(),
  expression: z.string().optional(),
  stat: z.string().default('Sum'),
  visible: z.boolean().default(true),
})

/** One entry of a widget's `metrics`: a metric, or an expression of others. */
export interface Row extends z.infer<typeof rowOptions> {
  namespace: string
  name: string
  dimensions: Record<string, string>
}

export const rowsOf = ({ properties }: MetricWidget): Row[] =>
  properties.metrics.map((entry) => {
    const last = entry.at(-1)
    const options = rowOptions.parse(typeof last === 'object' ? last : {})
    const [namespace = '', name = '', ...pairs] = entry.filter((part) => typeof part === 'string')
    const dimensions: Record<string, string> = {}
    for (let at = 0; at + 1 < pairs.length; at += 2) {
      dimensions[pairs[at] as string] = pairs[at + 1] as string
    }
    return { ...options, namespace, name, dimensions }
  })
