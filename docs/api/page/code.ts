import type { Example, Operation, Reference } from '../openapi-types.ts'
import { type Content, type Html, html, language } from './html.ts'
import type { Names } from './schema.ts'

const token =
  /(?<string>"(?:[^"\\]|\\.)*")(?<key>\s*:)?|(?<word>\b(?:true|false|null)\b|-?\d+(?:\.\d+)?)/g

/** JSON with its parts highlighted; Korean strings are marked as such. */
const colouredJson = (value: unknown): Html => {
  const text = JSON.stringify(value, null, 2)
  const parts: Content[] = []
  let at = 0
  for (const match of text.matchAll(token)) {
    const { string, key, word } = match.groups ?? {}
    parts.push(text.slice(at, match.index))
    if (string === undefined) parts.push(html`<span class="n">${word}</span>`)
    else if (key === undefined)
      parts.push(html`<span class="s"${language(string)}>${string}</span>`)
    else parts.push(html`<span class="k">${string}</span>${key}`)
    at = match.index + match[0].length
  }
  return html`${parts}${text.slice(at)}`
}

/** A recorded value: JSON, or the text of a stream. */
export const codeBlock = (value: unknown): Html =>
  typeof value === 'string'
    ? html`<pre tabindex="0"${language(value)}><code>${value.trimEnd()}</code></pre>`
    : html`<pre tabindex="0"><code>${colouredJson(value)}</code></pre>`

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

const firstBody = ({ requestBody }: Operation): unknown => {
  const examples = Object.values(requestBody?.content['application/json']?.examples ?? {})
  return examples.find((example): example is Example => 'value' in example)?.value
}

const isParameter = <T extends object>(parameter: T | Reference): parameter is T =>
  !('$ref' in parameter)

const takesKey = ({ parameters }: Operation): boolean =>
  parameters.some((parameter) => '$ref' in parameter && parameter.$ref.endsWith('Idempotency-Key'))

const answersWith = ({ responses }: Operation, type: string): boolean =>
  Object.values(responses).some(
    (answer) => 'content' in answer && answer.content?.[type] !== undefined,
  )

/** The request as a `curl` command. `$STUDIO` is the origin, `$TOKEN` the caller's token. */
export const curl = (method: string, path: string, operation: Operation, names: Names): Html => {
  const { parameters, security, requestBody } = operation
  const filled = path.replace(/\{(\w+)\}/g, (whole, name) => {
    const found = parameters.filter(isParameter).find((parameter) => parameter.name === name)
    return typeof found?.example === 'string' ? found.example : whole
  })
  const json = answersWith(operation, 'application/json')
  const streams = !json && answersWith(operation, 'text/event-stream')
  const body = firstBody(operation)
  const form = requestBody?.content['multipart/form-data']?.schema ?? {}
  const [file] = Object.keys((names[form.$ref?.split('/').at(-1) ?? ''] ?? form).properties ?? {})
  const text = [
    `curl ${streams ? '-N ' : ''}${method === 'GET' ? '' : `-X ${method} `}"$STUDIO${filled}"`,
    ...(security[0]?.bearer ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...(takesKey(operation) && security[0]?.bearer ? ['-H "Idempotency-Key: $KEY"'] : []),
    ...(file === undefined ? [] : [`-F ${file}=@recording.webm`]),
    ...(body === undefined || file !== undefined
      ? []
      : ["-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(body, null, 2))}`]),
  ].join(' \\\n  ')
  return html`<pre tabindex="0"${language(text)}><code>${text}</code></pre>`
}
