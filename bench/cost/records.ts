/** What the recording hook reports of one call that a function made, or of one invocation of it. */

/** What a table request names; see `purposes`. */
export interface TableRequest {
  operation: string
  /** Primary keys that it touches; of a query its partition, with the beginning of its range. */
  keys: { pk: string; sk: string }[]
  /** Of a query on an index. */
  index: string | undefined
  writeUnits: number
  readUnits: number
  /** Write units by partition key of the table; those of a transaction in equal parts by item size. */
  heat: { pk: string; sk: string; units: number }[]
  /** Bytes of the items that it put, as the table stores them. */
  storedBytes: number
  /** A condition failed, or a transaction was cancelled: it is billed all the same. */
  refused: boolean
}

interface Made {
  /** Milliseconds since the epoch, at its end. */
  at: number
  /** The function's name, without stack and stage. */
  by: string
}

export type CallRecord = Made & { kind: 'call'; sentBytes: number; receivedBytes: number } & (
    | { service: 'dynamodb'; request: TableRequest }
    | { service: 's3'; method: string }
    | { service: 'sqs' | 'states' | 'events'; operation: string }
    | { service: 'connections'; method: string }
    | { service: 'model'; model: string; asker: string; inputText: string; outputText: string }
    | { service: 'images'; model: string; size: string; withReference: boolean }
    | { service: 'speech'; characters: number }
    | { service: 'transcription'; seconds: number }
    | { service: 'moderation' | 'other' }
  )

/** What invoked a function. */
export type Trigger = 'http' | 'connect' | 'message' | 'disconnect' | 'queue' | 'event' | 'other'

export interface InvocationRecord extends Made {
  kind: 'invocation'
  trigger: Trigger
  /** The route key of HTTP and sockets. */
  route: string
  milliseconds: number
  memoryMegabytes: number
  requestBytes: number
  responseBytes: number
}

export type CostRecord = CallRecord | InvocationRecord

/** The channel within the engine's process on which all threads report. */
export const recordsChannel = 'launch-studio-cost'
