/** Ids, names of ours and counts: never what people, prompts, models or pages say, and no addresses. */
export type SpanFacts = Record<string, string | number | boolean | undefined>

/** Part of an invocation; a call of another service; or what takes up another service's message. */
export type SpanKind = 'part' | 'call' | 'message'

/** A span in progress; one of work that is not traced does nothing. */
export interface OpenSpan {
  rename(name: string): void
  note(facts: SpanFacts): void
  /** The work failed: by what was thrown, when that is known. */
  fail(error?: unknown): void
  /** May be called again; the first end counts. */
  end(): void
}

export interface SpanOptions {
  kind: SpanKind
  facts?: SpanFacts
  /** The header under which it begins; under the span in progress when not given. */
  upstream?: string
}

export interface Recorder {
  /** `within` runs work whose spans are parts of this one. */
  open(
    name: string,
    options: SpanOptions,
  ): { span: OpenSpan; within: <T>(work: () => Promise<T>) => Promise<T> }
  /** Whether a span is in progress. */
  isRecording(): boolean
  /** X-Ray's header of the span in progress. */
  header(): string | undefined
  /** Resolves when what ended so far is on its way; never rejects, and never waits long. */
  flush(): Promise<void>
}
