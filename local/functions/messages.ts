/** What goes between the engine and the thread of one function instance. */

export interface RuntimeSettings {
  /** Folder of the function's deployment package. */
  codeDirectory: string
  /** `file.export`, as the template names it. */
  handler: string
  /** URLs of modules that are imported before it. */
  preload: readonly string[]
  /** Where the engine itself provides services; none of it goes over the network. */
  controlOrigin: string
}

/** A request of a service that the engine itself provides. */
export interface ControlCall {
  method: string
  /** With the query. */
  path: string
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>
  body: string
}

export interface ControlAnswer {
  status: number
  headers: Readonly<Record<string, string>>
  body: string
}

export interface Invocation {
  type: 'invoke'
  /** The event as JSON text, as Lambda hands it over. */
  event: string
  requestId: string
  /** Milliseconds since the epoch. */
  deadline: number
  functionName: string
  functionArn: string
  memoryMegabytes: number
  /** X-Ray's header, where the engine collects traces. */
  trace: string | undefined
}

/** The engine took a chunk of an invocation's response, and the next may come. */
export interface ChunkTaken {
  type: 'taken'
  requestId: string
}

/** Answers are packed, as the calls that they are for. */
export type ToRuntime = Invocation | ChunkTaken | { type: 'answers'; answers: string }

/** An error as Lambda reports it to a caller. */
export interface ErrorReport {
  errorType: string
  errorMessage: string
  trace: string[]
}

/** Status and headers of a streamed response. */
export interface StreamHead {
  statusCode?: number
  headers?: Record<string, string>
  cookies?: string[]
}

/** What comes of one invocation. */
export type OfInvocation = { requestId: string } & (
  | { type: 'result'; payload: string }
  | { type: 'failure'; error: ErrorReport }
  | { type: 'head'; head: StreamHead }
  | { type: 'chunk'; chunk: Uint8Array }
  | { type: 'end' }
)

export type FromRuntime =
  | { type: 'ready' }
  | { type: 'unready'; error: ErrorReport }
  | { type: 'calls'; calls: string }
  | OfInvocation
