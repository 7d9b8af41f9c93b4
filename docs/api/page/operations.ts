import { plainAnswer } from '../openapi-answers.ts'
import type {
  Answer,
  Content as Media,
  OpenApi,
  Operation,
  Parameter,
  Reference,
} from '../openapi-types.ts'
import { codeBlock, curl } from './code.ts'
import { type Content, type Html, html, prose } from './html.ts'
import { fieldList, kindOf, type Names, schemaBlock } from './schema.ts'

/** An operation with its method and path. */
export interface Placed {
  method: string
  path: string
  operation: Operation
}

export const operationsOf = ({ paths }: OpenApi): Placed[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  )

/** A path that may wrap after each slash, with its parameters highlighted. */
export const pathText = (path: string): Html =>
  html`<span class="path">${path
    .split(/(?<=\/)|(?=\{)|(?<=\})/)
    .map((part) => (part.startsWith('{') ? html`<em>${part}</em>` : html`${part}<wbr>`))}</span>`

export const methodBadge = (method: string): Html =>
  html`<span class="method ${method.toLowerCase()}">${method === 'DELETE' ? 'DEL' : method}</span>`

const nameOf = ({ $ref }: Reference): string => $ref.split('/').at(-1) ?? ''

const resolve = <T extends object>(
  value: T | Reference,
  parts: Record<string, T>,
): T | undefined => ('$ref' in value ? parts[nameOf(value as Reference)] : value)

const tokenNote = ({ security }: Operation): string => {
  if (security.length === 0) return 'no token'
  return security.length === 1 ? 'token' : 'token, or none yet'
}

const parameterList = ({ components }: OpenApi, { parameters }: Operation): Content => {
  const found = parameters
    .map((parameter) => resolve<Parameter>(parameter, components.parameters))
    .filter((parameter) => parameter !== undefined)
    // The same on every route, and described in the introduction.
    .filter(({ name }) => name !== 'X-Request-Id')
  if (found.length === 0) return undefined
  return html`<h4>Parameters</h4>${fieldList(
    found.map(({ name, in: place, schema, description, required }) => ({
      name,
      schema,
      note: place === 'path' ? 'path' : `${place}, ${required ? 'required' : 'optional'}`,
      description,
    })),
    components.schemas,
  )}`
}

/** The media type is shown only when it is not JSON. */
const mediaBlock = (content: Media, names: Names): Content =>
  Object.entries(content).map(([type, media]) => {
    const item = media['x-item-schema']
    if (item) return html`<p class="media">${type}, each event a ${kindOf(item)}</p>`
    const label = type !== 'application/json' && html`<p class="media">${type}</p>`
    return [label, schemaBlock(media.schema, names)]
  })

const isProblem = (answer: Answer): boolean => answer['x-problem-codes'] !== undefined

const answerBlock = (
  status: string,
  { description, headers, content }: Answer,
  names: Names,
): Html => {
  const telling = Object.keys(headers ?? {}).filter((name) => name !== 'X-Request-Id')
  return html`<h4>Answer <span class="status">${status}</span>${
    telling.length > 0 &&
    html` <span class="note">with ${telling.map((name) => html`<code>${name}</code> `)}</span>`
  }</h4>${description !== plainAnswer && html`<p>${prose(description)}</p>`}${content && mediaBlock(content, names)}`
}

const problemTable = (answers: readonly (readonly [string, Answer])[]): Content =>
  answers.length > 0 &&
  html`<h4>Problems</h4><ul class="problems">${answers.flatMap(([status, answer]) =>
    (answer['x-problem-codes'] ?? []).map(
      (code) =>
        html`<li><span class="status">${status}</span> <a href="#${code}"><code>${code}</code></a></li>`,
    ),
  )}</ul>`

/** The recorded examples: the request as a command, then each answer, the first one expanded. */
const exampleColumn = (
  placed: Placed,
  answers: readonly (readonly [string, Answer])[],
  names: Names,
): Html => {
  const { method, path, operation } = placed
  const recorded = answers.flatMap(([status, { content }]) =>
    Object.values(content ?? {}).flatMap(({ examples }) =>
      Object.values(examples ?? {}).flatMap((example) =>
        'value' in example ? [{ status, ...example }] : [],
      ),
    ),
  )
  return html`<div class="examples"><h4>Request</h4>${curl(method, path, operation, names)}${recorded.map(
    ({ status, summary, value }, index) =>
      html`<details${index === 0 && html` open`}><summary><span class="status">${status}</span> ${summary}</summary>${codeBlock(value)}</details>`,
  )}</div>`
}

/** One route with everything that the document says about it. */
export const operationSection = (document: OpenApi, placed: Placed): Html => {
  const { method, path, operation } = placed
  const answers = Object.entries(operation.responses).flatMap(([status, answer]) => {
    const found = resolve<Answer>(answer, document.components.responses)
    return found ? [[status, found] as const] : []
  })
  const served = answers.filter(([, answer]) => !isProblem(answer))
  const body = operation.requestBody
  const { schemas } = document.components
  return html`<section class="operation" id="${operation.operationId}">
<h3><a href="#${operation.operationId}">${operation.summary}</a></h3>
<p class="route">${methodBadge(method)} ${pathText(path)} <span class="note">${tokenNote(operation)}</span></p>
<div class="columns"><div class="words">
${operation.description !== undefined && html`<p>${prose(operation.description)}</p>`}
${parameterList(document, operation)}
${body && html`<h4>Body</h4>${mediaBlock(body.content, schemas)}`}
${served.map(([status, answer]) => answerBlock(status, answer, schemas))}
${problemTable(answers.filter(([, answer]) => isProblem(answer)))}
</div>${exampleColumn(placed, served, schemas)}</div>
</section>`
}
