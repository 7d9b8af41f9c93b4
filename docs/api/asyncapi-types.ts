import type { JsonSchema } from './schemas.ts'

interface Reference {
  $ref: string
}

/** The parts of an AsyncAPI 3 document that we write and read. */
export interface AsyncApi {
  asyncapi: '3.0.0'
  info: { title: string; version: string; description: string }
  defaultContentType: string
  servers: Record<string, object>
  channels: Record<string, Channel>
  operations: Record<string, AsyncOperation>
  components: {
    messages: Record<string, AsyncMessage>
    securitySchemes: Record<string, object>
    schemas: Record<string, JsonSchema>
  }
}

export interface Channel {
  address: string
  title: string
  description: string
  servers: Reference[]
  parameters?: Record<string, { description: string }>
  messages: Record<string, Reference>
  bindings?: object
}

/** `receive`: the product receives the messages; `send`: it sends them. */
export interface AsyncOperation {
  action: 'send' | 'receive'
  title: string
  summary: string
  channel: Reference
  messages: Reference[]
  reply?: { channel: Reference; messages: Reference[] }
}

export interface AsyncMessage {
  name: string
  title: string
  summary?: string
  payload: Reference
  examples?: { name: string; payload: unknown }[]
}
