import { type HrTime, SpanKind, SpanStatusCode } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'

/**
 * A segment or subsegment as X-Ray takes it
 * (https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html). Times are seconds.
 */
export interface SegmentDocument {
  name: string
  /** 16 hexadecimal digits. */
  id: string
  /** `1-<8 hexadecimal digits>-<24>`. */
  trace_id: string
  start_time: number
  /** Missing while it is in progress. */
  end_time?: number
  in_progress?: true
  /** Missing of a trace's first segment. */
  parent_id?: string
  type?: 'subsegment'
  /** Of a subsegment that is a call of another service. */
  namespace?: 'remote'
  fault?: true
  annotations?: Record<string, string | number | boolean>
}

/** X-Ray refuses a document with other characters in its name, or with more than 200; `{id}` of a route becomes `:id`. */
export const segmentName = (name: string): string =>
  name
    .replaceAll(/\{(\w+)\}/g, ':$1')
    .replaceAll(/[^\p{L}\p{N}\s_.:/%&#=+\-@]/gu, '')
    .slice(0, 200)

const xrayTraceId = (traceId: string): string => `1-${traceId.slice(0, 8)}-${traceId.slice(8)}`

const seconds = ([whole, nanos]: HrTime): number => whole + nanos / 1e9

const annotationsOf = ({ attributes }: Pick<ReadableSpan, 'attributes'>) =>
  Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [[name.replaceAll(/\W/g, '_'), typeof value === 'string' ? value.slice(0, 200) : value]]
        : [],
    ),
  )

/** A finished span. One that takes up a message is a segment; any other, a part of what it began in. */
export const segmentDocument = (span: ReadableSpan): SegmentDocument => {
  const { traceId, spanId } = span.spanContext()
  const parent = span.parentSpanContext?.spanId
  const isPart = parent !== undefined && span.kind !== SpanKind.CONSUMER
  return {
    name: segmentName(span.name),
    id: spanId,
    trace_id: xrayTraceId(traceId),
    start_time: seconds(span.startTime),
    end_time: seconds(span.endTime),
    ...(parent !== undefined && { parent_id: parent }),
    ...(isPart && { type: 'subsegment' }),
    ...(isPart && span.kind === SpanKind.CLIENT && { namespace: 'remote' }),
    ...(span.status.code === SpanStatusCode.ERROR && { fault: true }),
    annotations: annotationsOf(span),
  }
}
