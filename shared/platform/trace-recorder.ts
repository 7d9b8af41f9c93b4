import {
  context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { AWSXRAY_TRACE_ID_HEADER, AWSXRayPropagator } from '@opentelemetry/propagator-aws-xray'
import { BasicTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-base'
import { segmentDocument } from './segment-document.ts'
import { createSegmentSender } from './segment-sender.ts'
import type { OpenSpan, Recorder } from './spans.ts'

const kinds = {
  part: SpanKind.INTERNAL,
  call: SpanKind.CLIENT,
  message: SpanKind.CONSUMER,
} as const

const propagator = new AWSXRayPropagator()

const upstreamOf = (header: string) =>
  propagator.extract(ROOT_CONTEXT, { [AWSXRAY_TRACE_ID_HEADER]: header }, defaultTextMapGetter)

const isRecording = (): boolean => trace.getActiveSpan()?.isRecording() ?? false

const openSpan = (span: Span): OpenSpan => ({
  rename(name) {
    span.updateName(name)
  },
  note(facts) {
    span.setAttributes(facts)
  },
  fail(error) {
    span.setStatus({ code: SpanStatusCode.ERROR })
    if (!(error instanceof Error)) return
    // Neither message nor stack: they may quote what people wrote.
    span.setAttribute('error', 'code' in error ? String(error.code).slice(0, 60) : error.name)
  },
  end() {
    if (span.isRecording()) span.end()
  },
})

const processorOf = ({ send, flush }: ReturnType<typeof createSegmentSender>): SpanProcessor => ({
  onStart() {},
  onEnd(span) {
    try {
      send(segmentDocument(span))
    } catch {
      // A span that cannot be sent is lost, and the work that it is about goes on.
    }
  },
  forceFlush: flush,
  shutdown: flush,
})

/**
 * Records spans from now on and sends each at its end to the daemon at `host:port`; undefined when there is
 * none. Once in a process.
 */
export const openRecorder = (address: string | undefined): Recorder | undefined => {
  if (address === undefined) return undefined
  const sender = createSegmentSender(address)
  const provider = new BasicTracerProvider({ spanProcessors: [processorOf(sender)] })
  const tracer = provider.getTracer('launch-studio')
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  return {
    open(name, { kind, facts = {}, upstream }) {
      const parent = upstream === undefined ? context.active() : upstreamOf(upstream)
      const span = tracer.startSpan(name, { kind: kinds[kind], attributes: facts }, parent)
      const inner = trace.setSpan(parent, span)
      return { span: openSpan(span), within: (work) => context.with(inner, work) }
    },
    isRecording,
    header() {
      if (!isRecording()) return undefined
      const carrier: Record<string, string> = {}
      propagator.inject(context.active(), carrier, defaultTextMapSetter)
      return carrier[AWSXRAY_TRACE_ID_HEADER]
    },
    flush: sender.flush,
  }
}
