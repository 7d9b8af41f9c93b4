import type { JsonSchema } from './schemas.ts'

/** The parts of an OpenAPI 3.1 document that we write and read. */
export interface OpenApi {
  openapi: '3.1.0'
  info: { title: string; version: string; description: string }
  servers: { url: string; description: string }[]
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, Operation>>
  components: {
    securitySchemes: Record<string, object>
    parameters: Record<string, Parameter>
    headers: Record<string, Header>
    responses: Record<string, Answer>
    examples: Record<string, Example>
    schemas: Record<string, JsonSchema>
  }
}

export interface Reference {
  $ref: string
}

export interface Operation {
  operationId: string
  tags: string[]
  summary: string
  description?: string
  security: Record<string, string[]>[]
  parameters: (Parameter | Reference)[]
  requestBody?: { required: boolean; content: Content }
  responses: Record<string, Answer | Reference>
}

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  description?: string
  schema: JsonSchema
  example?: unknown
}

export interface Header {
  description: string
  schema: JsonSchema
  example?: string
}

export interface Answer {
  description: string
  headers?: Record<string, Reference>
  content?: Content
  /** The problem codes that have this status. */
  'x-problem-codes'?: string[]
  'x-problem-status'?: number
}

/** By media type. */
export type Content = Record<string, MediaType>

export interface MediaType {
  schema: JsonSchema
  examples?: Record<string, Example | Reference>
  /** Of a stream: what each of its items holds (OpenAPI 3.2 has `itemSchema` for it). */
  'x-item-schema'?: JsonSchema
}

export interface Example {
  summary?: string
  value: unknown
}
