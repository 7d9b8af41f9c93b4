import type { JsonSchema } from './schemas.ts'

interface Reference {
  $ref: string
}

/** An AsyncAPI 3 document, as far as we write and read one. */
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

/** `receive`: we take the messages; `send`: we send them. */
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
