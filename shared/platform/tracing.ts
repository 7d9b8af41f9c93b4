import { environmentNames } from './environment-names.ts'
import type { OpenSpan, Recorder, SpanFacts, SpanKind } from './spans.ts'

/** How Lambda names the trace of an invocation, and what it decided about it. */
const lambdaTrace = '_X_AMZN_TRACE_ID'
/** Where Lambda's X-Ray daemon listens. */
const daemonAddress = 'AWS_XRAY_DAEMON_ADDRESS'

const untraced: OpenSpan = { rename() {}, note() {}, fail() {}, end() {} }

/** `TRACE_PERCENT`: of the traces that Lambda samples, how many get our spans; all when not set. */
const percent = (): number => {
  const set = process.env[environmentNames.tracePercent]
  const value = set ? Number(set) : 100
  return Number.isFinite(value) ? value : 100
}

/** A sampled header of X-Ray: `Root=1-<8 digits>-<24 digits>;Parent=<16 digits>;Sampled=1`, in any order. */
const rootForm = /(?:^|;)Root=1-[0-9a-f]{8}-[0-9a-f]{16}([0-9a-f]{8})(?:;|$)/
const parentForm = /(?:^|;)Parent=[0-9a-f]{16}(?:;|$)/
const sampledForm = /(?:^|;)Sampled=1(?:;|$)/

/** Decided by the trace's id, so that every function on a trace's way decides alike. */
const isSampled = (header: string): boolean => {
  const [, random] = rootForm.exec(header) ?? []
  if (random === undefined || !parentForm.test(header) || !sampledForm.test(header)) return false
  return (Number.parseInt(random, 16) / 2 ** 32) * 100 < percent()
}

let recorder: Recorder | undefined
let loading: Promise<Recorder | undefined> | undefined

/** What records spans is loaded by the first sampled invocation, and costs no other one anything. */
const loadRecorder = (): Promise<Recorder | undefined> => {
  loading ??= import('./trace-recorder.ts')
    .then(({ openRecorder }) => openRecorder(process.env[daemonAddress]))
    .catch(() => undefined)
  return loading
}

const inSpan = async <T>(span: OpenSpan, work: (span: OpenSpan) => Promise<T>): Promise<T> => {
  try {
    return await work(span)
  } catch (error) {
    span.fail(error)
    throw error
  } finally {
    span.end()
  }
}

/** A part of the work in progress as a span of its own, where that is traced; otherwise simply the work. */
export const traced = <T>(
  name: string,
  facts: SpanFacts,
  work: (span: OpenSpan) => Promise<T>,
  kind: SpanKind = 'part',
): Promise<T> => {
  // An instance that recorded an earlier invocation may be at one that is not sampled.
  if (!recorder?.isRecording()) return work(untraced)
  const { span, within } = recorder.open(name, { kind, facts })
  return within(() => inSpan(span, work))
}

/** The same for a call of another service. */
export const tracedCall = <T>(
  name: string,
  facts: SpanFacts,
  work: (span: OpenSpan) => Promise<T>,
): Promise<T> => traced(name, facts, work, 'call')

/** A span of a call that is read piece by piece; its reader ends it. */
export const openCall = (name: string, facts: SpanFacts): OpenSpan =>
  recorder?.isRecording() ? recorder.open(name, { kind: 'call', facts }).span : untraced

/**
 * An invocation's work as a span of its trace: of the one that the message came with, or else of the one
 * that Lambda gave it. Not sampled, it is simply the work; no failure of tracing reaches it.
 * @param upstream the trace header of a message
 */
export const tracedInvocation = async <T>(
  name: string,
  upstream: string | undefined,
  work: (span: OpenSpan) => Promise<T>,
): Promise<T> => {
  const header = upstream ?? process.env[lambdaTrace]
  if (header === undefined || !isSampled(header)) return work(untraced)
  recorder = await loadRecorder()
  if (!recorder) return work(untraced)
  // Of another service's trace it is a segment; of Lambda's own segment a part.
  const kind = upstream === undefined ? 'part' : 'message'
  const { span, within } = recorder.open(name, { kind, upstream: header })
  try {
    return await within(() => inSpan(span, work))
  } finally {
    await recorder.flush()
  }
}

/** What hands the trace of the work in progress on: X-Ray's header; undefined when it is not recorded. */
export const currentTraceHeader = (): string | undefined => recorder?.header()
