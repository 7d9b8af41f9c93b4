import { randomBytes } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import * as z from 'zod'
import type { SegmentDocument } from '../../shared/platform/segment-document.ts'
import { type Trace, TraceAssembly } from './trace-assembly.ts'

/** What Lambda's X-Ray daemon reads before each document. */
const protocolHeader = /^\{[^\n]*\}\n/

const documentSchema = z.object({
  name: z.string(),
  id: z.string(),
  trace_id: z.string(),
  start_time: z.number(),
  end_time: z.number().optional(),
  parent_id: z.string().optional(),
  type: z.literal('subsegment').optional(),
  namespace: z.literal('remote').optional(),
  fault: z.literal(true).optional(),
  annotations: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
})

/** A segment that the engine itself records, as the service does whose part it plays. */
export interface OpenSegment {
  /** What hands its trace on. */
  header: string
  end(failed?: boolean): void
}

/** What the engine does for traces: it stands in for the daemon, and for the services that record by themselves. */
export interface Traces {
  /** `host:port`, as in AWS_XRAY_DAEMON_ADDRESS. */
  address: string
  /** Begins a segment under the one that a header names, or a new trace that is sampled. */
  begin(name: string, header?: string, annotations?: SegmentDocument['annotations']): OpenSegment
  /** Keeps the header that a message was sent with, which the embedded queue would drop. */
  carry(messageId: string, header: string): void
  headerOf(messageId: string): string | undefined
  close(): void
}

const newId = (): string => randomBytes(8).toString('hex')
const newRoot = (): string =>
  `1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`

const readHeader = (header: string | undefined) => {
  const parts = Object.fromEntries((header ?? '').split(';').map((part) => part.split('=')))
  return { root: parts.Root as string | undefined, parent: parts.Parent as string | undefined }
}

/** Messages whose headers are kept; the oldest goes when there are more. */
const maxCarried = 1_000

const listen = async (): Promise<Socket> => {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  socket.unref()
  return socket
}

/** Takes spans on a free port of this machine; `onTrace` gets each trace when it is complete, and again when it grew. */
export const openTraces = async (onTrace: (trace: Trace) => void): Promise<Traces> => {
  const assembly = new TraceAssembly(onTrace)
  const socket = await listen()
  socket.on('message', (datagram) => {
    const text = datagram.toString().replace(protocolHeader, '')
    try {
      const document = documentSchema.safeParse(JSON.parse(text))
      if (document.success) assembly.add(document.data as SegmentDocument)
    } catch {
      // As the daemon does: what it cannot read is dropped.
    }
  })
  const carried = new Map<string, string>()
  return {
    address: `127.0.0.1:${socket.address().port}`,
    begin(name, header, annotations = {}) {
      const { root = newRoot(), parent } = readHeader(header)
      const id = newId()
      const segment: SegmentDocument = {
        name,
        id,
        trace_id: root,
        start_time: Date.now() / 1000,
        ...(parent !== undefined && { parent_id: parent }),
        annotations,
      }
      assembly.begin(segment)
      return {
        header: `Root=${root};Parent=${id};Sampled=1`,
        end(failed = false) {
          const ended = { ...segment, end_time: Date.now() / 1000 }
          assembly.end(failed ? { ...ended, fault: true } : ended)
        },
      }
    },
    carry(messageId, header) {
      carried.set(messageId, header)
      const [oldest] = carried.keys()
      if (carried.size > maxCarried && oldest !== undefined) carried.delete(oldest)
    },
    headerOf: (messageId) => carried.get(messageId),
    close() {
      assembly.close()
      socket.close()
    },
  }
}
