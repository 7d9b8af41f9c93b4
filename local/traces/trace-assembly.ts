import type { SegmentDocument } from '../../shared/platform/segment-document.ts'

/** All documents of one trace, in no order. */
export type Trace = readonly SegmentDocument[]

interface Assembled {
  /** By id. */
  documents: Map<string, SegmentDocument>
  /** Ids of segments of the engine's own that have not ended. */
  open: Set<string>
  /** Whether a function recorded anything: what has only the engine's own segments is of no interest. */
  isProduct: boolean
  /** Documents that it had when it was told. */
  told: number
  timer: NodeJS.Timeout | undefined
}

/** Milliseconds without a document after which a trace is looked at. */
const settleMs = 100
/** And after which one that lacks a document is told as it is: a datagram may be lost. */
const lostMs = 15_000
/** Traces that are kept, for documents that come late. */
const maxTraces = 200

/**
 * Puts together the documents of each trace. It is complete when nothing that the engine records is open and
 * every document's parent is there: a part is sent at its end, which is before that of what it is part of.
 */
export class TraceAssembly {
  readonly #traces = new Map<string, Assembled>()
  readonly #onTrace: (trace: Trace) => void

  constructor(onTrace: (trace: Trace) => void) {
    this.#onTrace = onTrace
  }

  begin({ trace_id, id }: SegmentDocument): void {
    this.#of(trace_id).open.add(id)
  }

  end(segment: SegmentDocument): void {
    const trace = this.#of(segment.trace_id)
    trace.open.delete(segment.id)
    trace.documents.set(segment.id, segment)
    this.#lookLater(trace, settleMs)
  }

  add(document: SegmentDocument): void {
    const trace = this.#of(document.trace_id)
    trace.isProduct = true
    trace.documents.set(document.id, document)
    this.#lookLater(trace, settleMs)
  }

  /** Tells what is left, as it is. */
  close(): void {
    for (const trace of this.#traces.values()) {
      clearTimeout(trace.timer)
      this.#tell(trace)
    }
    this.#traces.clear()
  }

  #of(traceId: string): Assembled {
    const known = this.#traces.get(traceId)
    if (known) return known
    const [oldest] = this.#traces.keys()
    if (this.#traces.size >= maxTraces && oldest !== undefined) this.#traces.delete(oldest)
    const made: Assembled = {
      documents: new Map(),
      open: new Set(),
      isProduct: false,
      told: 0,
      timer: undefined,
    }
    this.#traces.set(traceId, made)
    return made
  }

  #lookLater(trace: Assembled, wait: number): void {
    clearTimeout(trace.timer)
    trace.timer = setTimeout(() => {
      if (trace.open.size > 0) return
      if (isConnected(trace.documents) || wait === lostMs) this.#tell(trace)
      else this.#lookLater(trace, lostMs)
    }, wait).unref()
  }

  #tell(trace: Assembled): void {
    if (!trace.isProduct || trace.documents.size === trace.told) return
    trace.told = trace.documents.size
    this.#onTrace([...trace.documents.values()])
  }
}

const isConnected = (documents: Assembled['documents']): boolean =>
  [...documents.values()].every(
    ({ parent_id }) => parent_id === undefined || documents.has(parent_id),
  )
