import { buildAsyncApi } from './asyncapi.ts'
import { buildEnds } from './ends.ts'
import { readExamples } from './examples.ts'
import { buildOpenApi } from './openapi.ts'
import { buildPage } from './page/page.ts'

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`

/** The generated files of this folder and their contents, from contracts and examples. */
export const buildDocuments = (): Record<string, string> => {
  const examples = readExamples()
  const openapi = buildOpenApi(examples)
  const asyncapi = buildAsyncApi(examples)
  return {
    'openapi.json': json(openapi),
    'asyncapi.json': json(asyncapi),
    'ends.json': json(buildEnds()),
    'reference.html': buildPage(openapi, asyncapi),
  }
}
