import type { AsyncApi, AsyncMessage } from '../asyncapi-types.ts'
import type { JsonSchema } from '../schemas.ts'
import { codeBlock } from './code.ts'
import { type Html, html, prose } from './html.ts'
import { schemaBlock } from './schema.ts'

const nameOf = ($ref: string): string => $ref.split('/').at(-1) ?? ''

const messagesIn = (document: AsyncApi, operations: readonly string[]): AsyncMessage[] =>
  operations
    .flatMap((name) => document.operations[name]?.messages ?? [])
    .map(({ $ref }) => document.components.messages[nameOf($ref)])
    .filter((message) => message !== undefined)

/** Every event of the log. */
export const eventsOf = (document: AsyncApi): AsyncMessage[] => messagesIn(document, ['pushEvents'])

/** Frames of the socket other than events, with their direction. */
export const framesOf = (document: AsyncApi): { message: AsyncMessage; from: string }[] => {
  const names = Object.keys(document.operations)
  const taken = names.filter((name) => document.operations[name]?.action === 'receive')
  const replies = taken.flatMap((name) => document.operations[name]?.reply?.messages ?? [])
  const answered = replies.map(({ $ref }) => document.components.messages[nameOf($ref)])
  return [
    ...messagesIn(document, taken).map((message) => ({ message, from: 'you send' })),
    ...[...answered, ...messagesIn(document, ['refuseFrame'])].flatMap((message) =>
      message ? [{ message, from: 'you get' }] : [],
    ),
  ]
}

/** Of an event only the data: every event has the same envelope. */
const payloadOf = (document: AsyncApi, message: AsyncMessage): JsonSchema => {
  const schema = document.components.schemas[nameOf(message.payload.$ref)] ?? {}
  const data = schema.properties?.data
  return typeof data === 'object' && schema.properties?.seq !== undefined ? data : schema
}

export const messageSection = (document: AsyncApi, message: AsyncMessage, note?: string): Html => {
  const [example] = message.examples ?? []
  return html`<section class="operation" id="${message.name}">
<h3><a href="#${message.name}"><code>${message.title}</code></a>${note !== undefined && html` <span class="note">${note}</span>`}</h3>
<div class="columns"><div class="words">
${message.summary !== undefined && html`<p>${prose(message.summary)}</p>`}
${schemaBlock(payloadOf(document, message), document.components.schemas)}
</div><div class="examples">${example && codeBlock(example.payload)}</div></div>
</section>`
}
